/** Temporal's own server and its schema tool, of the version that docker-compose.yml runs: built once, and kept. */
import { dirname, join } from 'node:path';
import { cached } from '../../../local/servers/cache.ts';
import { executable } from '../../../local/stack/executable.ts';
import { SetupError } from '../../../local/stack/setup-error.ts';
import { composeFileIn, read } from '../../../tools/compose/file.ts';
import { pinOf } from '../../../tools/compose/pins.ts';
import { buildGoProgram, withGoModule } from '../../../tools/containers/images/go-program.ts';

const MODULE = 'go.temporal.io/server';
const SERVER = 'temporal-server';
const SQL_TOOL = 'temporal-sql-tool';

/** The paths of both. */
export async function temporalPrograms() {
  const { services } = composeFileIn(await read('docker-compose.yml'));
  const { version } = pinOf(services['temporal']?.image ?? '');
  const server = await cached({
    name: `${SERVER}-${version}`,
    executable: SERVER,
    makers: [
      {
        title: `Building Temporal's server ${version} with Go (some minutes, once)`,
        make: (folder) => build(version, folder),
      },
    ],
    advice: 'Install Go 1.26 and python3, or measure without --postgres.',
  });
  return { server, sqlTool: join(dirname(server), SQL_TOOL) };
}

async function build(version: string, folder: string): Promise<void> {
  for (const command of ['go', 'python3']) {
    if ((await executable(command)) === undefined) throw new SetupError(`no \`${command}\` here`);
  }
  try {
    await withGoModule(MODULE, version, async (source) => {
      const output = (name: string) => join(folder, name);
      await buildGoProgram({ source, package: './cmd/server', output: output(SERVER) });
      await buildGoProgram({ source, package: './cmd/tools/sql', output: output(SQL_TOOL) });
    });
  } catch (error) {
    throw new SetupError((error as Error).message, { cause: error });
  }
}
