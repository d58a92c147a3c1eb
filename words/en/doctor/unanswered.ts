/** Why a check has no answer, whichever it is. */

const AGAIN = 'Run it again, and look at the network between here and there.';

export const unanswered = {
  late: (seconds: number) => ({
    sentence: `It was not found out within ${seconds} s.`,
    do: AGAIN,
  }),
  notAwaited: { sentence: 'It was not waited for.', do: AGAIN },
  /** By the kind of what went wrong. */
  failed: (kind: string) => ({ sentence: `It could not be found out (${kind}).`, do: AGAIN }),
  notSet: (variable: string) => ({
    sentence: `${variable} is not set here.`,
    do: `Set ${variable}, or run this with the variables of the program that has it.`,
  }),
  unusable: (variable: string) => ({
    sentence: `${variable} holds nothing that can be used.`,
    do: 'See worker-configuration, api-configuration and migrate-configuration.',
  }),
};
