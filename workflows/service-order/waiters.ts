/** Those who wait for an answer. Their promises are all of an order that cannot be carried into a new run. */
import type { Outcome } from '../../payscore/order/operation.ts';

/**
 * - `moved`: the order goes on in a new run, where the same again finds what was asked for
 * - `left`: whoever waited has gone
 */
export type Answer = Outcome | { readonly kind: 'moved' } | { readonly kind: 'left' };

/** The API stops waiting a little after the moment that it names. */
const LENIENCY_MS = 1_000;

export interface Waiters {
  /**
   * A plain promise: "Request Cancellation" in the web UI does not reach those who await it.
   *
   * @param until when the caller goes away, RFC 3339; a person stays
   */
  wait(key: string, until?: string): Promise<Answer>;
  /** Whether anybody is still there to hear the answer. */
  isAwaited(key: string): boolean;
  /** How many are still there, of all or of those whose key begins so. */
  count(prefix?: string): number;
  answer(key: string, answer: Answer): void;
  answerAll(answer: Answer): void;
  /** Answers those who have gone: Temporal lets ten wait for one order, and counts them as well. */
  dismissGone(): void;
}

interface Waiter {
  readonly resolve: (answer: Answer) => void;
  readonly until: string | undefined;
}

export function createWaiters(): Waiters {
  const byKey = new Map<string, readonly Waiter[]>();
  const of = (key: string) => byKey.get(key) ?? [];

  function answer(key: string, given: Answer): void {
    const answered = of(key);
    byKey.delete(key);
    for (const { resolve } of answered) resolve(given);
  }

  return {
    wait: (key, until) =>
      new Promise((resolve) => {
        byKey.set(key, [...of(key), { resolve, until }]);
      }),
    isAwaited: (key) => of(key).some(isThere),
    count: (prefix = '') =>
      [...byKey]
        .filter(([key]) => key.startsWith(prefix))
        .reduce((sum, [, waiters]) => sum + waiters.filter(isThere).length, 0),
    answer,
    answerAll(given) {
      for (const key of byKey.keys()) answer(key, given);
    },
    dismissGone() {
      for (const [key, waiters] of byKey) {
        byKey.set(key, waiters.filter(isThere));
        for (const gone of waiters.filter((it) => !isThere(it))) gone.resolve({ kind: 'left' });
      }
    },
  };
}

function isThere({ until }: Waiter): boolean {
  return until === undefined || Date.now() <= Date.parse(until) + LENIENCY_MS;
}
