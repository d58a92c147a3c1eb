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
  const total = totalOf(said, transaction_id);
  if (total === undefined) return null;
  const paidAt = paidAtOf(detailOf(said, transaction_id)?.paid_time);
  return { total, ...(paidAt && { paidAt: rfc3339Of(paidAt) }) };
}

/** In fen, before coupons. */
export function totalOf(said: Told, transaction_id: string): number | undefined {
  const detail = detailOf(said, transaction_id);
  if (detail?.amount === undefined) return undefined;
  const details = collectedOf(said);
  // Refunds are of the total before coupons (申请退款, `amount.total`); pages disagree about where those stand.
  const others =
    details.length > 1 ? [] : [said.collection?.promotion_detail, said.promotion_detail];
  const coupons = [detail.promotion_detail, ...others].map(couponsIn).find((it) => it !== 0) ?? 0;
  return detail.amount + coupons;
}

function detailOf(said: Told, transaction_id: string) {
  return collectedOf(said).find((it) => it.transaction_id === transaction_id);
}
