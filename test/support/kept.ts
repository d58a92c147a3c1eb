/** What takes seconds to make is made once for all test files, each of which is a process of its own. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../local/stack/settings.ts';

const FOLDER = join(ROOT, 'node_modules/.cache/payscore-orders');

/**
 * @param sources files and folders of the repository that it is made of: when one changes, it is made again
 * @param make fills an empty folder
 * @returns the folder
 */
export async function kept(
  name: string,
  sources: readonly string[],
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(FOLDER, `${name}-${await digestOf(sources)}`);
  if (await exists(folder)) return folder;
  await mkdir(FOLDER, { recursive: true });
  // Two processes may make it at once: each makes a whole one, and the first one counts.
  const own = await mkdtemp(`${folder}.`);
  await make(own);
  await rename(own, folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(own, { recursive: true });
  });
  return folder;
}

async function digestOf(sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const source of [...sources, 'package-lock.json']) {
    for (const path of await filesOf(join(ROOT, source))) {
      hash.update(path.slice(ROOT.length)).update(await readFile(path));
    }
  }
  return hash.digest('hex');
}

async function filesOf(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
