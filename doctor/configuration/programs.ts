/** What each program would say of its configuration at its start. */
import type { DoctorConfig, Program } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { fault, ok, unknown } from '../finding.ts';

const PROGRAMS = { worker: 'the worker', api: 'the API', migrate: 'migrate' } as const;

export function programChecks({ programs, temporal }: DoctorConfig): Check[] {
  const ofPrograms = Object.entries(PROGRAMS).map(([program, whose]) => ({
    id: `${program}-configuration`,
    look: async () => foundIn(programs[program as Program], whose),
  }));
  const faults = 'namespace' in temporal ? [] : temporal;
  return [
    ...ofPrograms,
    { id: 'temporal-configuration', look: async () => foundIn(faults, 'Temporal') },
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
