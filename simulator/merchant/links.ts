/** Where the merchant's people look an order up: Temporal's web UI, and our API. */
import type { MerchantSetting } from './setting.ts';

export interface OrderLinks {
  /** The order's workflow in Temporal's web UI. */
  readonly workflow?: string;
  /** The workflow that delivers its events. */
  readonly events?: string;
  readonly api: string;
}

export function linksOf(
  { api, temporalUi }: MerchantSetting,
  mchid: string,
  out_order_no: string,
): OrderLinks {
  const workflow = (id: string) => `${temporalUi}/workflows/${encodeURIComponent(id)}`;
  return {
    api: `${api}/v1/service-orders/${encodeURIComponent(out_order_no)}`,
    ...(temporalUi !== undefined && {
      workflow: workflow(`service-order/${mchid}/${out_order_no}`),
      events: workflow(`events/${mchid}/${out_order_no}`),
    }),
  };
}
