/** The repository's files as they are now: those that git has, and those that it would take. */
import { execFile } from 'node:child_process';
import { lstat, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** By path from the root. */
export type Texts = ReadonlyMap<string, string>;

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PICTURE = /\.(png|jpe?g|gif|ico)$/;

export async function files(): Promise<ReadonlySet<string>> {
  const listed = await git('ls-files', '--cached', '--others', '--exclude-standard', '-z');
  const isThere = await Promise.all(listed.map(isFile));
  return new Set(listed.filter((_path, index) => isThere[index]));
}

export async function textsOf(paths: Iterable<string>): Promise<Texts> {
  const texts = [...paths].filter((path) => !PICTURE.test(path));
  return new Map(
    await Promise.all(
      texts.map(async (path) => [path, await readFile(ROOT + path, 'utf8')] as const),
    ),
  );
}

/** Not one that was deleted, and no link to elsewhere. */
async function isFile(path: string): Promise<boolean> {
  return await lstat(ROOT + path).then(
    (it) => it.isFile(),
    () => false,
  );
}

async function git(...args: readonly string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)('git', args, { cwd: ROOT, maxBuffer: 2 ** 24 });
  return stdout.split('\0').filter((path) => path !== '');
}
