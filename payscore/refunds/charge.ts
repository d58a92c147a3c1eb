/** The payment that refunds are of, as WeChat Pay tells it with the order. */
import type { Charge } from './refunds.ts';
import { rfc3339Of } from '../times/beijing-time.ts';
import { collectedOf, paidAtOf } from '../rules/charges.ts';
import { couponsIn } from '../rules/shortfall.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

type Told = Pick<ServiceOrder, 'collection'> & Partial<Pick<ServiceOrder, 'promotion_detail'>>;

/** @returns null where WeChat Pay charged nothing under this number for this order */
export function chargeOf(said: Told | null, transaction_id: string): Charge | null {
  if (!said) return null;
  const details = collectedOf(said);
  const detail = details.find((it) => it.transaction_id === transaction_id);
  const paidAt = paidAtOf(detail?.paid_time);
  if (!detail || detail.amount === undefined || !paidAt) return null;
  // Refunds are of the total before coupons (申请退款, `amount.total`); pages disagree about where those stand.
  const others =
    details.length > 1 ? [] : [said.collection?.promotion_detail, said.promotion_detail];
  const coupons = [detail.promotion_detail, ...others].map(couponsIn).find((it) => it !== 0) ?? 0;
  return { total: detail.amount + coupons, paidAt: rfc3339Of(paidAt) };
}
