/** Temporal's time-skipping server, on which the tests wait for weeks in a second. */
import { createHash } from 'node:crypto';
import { chmod, copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached } from './cache.ts';
import { archiveClasses } from './class-archive.ts';
import { download } from './download.ts';
import { pinnedTestServerVersion } from './pinned-version.ts';
import { run } from '../stack/tool.ts';

const FOLDER = fileURLToPath(new URL('../../tools/time-skipping', import.meta.url));
const STARTER = 'temporal-test-server';

/** The path of the program, which takes a port. */
export async function timeSkippingServer(): Promise<string> {
  const version = await pinnedTestServerVersion();
  return await cached({
    name: `temporal-test-server-${version}-${await recipe()}`,
    executable: STARTER,
    makers: [
      {
        title: `Downloading the time-skipping server ${version}`,
        async make(folder) {
          await download({ server: 'temporal-test-server', version, folder, file: 'server' });
          await addStarter(folder);
        },
      },
      {
        title: `Fetching the time-skipping server ${version} with Maven`,
        async make(folder) {
          await copyJars(join(folder, 'lib'));
          await archiveClasses(await addStarter(folder));
        },
      },
    ],
    advice: 'Install Java 17 and Maven, or let this machine reach temporal.download.',
  });
}

/** The starter is kept with the server: a new one of ours must not wait for the next version of Temporal's. */
async function recipe(): Promise<string> {
  const files = ['pom.xml', `${STARTER}.sh`].map((file) => readFile(join(FOLDER, file)));
  const hash = createHash('sha256');
  for (const file of await Promise.all(files)) hash.update(file);
  return hash.digest('hex').slice(0, 8);
}

async function copyJars(folder: string): Promise<void> {
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime'];
  await run({
    command: 'mvn',
    args: ['-q', '-B', ...goal, `-DoutputDirectory=${folder}`],
    cwd: FOLDER,
  });
}

async function addStarter(folder: string): Promise<string> {
  const path = join(folder, STARTER);
  await copyFile(join(FOLDER, `${STARTER}.sh`), path);
  await chmod(path, 0o755);
  return path;
}
