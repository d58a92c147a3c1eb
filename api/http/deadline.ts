/** How long a caller of the API waits for Temporal. */
import type { Temporal } from '../../temporal/client.ts';

/** A caller waits at most 8 s in all. */
const CALLER_MS = 7_500;
/** Kept back for finding out what became of a request that got no answer. */
const LOOK_MS = 1_500;

/** One request of business code: when its own call must have answered, and when everything must. */
export interface Deadlines {
  readonly call: number;
  readonly all: number;
  /** `call` for Temporal's messages, RFC 3339. */
  readonly notAfter: string;
}

export function deadlines({ patienceMs = CALLER_MS }: Pick<Temporal, 'patienceMs'>): Deadlines {
  const all = Date.now() + patienceMs;
  const call = all - LOOK_MS;
  return { call, all, notAfter: new Date(call).toISOString() };
}
