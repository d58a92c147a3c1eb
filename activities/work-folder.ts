/** A folder that one attempt of an activity has to itself, on the disk of its worker. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { removeStaleFolders } from '../reconciliation/matching/stale-folders.ts';

/** It is gone when the work is done. What attempts left behind whose worker was killed goes after a day. */
export async function inWorkFolder<T>(
  folder: string,
  work: (own: string) => Promise<T>,
): Promise<T> {
  const root = join(folder, 'work');
  await mkdir(root, { recursive: true, mode: 0o700 });
  await removeStaleFolders(root, []);
  const own = await mkdtemp(join(root, 'day-'));
  try {
    return await work(own);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
