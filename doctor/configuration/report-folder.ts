/** The folder of reconciliation's reports: there, writable by who runs this, and nobody else's to read. */
import { mkdtemp, readdir, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { fault, ok, warning, type Found } from '../finding.ts';
import { needed } from '../given.ts';

export function reportFolderCheck(config: DoctorConfig): Check {
  return {
    id: 'report-folder',
    async look() {
      const folder = resolve(needed(config, 'REPORT_FOLDER'));
      const isWorker = config.programs.worker !== undefined;
      return await foundIn(folder, isWorker ? 'write' : 'read');
    },
  };
}

/** @param need the worker writes, the API reads */
async function foundIn(folder: string, need: 'write' | 'read'): Promise<Found> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => error.code ?? 'unknown');
  if (found === 'ENOENT') return await foundMissing(folder, need);
  if (typeof found === 'string') return fault(`${folder} cannot be seen (${found}).`, OWN);
  if (!found.isDirectory()) return fault(`${folder} is not a folder.`, OWN);
  const why = await whyNot(need, folder);
  if (why !== undefined) {
    const us = `user ${process.geteuid?.()}`;
    return fault(`${folder} lets ${us} not ${need} there (${why}).`, OWN);
  }
  const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
  if ((found.mode & 0o022) !== 0) return fault(`Others may write to ${folder}, mode ${mode}.`, OWN);
  return (found.mode & 0o055) === 0
    ? ok(`${folder} takes reports, and nobody else looks into it.`)
    : warning(`Others may look into ${folder}, mode ${mode}: bills name users.`, OWN);
}

const OWN =
  'REPORT_FOLDER must be a folder of the user that the worker runs as: chown it, and chmod 700.';

/** The worker makes it for the first report. */
async function foundMissing(folder: string, need: 'write' | 'read'): Promise<Found> {
  if (need === 'read') {
    return warning(
      `There is no ${folder} yet.`,
      'It comes with the first report; until then, look that the worker has the same REPORT_FOLDER.',
    );
  }
  const why = await whyNot('write', dirname(folder));
  return why === undefined
    ? warning(
        `There is no ${folder} yet: the first report makes it.`,
        `mkdir -m 700 ${folder}, and mount it where containers come and go.`,
      )
    : fault(`There is no ${folder}, and it cannot be made (${why}).`, OWN);
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
