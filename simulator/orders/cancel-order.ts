/** POST /v3/payscore/serviceorder/{out_order_no}/cancel: ends an order that nobody will pay. */
import { Identity } from '../service.ts';
import type { Handler } from '../transport/endpoint.ts';
import { checkNotCharging } from './charging.ts';
import type { ChangeOrderParts } from './complete-order.ts';
import { ledgerEntry } from './ledger.ts';
import type { Order } from './order.ts';
import { readOrderCall } from './order-call.ts';
import { viewOf } from './order-view.ts';
import { isRepeated } from './repetition.ts';
import { reasonOf } from './shared-fields.ts';
import { checkStanding, standingOf } from './state-table.ts';

export function cancelOrderHandler(parts: Omit<ChangeOrderParts, 'notifier'>): Handler {
  const { orders, policies, clock } = parts;
  const reason = reasonOf(() => policies.now().cancel_reason_length);
  const Fields = Identity.extend({
    reason,
    service_id: Identity.shape.service_id.optional(),
  }).refine(
    ({ service_id }) => service_id !== undefined || policies.now().cancel_service_id === 'optional',
    { path: ['service_id'], error: 'the field is required' },
  );

  return (request) => {
    const { order, said } = readOrderCall(Fields, request, parts);
    const policy = policies.now();
    if (isRepeated('cancel', order, said, policy)) return viewOf(order, 'brief', policy);
    checkStanding('cancel', order, policy);
    const now = clock.now();
    if (standingOf(order) === 'USER_PAYING') checkNotCharging(order, now);
    const done = cancelled(order, said, now, request.requestId);
    orders.put(done.out_order_no, done);
    return viewOf(done, 'brief', policy);
  };
}

/** Nothing is left to collect, and of the times only the start is shown. */
export function cancelled(order: Order, said: string, now: number, request_id: string): Order {
  const { state_description: _description, collection: _collection, ...rest } = order;
  const total_amount = 0;
  const happening = { event: 'cancelled', request_id, charged: 0, total_amount } as const;
  return {
    ...rest,
    state: 'REVOKED',
    total_amount,
    time_range: { start_time: order.time_range.start_time },
    said: { ...order.said, cancel: said },
    ledger: [...order.ledger, ledgerEntry(happening, now)],
  };
}
