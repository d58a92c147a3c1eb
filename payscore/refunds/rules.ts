/** What may be refunded, and what is to be done next (申请退款: within a year, fifty times, a minute apart). */
import type { Fact } from '../order/fact.ts';
import type { RefundStatus } from '../../schemas/refund.ts';
import type { RefundRecord, Refunds, RefundState } from './refunds.ts';

export const REFUNDS_LIMIT = 50;
const YEAR_MS = 365 * 86_400_000;
/** Between two new numbers. */
export const APART_MS = 60_000;

const RELEASED: readonly RefundState[] = ['closed', 'refused'];
const TO_SEND: readonly RefundState[] = ['waiting', 'unknown', 'not_enough'];
const TO_WATCH: readonly RefundState[] = ['processing', 'abnormal'];

/** Nothing of it is, or will be, paid back: its amount is free again. */
export function isInVain({ state }: RefundRecord): boolean {
  return RELEASED.includes(state);
}

/** WeChat Pay is not known to have it. */
export function isToBeSent({ state }: RefundRecord): boolean {
  return TO_SEND.includes(state);
}

/** Money that may still be, or has been, paid back. */
export function reservedOf(refunds: readonly RefundRecord[]): number {
  return refunds.filter((refund) => !isInVain(refund)).reduce((sum, { amount }) => sum + amount, 0);
}

/** What the user has back. */
export function refundedOf(refunds: readonly RefundRecord[]): number {
  return refunds
    .filter(({ state }) => state === 'success')
    .reduce((sum, { amount }) => sum + amount, 0);
}

/** Why a refund of this amount is not sent; undefined where it may be. */
export function refundFault(
  { charge, refunds }: Pick<Refunds, 'charge' | 'refunds'>,
  amount: number,
  now: Date,
): Fact | undefined {
  if (!charge) return { code: 'nothing_to_refund' };
  const { total, paidAt } = charge;
  if (paidAt !== undefined && now.getTime() - Date.parse(paidAt) > YEAR_MS) {
    return { code: 'refund_too_late', paidAt };
  }
  if (refunds.filter(({ state }) => state !== 'refused').length >= REFUNDS_LIMIT) {
    return { code: 'too_many_refunds', limit: REFUNDS_LIMIT };
  }
  const left = total - reservedOf(refunds);
  return amount > left ? { code: 'refund_above_left', left, total } : undefined;
}

/** What WeChat Pay does not change any more. */
export function isFinalRefund(status: RefundStatus): boolean {
  return status === 'SUCCESS' || status === 'CLOSED';
}

/** The next that is to be sent: one at a time, in the order in which they were asked for. */
export function nextToSend({ refunds }: Refunds): RefundRecord | undefined {
  return refunds.find(isToBeSent);
}

export function toWatch({ refunds }: Refunds): RefundRecord[] {
  return refunds.filter(({ state }) => TO_WATCH.includes(state));
}

/** For how long the next new number must wait, in ms. */
export function waitBefore({ appliedAt }: Refunds, now: Date): number {
  return appliedAt === undefined
    ? 0
    : Math.max(0, Date.parse(appliedAt) + APART_MS - now.getTime());
}

/** In one word, the gravest, for people who filter by it; undefined where all goes its way. */
export function refundTroubleOf({ refunds, misconfigured }: Refunds): RefundTrouble | undefined {
  const is = (state: RefundState) => refunds.some((refund) => refund.state === state);
  if (misconfigured) return 'misconfigured';
  if (is('abnormal')) return 'refund_abnormal';
  if (is('not_enough')) return 'refund_not_enough';
  return undefined;
}

/** What keeps a refund from the user, and only a person can mend; `misconfigured` is as of orders. */
export const REFUND_TROUBLES = ['refund_abnormal', 'refund_not_enough'] as const;
export type RefundTrouble = 'misconfigured' | (typeof REFUND_TROUBLES)[number];
