/** What each program would say of its configuration at its start. */
import type { Program } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import type { DoctorWords, Examination } from '../examination.ts';
import { fault, ok, unknown, type Found } from '../finding.ts';

const PROGRAMS: readonly Program[] = ['worker', 'api', 'migrate'];

export function programChecks({
  config: { programs, temporal },
  words: { configuration: words },
}: Examination): Check[] {
  const ofPrograms = PROGRAMS.map((program) => ({
    id: `${program}-configuration`,
    look: async () => foundIn(programs[program], words.whose[program], words),
  }));
  const faults = 'namespace' in temporal ? [] : temporal;
  return [
    ...ofPrograms,
    {
      id: 'temporal-configuration',
      look: async () => foundIn(faults, words.whose.temporal, words),
    },
  ];
}

/** The faults themselves are in English: the programs print them before they know any language. */
function foundIn(
  faults: readonly string[] | undefined,
  whose: string,
  words: DoctorWords['configuration'],
): Found {
  if (faults === undefined) return unknown(words.none(whose));
  return faults.length === 0 ? ok(words.usable(whose)) : fault(words.faults(whose, faults));
}
