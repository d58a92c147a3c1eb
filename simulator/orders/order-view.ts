/** Which of an order's fields each message shows. */
import type { Policies } from '../policies.ts';
import { echoed } from './echo.ts';
import type { Order } from './order.ts';
import { toldAs } from './telling.ts';

const BRIEF = ['appid', 'mchid', 'order_id', 'out_order_no', 'service_id'] as const;

const ALWAYS = [
  ...BRIEF,
  'location',
  'post_discounts',
  'post_payments',
  'risk_fund',
  'service_introduction',
  'state',
  'state_description',
  'time_range',
] as const;

const SHOWN = {
  create: [...ALWAYS, 'attach', 'notify_url', 'package'],
  /** No collection, although charging has begun: only a query tells of it. */
  complete: [...ALWAYS, 'need_collection', 'total_amount'],
  /** Also what modify and sync answer, and what notifications say. */
  query: [
    ...ALWAYS,
    'attach',
    'collection',
    'need_collection',
    'notify_url',
    'openid',
    'total_amount',
  ],
  /** What cancel and pay answer: not even the state. */
  brief: BRIEF,
} as const;

export function viewOf(
  order: Order,
  message: keyof typeof SHOWN,
  policies: Pick<Policies, 'echo_text'>,
): Record<string, unknown> {
  const shown = SHOWN[message].map((field) => [field, echoed(field, order[field], policies)]);
  const view = Object.fromEntries(shown.filter(([, value]) => value !== undefined));
  return order.telling === undefined ? view : toldAs(view, order.telling);
}

/** For people and tests: as a query would show it, and what really happened. */
export function toldOrder(order: Order, policies: Pick<Policies, 'echo_text'>) {
  const { ledger, query_id } = order;
  return { order: viewOf(order, 'query', policies), ledger, query_id };
}
