/** POST /v3/payscore/serviceorder/{out_order_no}/pay: asks WeChat Pay for an attempt to charge, now. */
import { Identity } from '../service.ts';
import type { Handler } from '../transport/endpoint.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import { checkNotCharging, fails, withFailure } from './charging.ts';
import type { ChangeOrderParts } from './complete-order.ts';
import { readOrderCall } from './order-call.ts';
import { viewOf } from './order-view.ts';
import { charged, chargeFailed } from './payment.ts';
import { checkStanding } from './state-table.ts';

export function payOrderHandler(parts: ChangeOrderParts): Handler {
  const { orders, policies, notifier, clock } = parts;

  return (request) => {
    const { order } = readOrderCall(Identity, request, parts);
    const policy = policies.now();
    checkStanding('pay', order, policy);
    const now = clock.now();
    checkNotCharging(order, now);

    const by = { request_id: request.requestId };
    if (fails(order)) {
      orders.put(order.out_order_no, withFailure(chargeFailed(order, 'AUTH', now, by)));
      throw new RefusalError('chargeFailed');
    }
    const done = charged(order, 'AUTH', now, by);
    orders.put(done.out_order_no, done);
    notifier.order('USER_PAID', done, now);
    return viewOf(done, 'brief', policy);
  };
}
