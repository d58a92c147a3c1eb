/** What attempts that were killed left behind. What is young may be another's who is still at work. */
import { statSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const DAY_MS = 24 * 3_600_000;

/** @param kept names that stay, however old */
export async function removeStaleFolders(folder: string, kept: readonly string[]): Promise<void> {
  for (const name of await readdir(folder)) {
    if (kept.includes(name)) continue;
    const path = join(folder, name);
    // Another attempt may clear it at this very moment.
    const { mtimeMs = Date.now() } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > DAY_MS) await rm(path, { recursive: true, force: true });
  }
}
