/** What a check has found out, in a sentence, and what is to be done about it. */

/**
 * - `ok`: it is right
 * - `warning`: it works, and somebody should look at it
 * - `fault`: it is not right
 * - `unknown`: it could not be found out
 */
export const STATES = ['ok', 'warning', 'fault', 'unknown'] as const;
export type State = (typeof STATES)[number];

export interface Found {
  readonly state: State;
  /** Nothing of a key, an openid or a signature is in it. */
  readonly sentence: string;
  /** Null where there is nothing to do. */
  readonly do: string | null;
}

export interface Finding extends Found {
  /** Stays the same from release to release. */
  readonly id: string;
}

/** As the catalogue has it of what is not right: `words/en/doctor/`. */
export interface Said {
  readonly sentence: string;
  readonly do: string;
}

export const ok = (sentence: string, advice: string | null = null): Found => ({
  state: 'ok',
  sentence,
  do: advice,
});

export const warning = (said: Said) => found('warning', said);
export const fault = (said: Said) => found('fault', said);
export const unknown = (said: Said) => found('unknown', said);

function found(state: State, { sentence, do: advice }: Said): Found {
  return { state, sentence, do: advice };
}

/** Thrown by what several checks share: none of them can be answered, and each says so. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError';
  readonly said: Said;

  constructor(said: Said) {
    super(said.sentence);
    this.said = said;
  }
}
