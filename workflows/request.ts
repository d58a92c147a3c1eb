/** What somebody wants of an order, and the answer that he may be waiting for. */
import type { Operation } from '../payscore/order.ts';
import type { Refusal } from '../payscore/refusal.ts';
import type { Verdict } from '../payscore/rules.ts';

export type Outcome =
  | { readonly kind: 'done' }
  /** Refused by a rule of ours. */
  | { readonly kind: 'no'; readonly rule: string }
  /** Refused by WeChat. */
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface Work {
  readonly name: Operation;
  /** Judged at the moment the work would start, not when it was asked for. */
  judge(): Verdict;
  perform(): Promise<Outcome>;
}

export interface Request extends Work {
  /** False for a signal: nobody waits, so a refusal must be made visible. */
  readonly isAttended: boolean;
  /** A plain promise: "Request Cancellation" in the web UI does not reach those who await it. */
  readonly outcome: Promise<Outcome>;
  /** The first answer counts. */
  answer(outcome: Outcome): void;
}

export function createRequest(work: Work, isAttended: boolean): Request {
  let answer!: (outcome: Outcome) => void;
  const outcome = new Promise<Outcome>((resolve) => {
    answer = resolve;
  });
  return { ...work, isAttended, outcome, answer };
}
