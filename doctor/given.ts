/** A value that a check cannot do without. */
import type { Values, Variable } from '../config/doctor.ts';
import type { Examination } from './examination.ts';
import { UnansweredError } from './finding.ts';

/** @throws {UnansweredError} where the variable is not set, or holds nothing that can be used */
export function needed<V extends Variable>(
  { config, words: { unanswered } }: Pick<Examination, 'config' | 'words'>,
  variable: V,
): NonNullable<Values[V]> {
  const value = config.values[variable];
  if (value !== undefined && value !== null) return value;
  throw new UnansweredError(
    config.isSet(variable) ? unanswered.unusable(variable) : unanswered.notSet(variable),
  );
}
