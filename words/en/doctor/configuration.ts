/** The variables of each program, and who may call the API. */

interface ApiKey {
  readonly name: string;
  readonly scopes: readonly string[];
}

export const configuration = {
  whose: { worker: 'the worker', api: 'the API', migrate: 'migrate', temporal: 'Temporal' },
  none: (whose: string) => ({
    sentence: `None of the variables is here that only ${whose} has.`,
    do: `Run this with the variables of ${whose} as well.`,
  }),
  usable: (whose: string) => `The variables of ${whose} can be used.`,
  /** @param faults as the program tells them at its start, in English */
  faults: (_whose: string, faults: readonly string[]) => ({
    sentence: `${faults.join('; ')}.`,
    do: 'Set what is named (docs/configuration.md).',
  }),
  noApiKeys: 'There are no API keys: the API lets in programs of its own machine alone.',
  apiKeys: (keys: readonly ApiKey[]) =>
    `The API lets in ${keys.map(({ name, scopes }) => `${name} (${scopes.join(', ')})`).join(', ')}.`,
};
