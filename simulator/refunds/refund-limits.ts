/** How much of a transaction can be refunded, until when, how often and how soon again (docs/wechatpay-facts.md#refunds). */
import type { Policies } from '../policies.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { RefusalName } from '../transport/refusals.ts';
import { holdsAmount, type Refund } from './refund.ts';
import { refundableOf } from './refund-shares.ts';
import type { Transaction } from './transaction.ts';

const LONGEST_MS = 365 * 86_400_000;
const MOST_PARTIAL_REFUNDS = 50;
const INTERVAL_MS = 60_000;

interface Asked {
  readonly refund: number;
  readonly total: number;
}

/** @throws {RefusalError} the others are all that were ever accepted of the transaction */
export function checkAmount(
  { refund, total }: Asked,
  transaction: Transaction,
  others: readonly Refund[],
): void {
  if (total !== transaction.total) throw new RefusalError('refundMismatch');
  const left = refundableOf(transaction, others.filter(holdsAmount));
  if (left === 0) throw new RefusalError('refundedFully');
  if (refund > left) throw new RefusalError('refundAboveLeft');
}

/** By the business clock, as everything that is about an order and not about a request. */
export function checkTime({ paid_ms }: Transaction, nowMs: number): void {
  if (nowMs > paid_ms + LONGEST_MS) throw new RefusalError('refundOverdue');
}

export function checkFrequency(
  { refund, total }: Asked,
  others: readonly Refund[],
  { refund_interval }: Policies,
  nowMs: number,
): void {
  const partial = others.filter(({ amount }) => amount.refund < amount.total).length;
  if (refund < total && partial >= MOST_PARTIAL_REFUNDS) throw new RefusalError('refundTooMany');
  const isTooSoon = others.some(({ created_ms }) => nowMs - created_ms < INTERVAL_MS);
  if (!isTooSoon || refund_interval === 'none') return;
  throw new RefusalError(TOO_SOON[refund_interval]);
}

/** No page prints what is answered to one that comes too soon. */
const TOO_SOON = {
  FREQUENCY_LIMITED: 'tooFrequent',
  INVALID_REQUEST: 'refundTooSoon',
} as const satisfies Record<Exclude<Policies['refund_interval'], 'none'>, RefusalName>;
