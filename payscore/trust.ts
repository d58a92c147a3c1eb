/** Whether what WeChat says is about this order, and complete enough to settle it. */
import type { Opening, Order } from './order.ts';
import { isFinal, phaseOf } from './phase.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

/** The same merchant, app, service, number and, where it is named, user. */
export function belongsTo({ service, request }: Opening, said: ServiceOrder): boolean {
  return (
    said.mchid === service.mchid &&
    said.appid === service.appid &&
    said.service_id === service.service_id &&
    said.out_order_no === request.out_order_no &&
    (said.openid ?? request.openid) === request.openid
  );
}

/**
 * Whether a verified notification settles the order by itself: it names everything, of this order, the amount is the
 * one that was asked for, and its own amounts agree. Otherwise WeChat must be asked.
 */
export function settles(order: Order, said: ServiceOrder): boolean {
  const expected = order.completion?.body['total_amount'] ?? order.serviceOrder?.total_amount;
  const collected = said.collection;
  return (
    said.openid !== undefined &&
    belongsTo(order.opening, said) &&
    isFinal(phaseOf(said)) &&
    said.total_amount !== undefined &&
    said.total_amount === expected &&
    (collected?.total_amount ?? said.total_amount) === said.total_amount &&
    (collected?.paid_amount ?? said.total_amount) === said.total_amount &&
    (collected === undefined || areComplete(collected.details, said.total_amount))
  );
}

type Details = NonNullable<ServiceOrder['collection']>['details'];

/** The parts make the whole, and what WeChat charged can be found in its bill. */
function areComplete(details: Details, total: number): boolean {
  const charged = details.filter(({ paid_type }) => paid_type === 'NEWTON');
  return (
    details.reduce((sum, { amount = 0 }) => sum + amount, 0) === total &&
    charged.every(
      ({ transaction_id, paid_time }) => transaction_id !== undefined && paid_time !== undefined,
    )
  );
}
