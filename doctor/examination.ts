/** What the checks are created with. */
import type { DoctorConfig } from '../config/doctor.ts';
import { wordsIn } from '../words/catalogue.ts';
import type { Words } from '../words/en.ts';

export type DoctorWords = Words['doctor'];

export interface Examination {
  readonly config: DoctorConfig;
  readonly words: DoctorWords;
  readonly now: () => Date;
}

/** The operator's; English where the variable that says so cannot be used, which is a finding as of any other. */
export function wordsFor({ values }: Pick<DoctorConfig, 'values'>): DoctorWords {
  return wordsIn(values.OPERATOR_LANGUAGE).doctor;
}
