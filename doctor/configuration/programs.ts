/** What each program would say of its configuration at its start. */
import type { DoctorConfig, Program } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { fault, ok, unknown } from '../finding.ts';

const PROGRAMS: readonly Program[] = ['worker', 'api', 'migrate'];

export function programChecks({ programs, temporal }: DoctorConfig): Check[] {
  const ofPrograms = PROGRAMS.map((program) => ({
    id: `${program}-configuration`,
    look: async () => foundIn(programs[program], program),
  }));
  const faults = 'namespace' in temporal ? [] : temporal;
  return [
    ...ofPrograms,
    { id: 'temporal-configuration', look: async () => foundIn(faults, 'TEMPORAL_…') },
  ];
}

function foundIn(faults: readonly string[] | undefined, whose: string) {
  if (faults === undefined) {
    return unknown(
      `None of the variables is here that only ${whose} has.`,
      `Run this with the variables of ${whose} as well.`,
    );
  }
  return faults.length === 0
    ? ok(`The variables of ${whose} can be used.`)
    : fault(`${faults.join('; ')}.`, 'Set what is named (docs/configuration.md).');
}
