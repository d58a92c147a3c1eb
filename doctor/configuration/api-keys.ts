/** With which keys business code is let in. */
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { ok } from '../finding.ts';
import { needed } from '../given.ts';

export function apiKeysCheck(config: DoctorConfig): Check {
  return {
    id: 'api-keys',
    async look() {
      const isApiHere = config.programs.api !== undefined;
      if (isApiHere && !config.isSet('API_KEYS_FILE')) {
        return ok('There are no API keys: the API lets in programs of its own machine alone.');
      }
      const { keys } = needed(config, 'API_KEYS_FILE');
      const told = keys.map(({ name, scopes }) => `${name} (${scopes.join(', ')})`);
      return ok(`The API lets in ${told.join(', ')}.`);
    },
  };
}
