/** What the stack keeps is for its owner alone: its database and its logs name users. */
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  CODEC_KEY_FILE,
  DATABASE_FILE,
  EVENTS_SECRET_FILE,
  LOG_FOLDER,
  REPORT_FOLDER,
  SIMULATOR_FOLDER,
} from './settings.ts';

/** With this mask whatever a process writes is for its owner alone, whichever program it is. */
export const PRIVATE_UMASK = 0o077;
export const PRIVATE_FOLDER = 0o700;
export const PRIVATE_FILE = 0o600;

const DATABASE = basename(DATABASE_FILE);
const SIMULATOR = basename(SIMULATOR_FOLDER);
const PARTS = [
  DATABASE,
  SIMULATOR,
  basename(LOG_FOLDER),
  basename(REPORT_FOLDER),
  basename(CODEC_KEY_FILE),
  basename(EVENTS_SECRET_FILE),
];

/**
 * Makes the stack's folder where it is missing. What an earlier release had written there for everybody to read is mended;
 * anything else in it is somebody else's and stays as it is, and so does a folder that is not the stack's, as `reset` tells.
 */
export async function keepPrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.length > 0 && !entries.some(({ name }) => name === SIMULATOR)) return;
  await chmod(folder, PRIVATE_FOLDER);
  for (const entry of entries) {
    // The database has files beside it that begin with its name.
    const isOurs = PARTS.includes(entry.name) || entry.name.startsWith(`${DATABASE}-`);
    if (isOurs) await mend(join(folder, entry.name), entry);
  }
}

interface Entry {
  isDirectory(): boolean;
  isFile(): boolean;
}

/** A link's target may be anywhere, and is left alone. */
async function mend(path: string, entry: Entry): Promise<void> {
  if (entry.isFile()) await chmod(path, PRIVATE_FILE);
  if (!entry.isDirectory()) return;
  await chmod(path, PRIVATE_FOLDER);
  for (const inside of await readdir(path, { withFileTypes: true })) {
    await mend(join(path, inside.name), inside);
  }
}
