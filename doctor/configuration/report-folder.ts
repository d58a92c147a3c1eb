/** The folder of reconciliation's reports: there, writable by who runs this, and nobody else's to read. */
import { mkdtemp, readdir, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Check } from '../check.ts';
import type { DoctorWords, Examination } from '../examination.ts';
import { fault, ok, warning, type Found } from '../finding.ts';
import { needed } from '../given.ts';

type Words = DoctorWords['files']['reports'];

export function reportFolderCheck(examination: Pick<Examination, 'config' | 'words'>): Check {
  return {
    id: 'report-folder',
    async look() {
      const { config, words } = examination;
      const folder = resolve(needed(examination, 'REPORT_FOLDER'));
      const isWorker = config.programs.worker !== undefined;
      return await foundIn(folder, isWorker ? 'write' : 'read', words.files.reports);
    },
  };
}

/** @param need the worker writes, the API reads */
async function foundIn(folder: string, need: 'write' | 'read', words: Words): Promise<Found> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => error.code ?? 'unknown');
  if (found === 'ENOENT') return await foundMissing(folder, need, words);
  if (typeof found === 'string') return fault(words.unseen(folder, found));
  if (!found.isDirectory()) return fault(words.noFolder(folder));
  const why = await whyNot(need, folder);
  if (why !== undefined) {
    return fault(words.forbidden(folder, String(process.geteuid?.()), need, why));
  }
  const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
  if ((found.mode & 0o022) !== 0) return fault(words.written(folder, mode));
  return (found.mode & 0o055) === 0 ? ok(words.right(folder)) : warning(words.seen(folder, mode));
}

/** The worker makes it for the first report. */
async function foundMissing(folder: string, need: 'write' | 'read', words: Words): Promise<Found> {
  if (need === 'read') return warning(words.awaited(folder));
  const why = await whyNot('write', dirname(folder));
  return why === undefined
    ? warning(words.toBeMade(folder))
    : fault(words.notToBeMade(folder, why));
}

/** Modes alone do not tell: it is tried, with an empty folder that goes at once. */
async function whyNot(need: 'write' | 'read', folder: string): Promise<string | undefined> {
  try {
    await readdir(folder);
    if (need === 'write') await rmdir(await mkdtemp(join(folder, '.doctor-')));
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}
