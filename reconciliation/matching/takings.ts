/** What rows of a bill bring the merchant: what users paid, what coupons took off, what went back, what WeChat Pay keeps. */
import type { BillRow } from '../bill/row.ts';

/** Fees are in thousandths of a fen, as bills have them: 0.00001 yuan. */
const MILLI = 1_000;

export interface Sums {
  payments: number;
  /** 订单金额 */
  income: number;
  /** 代金券金额 */
  coupons: number;
  /** 应结订单金额 */
  settlement_amount: number;
  refunds: number;
  /** 申请退款金额 */
  refunded: number;
  /** 退款金额 */
  refund_settlement_amount: number;
  /** 手续费, less what refunds gave back. */
  fees_millifen: number;
}

/** Amounts in fen. */
export interface Takings extends Readonly<Sums> {
  /** Rounded to the fen, half away from zero. */
  readonly fees: number;
  /** What WeChat Pay is expected to settle: 应结订单金额 less 退款金额 and fees. */
  readonly expected_settlement: number;
}

export interface Settlement {
  /** By service_id, of orders here. */
  readonly services: Readonly<Record<string, Takings>>;
  /** Of the merchant's other business, and of rows whose order is not known. */
  readonly elsewhere: Takings;
  readonly total: Takings;
}

export const nothingTaken = (): Sums => ({
  ...{ payments: 0, income: 0, coupons: 0, settlement_amount: 0 },
  ...{ refunds: 0, refunded: 0, refund_settlement_amount: 0, fees_millifen: 0 },
});

export function addTo(sums: Sums, row: BillRow): void {
  sums.fees_millifen += row.fee;
  if (row.kind === 'payment') {
    sums.payments += 1;
    sums.income += row.amount;
    sums.coupons += row.coupon_amount;
    sums.settlement_amount += row.settlement_amount;
  } else {
    sums.refunds += 1;
    sums.refunded += row.amount;
    sums.refund_settlement_amount += row.settlement_amount;
  }
}

/** Half away from zero, as bills are rounded. */
export function feesInFen(millifen: number): number {
  const rounded = Math.sign(millifen) * Math.round(Math.abs(millifen) / MILLI);
  return rounded === 0 ? 0 : rounded;
}

/** Of all of them: fees are summed before they are rounded. */
export function takingsOf(all: readonly Readonly<Sums>[]): Takings {
  const sums = nothingTaken();
  for (const one of all) {
    for (const name of Object.keys(sums) as (keyof Sums)[]) sums[name] += one[name];
  }
  const fees = feesInFen(sums.fees_millifen);
  const { settlement_amount, refund_settlement_amount } = sums;
  return {
    ...sums,
    fees,
    expected_settlement: settlement_amount - refund_settlement_amount - fees,
  };
}
