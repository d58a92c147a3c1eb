/** What the rules say about a request, now and when its order has ended. */
import { effectOfOperation } from './effect-of-operation.ts';
import type { Fact } from '../order/fact.ts';
import type { OperationRecord, Outcome } from '../order/operation.ts';
import type { Order } from '../order/order.ts';
import { decide, type Decision } from './decide.ts';
import { orderFactsOf, viewOf } from '../order/view.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

/** At the moment it would start, not when it was asked for. */
export function decisionOn(order: Order, record: OperationRecord): Decision {
  const { operation, request, digest } = record;
  if (operation === 'create' || operation === 'adopt' || !request) return { kind: 'go' };
  return decide(orderFactsOf(viewOf(order)), { operation, request, digest });
}

/** What a request gets that was not known to be carried out before the order reached its final phase. */
export function outcomeAfterEnd(order: Order, record: OperationRecord): Outcome {
  const { operation, body } = record;
  if (operation === 'create' || operation === 'adopt') return { kind: 'done' };
  if (body && order.serviceOrder) {
    const said = order.serviceOrder as ServiceOrder;
    if (effectOfOperation(order, { operation, body }, said).kind === 'applied')
      return { kind: 'done' };
  }
  const decision = decisionOn(order, record);
  if (decision.kind === 'done') return decision;
  return { kind: 'not_allowed', rule: ruleOf(order, decision) };
}

function ruleOf({ phase, refundDue }: Order, decision: Exclude<Decision, { kind: 'done' }>): Fact {
  if (refundDue) {
    const { amount, transaction_id } = refundDue;
    return { code: 'charged_before', amount, transaction_id };
  }
  return decision.kind === 'go' ? { code: 'order_ended', phase } : decision.rule;
}
