/** What the backend of a merchant's mini program does about an order, through our public API. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { beijing14 } from '../beijing-time.ts';
import type { ApiAnswer, MerchantApi } from './api.ts';
import { feeOf, PRODUCT } from './tariff.ts';

export interface ShopParts {
  readonly api: MerchantApi;
  /** The clock that orders live by: the shop is in the same world as its WeChat Pay. */
  readonly now: () => number;
}

export type Shop = ReturnType<typeof createShop>;

/** WeChat Pay takes an `end_time` only when it lies after the start, and has passed. */
const SHORTEST_MS = 1_000;

export function createShop({ api, now }: ShopParts) {
  const pathOf = (out_order_no: string) => `/v1/service-orders/${encodeURIComponent(out_order_no)}`;
  const read = (out_order_no: string) => api.get(pathOf(out_order_no));

  /** When it is given back: the wait is of two seconds at most. */
  async function endOf(startMs: number): Promise<number> {
    const waitMs = startMs + 2 * SHORTEST_MS - now();
    if (waitMs > 0) await delay(Math.min(waitMs, 2 * SHORTEST_MS));
    return Math.max(now() - SHORTEST_MS, startMs + SHORTEST_MS);
  }

  return {
    read,
    newNumber: () => `R${beijing14(now())}${randomBytes(3).toString('hex')}`,
    rent: (out_order_no: string, openid: string) =>
      api.post('/v1/service-orders', {
        out_order_no,
        openid,
        service_introduction: PRODUCT.service_introduction,
        risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: PRODUCT.risk_amount },
        post_payments: [{ name: '租借费', description: PRODUCT.rule }],
        location: { start_location: PRODUCT.start_location },
      }),
    /** The user is back from WeChat's page, or wants to know. */
    refresh: (out_order_no: string) => api.post(`${pathOf(out_order_no)}/refresh`),
    /** @param startMs when the service began */
    async giveBack(out_order_no: string, startMs: number): Promise<ApiAnswer> {
      const endMs = await endOf(startMs);
      const { hours, amount } = feeOf(startMs, endMs);
      return await api.post(`${pathOf(out_order_no)}/complete`, {
        post_payments: [{ name: '租借费', amount, description: `${hours} 小时` }],
        total_amount: amount,
        time_range: { end_time: beijing14(endMs) },
        location: { end_location: PRODUCT.end_location },
      });
    },
    cancel: (out_order_no: string, headers: Readonly<Record<string, string>> = {}) =>
      api.post(`${pathOf(out_order_no)}/cancel`, { reason: '用户取消' }, headers),
    /** What was paid in spite of a cancellation. */
    payBack: (out_order_no: string) => api.post(`${pathOf(out_order_no)}/refund-due`),
    detailLink: (out_order_no: string) => api.post(`${pathOf(out_order_no)}/detail-link`),
    reconcile: (bill_date: string) => api.post('/v1/reconciliations', { bill_date, again: true }),
    report: (bill_date: string) => api.get(`/v1/reconciliations/${bill_date}`),
    reconciliations: () => api.get('/v1/reconciliations'),
  };
}
