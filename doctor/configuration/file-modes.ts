/** Who else may read the files with keys, or write any of them. */
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
      if (files.length === 0) {
        return unknown('No variable names a file.', 'See worker-configuration.');
      }
      const found = (await Promise.all(files.map(foundOf))).flat();
      const faults = found.filter(({ state }) => state === 'fault');
      const worst = faults.length > 0 ? faults : found;
      const [first] = worst;
      if (first) return { ...first, sentence: worst.map(({ sentence }) => sentence).join(' ') };
      const folders = new Set(files.map(({ path }) => dirname(path)));
      return ok(`Nobody else reads the keys, in ${[...folders].join(', ')}.`);
    },
  };
}

/** A file that is not there is told by the configuration. */
async function foundOf({ variable, path, isSecret }: NamedFile): Promise<Found[]> {
  const modes = await Promise.all([modeOf(path), modeOf(dirname(path))]);
  const [mode, folderMode] = modes;
  if (mode === undefined) return [];
  const told = `${variable}: ${path} has the mode ${octal(mode)}`;
  if ((mode & WRITTEN_BY_OTHERS) !== 0) {
    return [fault(`${told}, so that others may write it.`, PRIVATE)];
  }
  if (folderMode !== undefined && (folderMode & 0o002) !== 0 && (folderMode & STICKY) === 0) {
    const folder = `the folder ${dirname(path)} has the mode ${octal(folderMode)}`;
    return [fault(`${variable}: ${folder}, so that others may replace the file.`, PRIVATE)];
  }
  if (!isSecret) return [];
  if ((mode & READ_BY_OTHERS) !== 0) return [fault(`${told}: everybody may read it.`, PRIVATE)];
  // As Kubernetes mounts secrets for a group of the pod's own.
  return (mode & READ_BY_GROUP) === 0
    ? []
    : [warning(`${told}: its group may read it.`, 'See that nobody else is in the group.')];
}

const PRIVATE =
  'chmod 600 the file and chmod 700 its folder; what others may have read is to be replaced.';

async function modeOf(path: string): Promise<number | undefined> {
  return await stat(path).then(
    ({ mode }) => mode,
    () => undefined,
  );
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0');
}
