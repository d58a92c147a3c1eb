/** What sets Temporal's database up, and the Temporal CLI. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { buildGoProgram, PINNED_MODULES, pinnedVersion, withGoModule } from '../go-program.ts';
import type { Tag } from '../tag.ts';

const CLI = 'github.com/temporalio/cli';

export async function fillAdminTools(context: string, { version }: Tag): Promise<void> {
  await withGoModule('go.temporal.io/server', version, async (source) => {
    const output = join(context, 'temporal-sql-tool');
    await buildGoProgram({ source, package: './cmd/tools/sql', output });
    await cp(join(source, 'schema'), join(context, 'schema'), { recursive: true });
  });
  // The CLI has versions of its own, and a `replace` that only a main module may have.
  const cliVersion = (await pinnedVersion(CLI)) ?? '';
  await buildGoProgram({
    source: PINNED_MODULES,
    package: `${CLI}/cmd/temporal`,
    output: join(context, 'temporal'),
    variables: { [`${CLI}/internal/temporalcli.Version`]: cliVersion.slice(1) },
  });
}
