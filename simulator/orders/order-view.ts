/** Which of an order's fields each message shows. */
import type { Order } from './order.ts';

const ALWAYS = [
  'appid',
  'location',
  'mchid',
  'order_id',
  'out_order_no',
  'post_discounts',
  'post_payments',
  'risk_fund',
  'service_id',
  'service_introduction',
  'state',
  'state_description',
  'time_range',
] as const;

const SHOWN = {
  create: [...ALWAYS, 'attach', 'notify_url'],
  /** No collection, although charging has begun: only a query tells of it. */
  complete: [...ALWAYS, 'need_collection', 'total_amount'],
  query: [
    ...ALWAYS,
    'attach',
    'collection',
    'need_collection',
    'notify_url',
    'openid',
    'total_amount',
  ],
} as const;

export function viewOf(order: Order, message: keyof typeof SHOWN): Record<string, unknown> {
  const shown = SHOWN[message].map((field) => [field, order[field]] as const);
  return Object.fromEntries(shown.filter(([, value]) => value !== undefined));
}
