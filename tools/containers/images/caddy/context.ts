/** Caddy, the server in front of the API. */
import { join } from 'node:path';
import { buildGoProgram, withGoModule } from '../go-program.ts';
import type { Tag } from '../tag.ts';

const MODULE = 'github.com/caddyserver/caddy/v2';

export async function fillCaddy(context: string, { version }: Tag): Promise<void> {
  await withGoModule(MODULE, version, async (source) => {
    await buildGoProgram({
      source,
      package: './cmd/caddy',
      output: join(context, 'caddy'),
      variables: { [`${MODULE}.CustomVersion`]: `v${version}` },
    });
  });
}
