/** POST /v3/payscore/serviceorder/{out_order_no}/complete: ends the service and starts the charging. */
import { beijing14 } from '../beijing-time.ts';
import type { BusinessClock } from '../business-clock.ts';
import type { Notifier } from '../notifications/notifier.ts';
import type { Handler } from '../transport/endpoint.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import { CompleteFields } from './complete-fields.ts';
import { totalOf } from './fee-items.ts';
import { ledgerEntry } from './ledger.ts';
import type { Order } from './order.ts';
import { readOrderCall, type OrderCall, type OrderCallParts } from './order-call.ts';
import { viewOf } from './order-view.ts';
import { dues } from './payment.ts';
import { isRepeated } from './repetition.ts';
import { checkServedTime } from './service-time.ts';
import { checkStanding, standingOf } from './state-table.ts';

export interface ChangeOrderParts extends OrderCallParts {
  readonly notifier: Notifier;
  readonly clock: BusinessClock;
}

export function completeOrderHandler(parts: ChangeOrderParts): Handler {
  const { service, orders, policies, notifier, clock } = parts;

  return (request) => {
    const call = readOrderCall(CompleteFields, request, parts);
    const { order, fields, said } = call;
    const policy = policies.now();

    // what was cancelled since is no longer completed: a 200 would say that it is
    if (order.said.complete !== undefined && standingOf(order) !== 'REVOKED') {
      if (isRepeated('complete', order, said, policy)) return viewOf(order, 'complete', policy);
      if (policy.complete_repeat === 'same') throw new RefusalError('completedOtherwise');
    }
    checkStanding('complete', order, policy);

    const now = clock.now();
    checkTotal(fields, service.setting(order.service_id)?.risk_cap ?? 0);
    checkServedTime(fields.time_range, order, now, policy);

    const done = completed(call, now, request.requestId);
    orders.put(done.out_order_no, done);
    if (done.state === 'DONE' && policy.zero_total_notification === 'sent') {
      notifier.order('USER_PAID', done, now);
    }
    return viewOf(done, 'complete', policy);
  };
}

/** In confirm-free mode the risk fund of the order is no limit, only the service's cap is. */
function checkTotal(fields: CompleteFields, riskCap: number): void {
  const { total_amount, post_payments, post_discounts } = fields;
  if (total_amount !== totalOf(post_payments, post_discounts)) throw new RefusalError('total');
  if (total_amount > riskCap) throw new RefusalError('totalAboveCap');
}

export function completed(
  { order, fields, said }: OrderCall<CompleteFields>,
  now: number,
  request_id: string,
): Order {
  const { state_description: _before, ...rest } = order;
  const { post_payments, post_discounts, total_amount } = fields;
  const { start_time = order.time_range.start_time } = fields.time_range;
  const happening = { event: 'completed', request_id, charged: 0, total_amount } as const;
  return {
    ...rest,
    ...dues(total_amount),
    post_payments,
    post_discounts,
    time_range: { ...order.time_range, ...fields.time_range, start_time },
    location: { ...order.location, ...fields.location },
    completion: { time: beijing14(now), total_amount },
    said: { ...order.said, complete: said },
    ledger: [...order.ledger, ledgerEntry(happening, now)],
  };
}
