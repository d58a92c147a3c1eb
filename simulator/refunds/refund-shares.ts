/**
 * How a refund divides into money, coupons and fee: in proportion to the whole.
 * What has been refunded before is counted in, so that the parts of a transaction that is refunded in the end add up to it.
 */
import { sumOf, type Refund, type RefundAmount, type RefundedPromotion } from './refund.ts';
import type { Transaction } from './transaction.ts';

/** Fen of a transaction that no refund holds. */
export function refundableOf({ total }: Transaction, held: readonly Refund[]): number {
  return total - sumOf(held, ({ amount }) => amount.refund);
}

export interface Shares {
  readonly amount: Omit<RefundAmount, 'from'>;
  readonly promotion_detail: readonly RefundedPromotion[];
}

/** The refunds before are those that hold an amount of the same transaction. */
export function sharesOf(
  refund: number,
  transaction: Transaction,
  held: readonly Refund[],
): Shares {
  const { total, payer_total, settlement_total, fee, coupons } = transaction;
  const refunded = total - refundableOf(transaction, held) + refund;
  const shareOf = (whole: number, before: number) =>
    Math.max(0, Math.round((whole * refunded) / total) - before);

  const promotion_detail: RefundedPromotion[] = [];
  let discount_refund = 0;
  for (const { coupon_id, scope, type, amount } of coupons) {
    const before = sumOf(held, (it) => refundedOf(it, coupon_id));
    const refund_amount = Math.min(shareOf(amount, before), refund - discount_refund);
    discount_refund += refund_amount;
    promotion_detail.push({ promotion_id: coupon_id, scope, type, amount, refund_amount });
  }
  const unfunded = promotion_detail
    .filter(({ type }) => type === 'NOCASH')
    .reduce((sum, { refund_amount }) => sum + refund_amount, 0);
  const refund_fee = shareOf(
    fee,
    sumOf(held, ({ amount }) => amount.refund_fee),
  );
  const amount = {
    total,
    refund,
    payer_total,
    payer_refund: refund - discount_refund,
    settlement_total,
    settlement_refund: refund - unfunded,
    discount_refund,
    currency: 'CNY',
    refund_fee,
  } as const;
  return { amount, promotion_detail };
}

function refundedOf({ promotion_detail = [] }: Refund, coupon_id: string): number {
  const coupon = promotion_detail.find(({ promotion_id }) => promotion_id === coupon_id);
  return coupon?.refund_amount ?? 0;
}
