/** An order as people and programs see it: our phase, WeChat's fields verbatim, and what happened. No openid. */
import type { Operation, Order, TimelineEntry, Trouble } from './order.ts';
import type { Phase } from './phase.ts';
import type { Refusal } from './refusal.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

export type OrderView = Partial<Omit<ServiceOrder, 'openid'>> & {
  readonly out_order_no: string;
  readonly phase: Phase;
  readonly trouble?: Trouble;
  readonly explanation?: string;
  readonly last_refusal?: Refusal & { readonly operation: Operation };
  readonly timeline: readonly TimelineEntry[];
};

export function viewOf(order: Order): OrderView {
  const { opening, phase, trouble, serviceOrder, explanation, lastRefusal, timeline } = order;
  return {
    out_order_no: opening.request.out_order_no,
    phase,
    ...(trouble && { trouble }),
    ...(explanation !== undefined && { explanation }),
    ...serviceOrder,
    ...(lastRefusal && { last_refusal: lastRefusal }),
    timeline,
  };
}
