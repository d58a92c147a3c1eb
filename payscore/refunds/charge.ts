/** The payment that refunds are of, as WeChat Pay tells it with the order. */
import type { Charge } from './refunds.ts';
import { rfc3339Of } from '../times/beijing-time.ts';
import { collectedOf, paidAtOf } from '../rules/charges.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

/** @returns null where WeChat Pay charged nothing under this number for this order */
export function chargeOf(
  said: Pick<ServiceOrder, 'collection'> | null,
  transaction_id: string,
): Charge | null {
  const detail = said && collectedOf(said).find((it) => it.transaction_id === transaction_id);
  const paidAt = paidAtOf(detail?.paid_time);
  if (!detail || detail.amount === undefined || !paidAt) return null;
  return { total: detail.amount + couponsOf(detail.promotion_detail), paidAt: rfc3339Of(paidAt) };
}

/** Refunds are of the total before coupons (申请退款, `amount.total`); what was collected is what they left. */
function couponsOf(promotions: unknown): number {
  if (!Array.isArray(promotions)) return 0;
  const amounts = promotions.map((it) => (it as { amount?: unknown } | null)?.amount);
  return amounts.reduce<number>((sum, it) => sum + (Number.isSafeInteger(it) ? Number(it) : 0), 0);
}
