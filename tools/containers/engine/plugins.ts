/** `docker compose` and `docker buildx`: those of this machine, or else Debian's, unpacked beside the engine. */
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../commands.ts';
import { succeeds } from '../tools.ts';

const PLUGINS = ['compose', 'buildx'];
const PACKAGES = ['docker-compose', 'docker-buildx'];
/** The oldest release of Debian whose plugins know all that docker-compose.yml says. They run on the one before. */
const SUITE = 'trixie';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const SOURCE = `deb [signed-by=${KEYRING}] http://deb.debian.org/debian ${SUITE} main\n`;

/** @returns the environment in which `docker` has both */
export async function withPlugins(
  environment: NodeJS.ProcessEnv,
  folder: string,
): Promise<NodeJS.ProcessEnv> {
  if (await hasPlugins(environment)) return environment;
  const configuration = join(folder, 'docker_config');
  const withOurs = { ...environment, DOCKER_CONFIG: configuration };
  if (await hasPlugins(withOurs)) return withOurs;

  await unpackPlugins(join(folder, 'plugins'), join(configuration, 'cli-plugins'));
  for (const plugin of PLUGINS) await run('docker', [plugin, 'version'], { env: withOurs });
  return withOurs;
}

async function hasPlugins(environment: NodeJS.ProcessEnv): Promise<boolean> {
  for (const plugin of PLUGINS) {
    if (!(await succeeds('docker', [plugin, 'version'], environment))) return false;
  }
  return true;
}

/** Without a word to this machine's own list of packages. */
async function unpackPlugins(folder: string, target: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const part of ['lists/partial', 'archives/partial', 'unpacked']) {
    await mkdir(join(folder, part), { recursive: true });
  }
  const sources = join(folder, 'sources.list');
  await writeFile(sources, SOURCE);
  const options = [
    `Dir::Etc::SourceList=${sources}`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::Lists=${join(folder, 'lists')}`,
    `Dir::Cache=${folder}`,
    // Its helper could not write into a folder of ours.
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['--option', option]);
  await run('apt-get', [...options, 'update']);
  await run('apt-get', [...options, 'download', ...PACKAGES], { cwd: folder });

  const unpacked = join(folder, 'unpacked');
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.deb'))) {
    await run('dpkg-deb', ['--extract', join(folder, file), unpacked]);
  }
  await cp(join(unpacked, 'usr/libexec/docker/cli-plugins'), target, { recursive: true });
  await rm(folder, { recursive: true });
}
