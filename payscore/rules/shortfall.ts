/** Money that WeChat did not collect, though the order says that it is paid. */
import type { ServiceOrder } from '../../schemas/service-order.ts';

type Collected = Partial<Pick<ServiceOrder, 'total_amount' | 'collection' | 'promotion_detail'>>;

/**
 * How much less than the total was collected, coupons taken off; in fen, 0 where nothing is missing or WeChat's account does
 * not say. Pages of WeChat's disagree about where coupons stand (18, 19 of the fact sheet): wherever they do, they count.
 *
 * @param agreedTotal what WeChat has said yes to, where it was asked here; a lower total stands
 */
export function shortfallOf(order: Collected, agreedTotal?: number): number {
  const { total_amount, collection } = order;
  const totals = [total_amount, agreedTotal].filter((it) => it !== undefined);
  if (totals.length === 0 || !collection) return 0;
  const { details } = collection;
  const promotions = [
    ...details.map(({ promotion_detail }) => promotion_detail),
    ...[collection.promotion_detail, order.promotion_detail],
  ];
  const coupons = promotions.map(couponsIn);
  if (coupons.includes(undefined) || details.some(({ amount }) => amount === undefined)) return 0;
  const collected = details.reduce((sum, { amount = 0 }) => sum + amount, 0);
  // A coupon that pays for all of it need not be named.
  if (collected === 0) return 0;
  const taken = coupons.reduce<number>((sum, it) => sum + (it ?? 0), 0);
  return Math.max(0, Math.min(...totals) - collected - taken);
}

/** In fen, what coupons paid for; undefined where WeChat does not say. One may stand for a list, and a text for a number. */
export function couponsIn(promotions: unknown): number | undefined {
  if (promotions === undefined || promotions === null) return 0;
  const all: readonly unknown[] = Array.isArray(promotions) ? promotions : [promotions];
  let sum = 0;
  for (const one of all) {
    const { amount } = (one ?? {}) as { readonly amount?: unknown };
    const fen = typeof amount === 'string' && /^\d{1,15}$/.test(amount) ? Number(amount) : amount;
    if (!Number.isSafeInteger(fen)) return undefined;
    sum += fen as number;
  }
  return sum;
}
