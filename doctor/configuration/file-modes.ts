/** Who else may read the files with keys, or write any of them. */
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DoctorConfig, NamedFile } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { fault, ok, unknown, warning, type Found } from '../finding.ts';

const READ_BY_OTHERS = 0o004;
const READ_BY_GROUP = 0o040;
const WRITTEN_BY_OTHERS = 0o022;
/** Of a folder that everybody may write to, and where nobody removes what is another's. */
const STICKY = 0o1000;

export function fileModesCheck({ files }: Pick<DoctorConfig, 'files'>): Check {
  return {
    id: 'file-modes',
    async look() {
      const seen = await Promise.all(files.map(foundOf));
      if (seen.every((found) => found === undefined)) {
        return unknown('There is no file that a variable names.', 'See worker-configuration.');
      }
      const found = seen.flatMap((of) => of ?? []);
      const faults = found.filter(({ state }) => state === 'fault');
      const worst = faults.length > 0 ? faults : found;
      const [first] = worst;
      if (first) return { ...first, sentence: worst.map(({ sentence }) => sentence).join(' ') };
      const folders = new Set(files.map(({ path }) => dirname(path)));
      return ok(`Nobody else reads the keys, in ${[...folders].join(', ')}.`);
    },
  };
}

/** Undefined for a file that is not there, which the configuration tells. */
async function foundOf({ variable, path, isSecret }: NamedFile): Promise<Found[] | undefined> {
  const [file, folder] = await Promise.all([statusOf(path), statusOf(dirname(path))]);
  if (!file) return undefined;
  const { mode, uid: owner } = file;
  const told = `${variable}: ${path} has the mode ${octal(mode)}`;
  if ((mode & WRITTEN_BY_OTHERS) !== 0) {
    return [fault(`${told}, so that others may write it.`, PRIVATE)];
  }
  if (folder && (folder.mode & 0o002) !== 0 && (folder.mode & STICKY) === 0) {
    const where = `the folder ${dirname(path)} has the mode ${octal(folder.mode)}`;
    return [fault(`${variable}: ${where}, so that others may replace the file.`, PRIVATE)];
  }
  if (!isSecret) return [];
  if ((mode & READ_BY_OTHERS) !== 0) {
    const sentence = `${told}: everybody may read it.`;
    return [isOurs(owner) ? fault(sentence, PRIVATE) : warning(sentence, CHOWN)];
  }
  // As Kubernetes mounts secrets for a group of the pod's own.
  return (mode & READ_BY_GROUP) === 0
    ? []
    : [warning(`${told}: its group may read it.`, 'See that nobody else is in the group.')];
}

const PRIVATE =
  'chmod 600 the file and chmod 700 its folder; what others may have read is to be replaced.';

const CHOWN =
  'On the machine, see that nobody else gets into its folder; or chown it to the user of the programs, and chmod 600.';

/** In a container another's file is often read by that alone, and the folder that keeps others out is not seen there. */
function isOurs(owner: number): boolean {
  const us = process.geteuid?.();
  return us === 0 || us === owner;
}

async function statusOf(path: string): Promise<Stats | undefined> {
  return await stat(path).catch(() => undefined);
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0');
}
