/** A value that a check cannot do without. */
import type { DoctorConfig, Values, Variable } from '../config/doctor.ts';
import { UnansweredError } from './finding.ts';

/** @throws {UnansweredError} where the variable is not set, or holds nothing that can be used */
export function needed<V extends Variable>(
  config: DoctorConfig,
  variable: V,
): NonNullable<Values[V]> {
  const value = config.values[variable];
  if (value !== undefined && value !== null) return value;
  throw config.isSet(variable)
    ? new UnansweredError(`${variable} holds nothing that can be used.`, SEE_CONFIGURATION)
    : new UnansweredError(
        `${variable} is not set here.`,
        `Set ${variable}, or run this with the variables of the program that has it.`,
      );
}

const SEE_CONFIGURATION = 'See worker-configuration, api-configuration and migrate-configuration.';
