/** A folder that one attempt of an activity has to itself, on the disk of its worker. */
import { statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const DAY_MS = 24 * 3_600_000;

/** It is gone when the work is done. What attempts left behind whose worker was killed goes after a day. */
export async function inWorkFolder<T>(
  folder: string,
  work: (own: string) => Promise<T>,
): Promise<T> {
  const root = join(folder, 'work');
  await mkdir(root, { recursive: true, mode: 0o700 });
  for (const name of await readdir(root)) {
    const left = join(root, name);
    // Another attempt may clear it at this very moment.
    const { mtimeMs = Date.now() } = statSync(left, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > DAY_MS) await rm(left, { recursive: true, force: true });
  }
  const own = await mkdtemp(join(root, 'day-'));
  try {
    return await work(own);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
