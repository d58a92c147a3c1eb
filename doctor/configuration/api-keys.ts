/** With which keys business code is let in. */
import type { Check } from '../check.ts';
import type { Examination } from '../examination.ts';
import { ok } from '../finding.ts';
import { needed } from '../given.ts';

export function apiKeysCheck(examination: Examination): Check {
  const { config, words } = examination;
  return {
    id: 'api-keys',
    async look() {
      const isApiHere = config.programs.api !== undefined;
      if (isApiHere && !config.isSet('API_KEYS_FILE')) return ok(words.configuration.noApiKeys);
      return ok(words.configuration.apiKeys(needed(examination, 'API_KEYS_FILE').keys));
    },
  };
}
