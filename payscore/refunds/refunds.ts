/** The refunds of one transaction: what was asked for, and what WeChat Pay says of each. Plain JSON; one writer keeps it. */
import type { Outbox } from '../events/event.ts';
import type { Fact } from '../order/fact.ts';
import type { Service, SignedNotification } from '../order/opening.ts';
import type { Refusal } from '../refusals/refusal.ts';
import type { RefundStatus } from '../../schemas/refund.ts';

/** What a run of a transaction's refunds is started with. */
export interface RefundsOpening {
  readonly service: Service;
  /** It may be of one of these as well: the order is no longer kept here. */
  readonly others?: readonly Service[];
  readonly out_order_no: string;
  readonly transaction_id: string;
  /** Those of an earlier run, which came to its end. */
  readonly earlier?: readonly RefundRecord[];
  /** When the last of those was sent; RFC 3339. */
  readonly appliedAt?: string;
  /** What that run had told business code. */
  readonly outbox?: Outbox;
}

/** The payment, as WeChat Pay tells it of the order. */
export interface Charge {
  /** In fen, before coupons: what refunds are of (`amount.total`). */
  readonly total: number;
  /** RFC 3339; WeChat Pay does not always tell it. */
  readonly paidAt?: string;
}

/**
 * - `waiting`: not sent yet
 * - `unknown`: sent, and what became of it is not known
 * - `not_enough`: the merchant's account has too little; the same is sent again
 * - `processing`, `abnormal`, `success`, `closed`: as WeChat Pay says
 * - `refused`: by WeChat Pay, proven
 */
export type RefundState =
  'waiting' | 'unknown' | 'not_enough' | 'refused' | Lowercase<RefundStatus>;

/** A refund as it is asked for. */
export interface Asked {
  readonly out_refund_no: string;
  /** In fen. */
  readonly amount: number;
  readonly reason?: string | undefined;
  /** Of the request: tells "the same again" from "the same number, another refund". Empty where nobody asked for it here. */
  readonly digest: string;
  /** When the API took the request; RFC 3339. */
  readonly receivedAt: string;
  /** The name of the API key by which it was asked for. */
  readonly by?: string | undefined;
}

export interface RefundRecord extends Asked {
  /** Made in the merchant platform: WeChat Pay told of it. */
  readonly isOfConsole?: true;
  readonly state: RefundState;
  readonly refund_id?: string | undefined;
  /** In fen, the user's own money of it, as WeChat Pay tells: a coupon goes back in proportion. */
  readonly payer_refund?: number | undefined;
  /** When the user had the money; RFC 3339. */
  readonly success_time?: string | undefined;
  /** Since when an attempt's outcome is unknown: from then on only a proof counts. RFC 3339. */
  readonly unknownSince?: string | undefined;
  /** By when the last attempt that may have been executed was sent; RFC 3339. */
  readonly sentUntil?: string | undefined;
  /** An attempt is on its way, and is not sent after this; RFC 3339. */
  readonly isSending?: string | undefined;
  /** What stands in its way. */
  readonly why?: Fact | undefined;
  readonly refusal?: Refusal | undefined;
}

export interface Refunds {
  readonly opening: RefundsOpening;
  /** Undefined until WeChat Pay has told; null where it says that there is none. */
  readonly charge?: Charge | null | undefined;
  readonly refunds: readonly RefundRecord[];
  /** When the last new number was sent; RFC 3339. */
  readonly appliedAt?: string | undefined;
  /** Not opened yet. */
  readonly unread: readonly SignedNotification[];
  /** What business code was told, and what it is still to be told. */
  readonly outbox?: Outbox;
  /** What keeps WeChat Pay from taking our calls. */
  readonly misconfigured?: Fact | undefined;
}

export function newRefunds(opening: RefundsOpening): Refunds {
  const { earlier = [], appliedAt, outbox } = opening;
  return {
    ...{ opening, refunds: earlier.map(brokenOff), appliedAt, unread: [] },
    ...(outbox && { outbox }),
  };
}

/** What was being sent when its run was ended from outside may have been executed. */
function brokenOff({ isSending, ...refund }: RefundRecord): RefundRecord {
  if (isSending === undefined) return refund;
  const { unknownSince = isSending } = refund;
  return { ...refund, state: 'unknown', unknownSince, sentUntil: isSending };
}

export function refundOf(
  { refunds }: Pick<Refunds, 'refunds'>,
  out_refund_no: string,
): RefundRecord | undefined {
  return refunds.find((refund) => refund.out_refund_no === out_refund_no);
}

/** The same with one of them changed. */
export function withRefund(
  all: Refunds,
  out_refund_no: string,
  change: Partial<RefundRecord>,
): Refunds {
  const refunds = all.refunds.map((refund) =>
    refund.out_refund_no === out_refund_no ? { ...refund, ...change } : refund,
  );
  return { ...all, refunds };
}
