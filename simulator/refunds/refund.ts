/** A refund as WeChat Pay keeps it. Never changed in place: every step makes a new snapshot. */
import type { Collection } from '../journal.ts';

export type RefundStatus = 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED';
export type RefundChannel = 'ORIGINAL' | 'BALANCE' | 'OTHER_BALANCE' | 'OTHER_BANKCARD';
export type FundsAccount = 'UNSETTLED' | 'AVAILABLE' | 'UNAVAILABLE' | 'BASIC';

/** Fen. Totals are those of the transaction, the others this refund's share of them. */
export interface RefundAmount {
  /** Before coupons. */
  readonly total: number;
  readonly refund: number;
  readonly from?: readonly { readonly account: string; readonly amount: number }[] | undefined;
  /** What the user paid in money, and gets back of it. */
  readonly payer_total: number;
  readonly payer_refund: number;
  /** What the merchant got, and gives back: without coupons that it did not fund beforehand. */
  readonly settlement_total: number;
  readonly settlement_refund: number;
  /** What comes back as coupons. */
  readonly discount_refund: number;
  readonly currency: 'CNY';
  /** What the merchant gets back of the fee. */
  readonly refund_fee: number;
}

export interface RefundedPromotion {
  readonly promotion_id: string;
  readonly scope: 'GLOBAL';
  readonly type: 'CASH' | 'NOCASH';
  readonly amount: number;
  readonly refund_amount: number;
}

export interface Refund {
  readonly refund_id: string;
  readonly out_refund_no: string;
  readonly transaction_id: string;
  readonly out_trade_no: string;
  readonly channel: RefundChannel;
  readonly user_received_account: string;
  /** RFC 3339, as all times that are told. */
  readonly create_time: string;
  /** Only of SUCCESS. */
  readonly success_time?: string;
  readonly status: RefundStatus;
  readonly funds_account: FundsAccount;
  readonly amount: RefundAmount;
  /** Only where the transaction was paid with coupons. */
  readonly promotion_detail?: readonly RefundedPromotion[];

  /** Of the service order, which no message about a refund names. */
  readonly out_order_no: string;
  readonly by: 'api' | 'console';
  readonly reason?: string | undefined;
  readonly notify_url?: string | undefined;
  /** Out of the balance, because the merchant asked for that: no business of the trade bill. */
  readonly fromAvailable: boolean;
  /** What a repetition must say again: all of it, and its amounts alone. */
  readonly said: { readonly body: string; readonly amounts: string };
  readonly created_ms: number;
  /** When it becomes what; only while PROCESSING, and not of one that stays so. */
  readonly due?: { readonly ms: number; readonly status: RefundStatus };
  /** Since when it has stood how, the first entry being its acceptance. */
  readonly history: readonly { readonly status: RefundStatus; readonly ms: number }[];
}

/** By out_refund_no: there is one merchant. */
export type Refunds = Collection<Refund>;

/** What is closed gives its amount free; anything else holds it. */
export function holdsAmount({ status }: Refund): boolean {
  return status !== 'CLOSED';
}

/** How it stood then; undefined before its acceptance. */
export function statusAt({ history }: Refund, ms: number): RefundStatus | undefined {
  return history.findLast((it) => it.ms <= ms)?.status;
}

export function sumOf(refunds: readonly Refund[], of: (refund: Refund) => number): number {
  return refunds.reduce((sum, refund) => sum + of(refund), 0);
}
