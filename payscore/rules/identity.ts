/** Whether what WeChat says is about this order, and complete enough to settle it. */
import type { Order } from '../order/order.ts';
import { isFinal, phaseOf } from './phase.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

export interface Identity {
  readonly mchid: string;
  readonly appid: string;
  readonly service_id: string;
  readonly out_order_no: string;
  /** Unknown of an order that nobody opened here, until WeChat tells. */
  readonly openid?: string | undefined;
}

/** The same merchant, app, service, number and, where both name one, user. */
export function isOf(identity: Identity, said: ServiceOrder): boolean {
  return (
    said.mchid === identity.mchid &&
    said.appid === identity.appid &&
    said.service_id === identity.service_id &&
    said.out_order_no === identity.out_order_no &&
    (said.openid === undefined || identity.openid === undefined || said.openid === identity.openid)
  );
}

export function belongsTo({ opening, out_order_no, openid }: Order, said: ServiceOrder): boolean {
  return isOf({ ...opening.service, out_order_no, openid }, said);
}

/**
 * Whether a verified notification settles the order by itself: it names everything, of this order, the amount is the
 * one that WeChat last said it would charge, and its own amounts agree. Otherwise WeChat must be asked.
 */
export function isConclusive(order: Order, said: ServiceOrder): boolean {
  const collected = said.collection;
  return (
    order.openid !== undefined &&
    said.openid !== undefined &&
    belongsTo(order, said) &&
    isFinal(phaseOf(said)) &&
    said.total_amount !== undefined &&
    said.total_amount === expectedTotal(order) &&
    (collected?.total_amount ?? said.total_amount) === said.total_amount &&
    (collected?.paid_amount ?? said.total_amount) === said.total_amount &&
    (collected === undefined || areComplete(collected.details, said.total_amount))
  );
}

/** Of a completion that is under way, or as WeChat last said. */
function expectedTotal({ phase, operations, serviceOrder }: Order): unknown {
  if (phase !== 'in_service') return serviceOrder?.total_amount;
  const running = operations.find(
    ({ operation, state }) => operation === 'complete' && state === 'running',
  );
  return running?.body?.['total_amount'];
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
