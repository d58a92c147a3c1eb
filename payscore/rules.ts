/** What may be asked of an order now. */
import type { Order } from './order.ts';
import type { CompleteServiceOrder } from '../schemas/complete-service-order.ts';

/** `go`: send it. `done`: its effect is there already, with the same values. `no`: refused, by which rule. */
export type Verdict =
  | { readonly kind: 'go' }
  | { readonly kind: 'done' }
  | { readonly kind: 'no'; readonly rule: string };

/** 完结支付分订单 is possible only in DOING / USER_CONFIRM. The same completion asked again has succeeded already. */
export function mayComplete(order: Order, request: CompleteServiceOrder): Verdict {
  if (order.phase === 'in_service') return { kind: 'go' };
  const isCompleted = ['paying', 'paid', 'paid_elsewhere', 'free'].includes(order.phase);
  if (!isCompleted) {
    return { kind: 'no', rule: `an order can be completed only in_service; it is ${order.phase}` };
  }
  if (isSameCompletion(order, request)) return { kind: 'done' };
  const total = order.serviceOrder?.total_amount ?? 'another amount';
  return {
    kind: 'no',
    rule: `the order is ${order.phase}: it was completed before, with other values (total_amount ${total})`,
  };
}

/** Bodies are parsed by one schema, so their fields come in one order and their text can be compared. */
function isSameCompletion(order: Order, request: CompleteServiceOrder): boolean {
  const { completion, serviceOrder } = order;
  if (serviceOrder?.total_amount !== request.total_amount) return false;
  return !completion || JSON.stringify(completion.request) === JSON.stringify(request);
}
