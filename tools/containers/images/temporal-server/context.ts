/** Temporal's server: its program and the entrypoint that its module keeps for the official image. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildGoProgram, withGoModule } from '../go-program.ts';
import type { Tag } from '../tag.ts';

export async function fillTemporalServer(context: string, { version }: Tag): Promise<void> {
  await withGoModule('go.temporal.io/server', version, async (source) => {
    const output = join(context, 'temporal-server');
    await buildGoProgram({ source, package: './cmd/server', output });
    await copyFile(join(source, 'docker/scripts/sh/entrypoint.sh'), join(context, 'entrypoint.sh'));
  });
}
