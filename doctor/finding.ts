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

export const ok = (sentence: string, advice: string | null = null): Found => ({
  state: 'ok',
  sentence,
  do: advice,
});

export const warning = (sentence: string, advice: string): Found => ({
  state: 'warning',
  sentence,
  do: advice,
});

export const fault = (sentence: string, advice: string): Found => ({
  state: 'fault',
  sentence,
  do: advice,
});

export const unknown = (sentence: string, advice: string): Found => ({
  state: 'unknown',
  sentence,
  do: advice,
});

/** Thrown by what several checks share: none of them can be answered, and each says so. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError';
  readonly advice: string;

  /** @param sentence for people, as is the advice */
  constructor(sentence: string, advice: string) {
    super(sentence);
    this.advice = advice;
  }
}
