/** Who else may read the files with keys, or write any of them. */
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DoctorConfig, NamedFile } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import type { DoctorWords } from '../examination.ts';
import { fault, ok, unknown, warning, type Found } from '../finding.ts';

const READ_BY_OTHERS = 0o004;
const READ_BY_GROUP = 0o040;
const WRITTEN_BY_OTHERS = 0o022;
/** Of a folder that everybody may write to, and where nobody removes what is another's. */
const STICKY = 0o1000;

export function fileModesCheck({
  config: { files },
  words,
}: {
  readonly config: Pick<DoctorConfig, 'files'>;
  readonly words: Pick<DoctorWords, 'files' | 'report'>;
}): Check {
  return {
    id: 'file-modes',
    async look() {
      const seen = await Promise.all(files.map((file) => foundOf(file, words.files)));
      if (seen.every((found) => found === undefined)) {
        return unknown(words.files.none);
      }
      const found = seen.flatMap((of) => of ?? []);
      const faults = found.filter(({ state }) => state === 'fault');
      const worst = faults.length > 0 ? faults : found;
      const [first] = worst;
      const sentence = worst.map((one) => one.sentence).join(words.report.space);
      if (first) return { ...first, sentence };
      const folders = new Set(files.map(({ path }) => dirname(path)));
      return ok(words.files.private([...folders]));
    },
  };
}

/** Undefined for a file that is not there, which the configuration tells. */
async function foundOf(
  { variable, path, isSecret }: NamedFile,
  words: DoctorWords['files'],
): Promise<Found[] | undefined> {
  const [file, folder] = await Promise.all([statusOf(path), statusOf(dirname(path))]);
  if (!file) return undefined;
  const { mode, uid: owner } = file;
  const told = { variable, path, mode: octal(mode) };
  if ((mode & WRITTEN_BY_OTHERS) !== 0) return [fault(words.written(told))];
  if (folder && (folder.mode & 0o002) !== 0 && (folder.mode & STICKY) === 0) {
    const where = { variable, path: dirname(path), mode: octal(folder.mode) };
    return [fault(words.replaced(where))];
  }
  if (!isSecret) return [];
  if ((mode & READ_BY_OTHERS) !== 0) {
    return [isOurs(owner) ? fault(words.readByAll(told)) : warning(words.anothersReadByAll(told))];
  }
  // As Kubernetes mounts secrets for a group of the pod's own.
  return (mode & READ_BY_GROUP) === 0 ? [] : [warning(words.readByGroup(told))];
}

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
