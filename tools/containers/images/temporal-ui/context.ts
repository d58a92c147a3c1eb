/** Temporal's web UI: its program, and what its module keeps for the official image. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildGoProgram, withGoModule } from '../go-program.ts';
import type { Tag } from '../tag.ts';

export async function fillTemporalUi(context: string, { version }: Tag): Promise<void> {
  await withGoModule('github.com/temporalio/ui-server/v2', version, async (source) => {
    await buildGoProgram({ source, package: './cmd/server', output: join(context, 'ui-server') });
    await copyFile(join(source, 'config/docker.yaml'), join(context, 'docker.yaml'));
    const start = 'start-ui-server.sh';
    await copyFile(join(source, 'docker', start), join(context, start));
  });
}
