/** A PostgreSQL of our own, in a temporary folder, that ends with us: as Debian ships it, with its defaults, so that each commit is on disk. */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from '../../../local/stack/child-process.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER, PRIVATE_UMASK } from '../../../local/stack/private.ts';
import { SetupError } from '../../../local/stack/setup-error.ts';
import { run } from '../../../local/stack/tool.ts';
import { steadyPort } from '../../../test/support/port.ts';

export type Cluster = Awaited<ReturnType<typeof startCluster>>;

const DEBIAN = '/usr/lib/postgresql';
const HOST = '127.0.0.1';
const USER = 'temporal';
const START_MS = 20_000;
/** It refuses to run as root. */
const AS_POSTGRES = ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', '--'];

export async function startCluster() {
  const bin = await binaries();
  const isRoot = process.getuid?.() === 0;
  const folder = await mkdtemp(join(tmpdir(), 'payscore-postgres-'));
  const as = (program: string, ...args: string[]) => {
    const [command = '', ...rest] = [...(isRoot ? AS_POSTGRES : []), join(bin, program), ...args];
    return { command, args: rest };
  };
  const password = randomUUID();
  const passwordFile = join(folder, 'password');
  const data = join(folder, 'data');
  const port = await steadyPort();
  const lastLines: string[] = [];
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await writeFile(passwordFile, password, { mode: PRIVATE_FILE });
    await mkdir(data, { mode: PRIVATE_FOLDER });
    if (isRoot) await run({ command: 'chown', args: ['-R', 'postgres:', folder] });
    const access = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    await run(as('initdb', '-D', data, ...access, '--encoding=UTF8', '--locale=C', '--no-sync'));
  } catch (error) {
    await remove();
    throw error;
  }

  const child = startChild({
    name: 'PostgreSQL',
    ...as('postgres', '-D', data, ...settings({ listen_addresses: HOST, port: String(port) })),
    umask: PRIVATE_UMASK,
    onLine: (line) => void lastLines.splice(0, lastLines.length, ...lastLines.slice(-4), line),
  });
  let hasEnded = false;
  void child.exited.then(() => (hasEnded = true));
  const stop = async () => {
    await child.stop();
    await remove();
  };
  const isReady = () =>
    run({ command: join(bin, 'pg_isready'), args: ['-q', '-h', HOST, '-p', String(port)] }).then(
      () => true,
      () => false,
    );
  const deadline = Date.now() + START_MS;
  while (!(await isReady())) {
    if (hasEnded || Date.now() > deadline) {
      await stop();
      throw new SetupError(['PostgreSQL does not start:', ...lastLines].join('\n  '));
    }
    await delay(100);
  }
  return { pid: child.pid, host: HOST, port, user: USER, password, stop };
}

/** No socket: where Debian would put it, only its own user may write. */
function settings(named: Readonly<Record<string, string>>): string[] {
  return Object.entries({ ...named, unix_socket_directories: '' }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}

/** Of the newest version that is installed. */
async function binaries(): Promise<string> {
  const versions = await readdir(DEBIAN).catch(() => []);
  const newest = versions.map(Number).toSorted((a, b) => b - a)[0];
  if (newest === undefined) {
    throw new SetupError(
      `no PostgreSQL in ${DEBIAN}: install Debian's package postgresql, or measure without --postgres`,
    );
  }
  return join(DEBIAN, String(newest), 'bin');
}
