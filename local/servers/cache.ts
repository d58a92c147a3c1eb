/** Servers that were once downloaded or built, kept outside the repository for every clone and for CI. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { versionOf } from '../stack/executable.ts';
import { withLock } from '../stack/lock.ts';
import { say, step } from '../stack/progress.ts';
import { SetupError } from '../stack/setup-error.ts';
import { words } from '../stack/words.ts';

export interface Artefact {
  /** With its version: the name of its folder in the cache. */
  readonly name: string;
  /** The file in that folder which is run. */
  readonly executable: string;
  /** Tried in this order; the first that succeeds is enough. */
  readonly makers: readonly Maker[];
  /** What to install or set where none of them succeeds. */
  readonly advice: string;
}

export interface Maker {
  readonly title: string;
  /** Fills an empty folder. */
  make(folder: string): Promise<void>;
}

export function cacheFolder(): string {
  const { PAYSCORE_CACHE, XDG_CACHE_HOME } = process.env;
  return PAYSCORE_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'payscore-orders');
}

/** The path of an executable that runs: from the cache, or made now. */
export async function cached(artefact: Artefact): Promise<string> {
  const folder = join(cacheFolder(), artefact.name);
  const path = join(folder, artefact.executable);
  if (await runs(path)) return path;

  await mkdir(dirname(folder), { recursive: true });
  const make = async () => {
    if (!(await runs(path))) await fill(folder, artefact);
  };
  await withLock(`${folder}.lock`, make, (pid) => say(words.servers.waits(pid, artefact.name)));
  return path;
}

/** Under a name of its own until it is whole: what a killed process leaves behind is never taken for the real thing. */
async function fill(folder: string, { name, executable, makers, advice }: Artefact): Promise<void> {
  const partial = `${folder}.partial`;
  const reasons: string[] = [];
  for (const { title, make } of makers) {
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial);
    try {
      await step(title, async () => {
        await make(partial);
        if (!(await runs(join(partial, executable)))) throw new SetupError('it does not run here');
      });
      await rm(folder, { recursive: true, force: true });
      await rename(partial, folder);
      return;
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      reasons.push(`  ${title}: ${error.message}`);
    }
  }
  await rm(partial, { recursive: true, force: true });
  throw new SetupError([`${name} cannot be had here:`, ...reasons, advice].join('\n'));
}

async function runs(path: string): Promise<boolean> {
  return (await versionOf(path)) !== undefined;
}
