/** A row of a bill: a payment, or a refund. It holds no openid. */
import type { Column } from './known-layouts.ts';

/** Of the unit in which fees are counted: 0.00001 yuan. The documents say two, bills have five. */
export const FEE_DECIMALS = 5;

/** @param time as bills write it, `yyyy-MM-dd HH:mm:ss` in Beijing */
export function rfc3339In(time: string): string {
  return `${time.replace(' ', 'T')}+08:00`;
}

/**
 * A column by which a row is no row of pay score, or none of this merchant's own orders; of other business also one whose value
 * cannot be read.
 */
export type OddColumn = Column;

interface BillEntry {
  /** In the file, from 1. */
  readonly line: number;
  /** In Beijing, `yyyy-MM-dd HH:mm:ss`: of the payment, or when the refund was begun. */
  readonly time: string;
  /** Of the payment; of a refund, that which it pays back. Empty where the row has none. */
  readonly transaction_id: string;
  /** 商户订单号: of an automatic charge a number that WeChat Pay made. */
  readonly out_trade_no: string;
  readonly trade_type: string;
  /** 商户数据包, as the bill escapes it. */
  readonly attach: string;
  /** In fen: 订单金额, 申请退款金额. */
  readonly amount: number;
  /** In fen, less coupons that are not settled: 应结订单金额, 退款金额. */
  readonly settlement_amount: number;
  /** In fen: 代金券金额, 充值券退款金额. */
  readonly coupon_amount: number;
  /** In 0.00001 yuan; of refunds less than nothing. */
  readonly fee: number;
  /** Where the row is other than those of our orders: only a transaction that we know makes it one of ours. */
  readonly odd?: OddColumn;
}

export interface BillPayment extends BillEntry {
  readonly kind: 'payment';
}

export interface BillRefund extends BillEntry {
  /** A reversal is the refund of a payment by code that the merchant revoked. */
  readonly kind: 'refund' | 'reversal';
  /** Empty where the row has none. */
  readonly refund_id: string;
  readonly out_refund_no: string;
  /** As it was when the bill was made; bills are not made again. */
  readonly refund_status: string;
}

export type BillRow = BillPayment | BillRefund;
