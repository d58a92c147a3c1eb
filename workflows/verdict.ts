/** What the rules say about a request, now and when its order has ended. */
import { judgeOperation } from '../payscore/judgement.ts';
import type { OperationRecord, Outcome } from '../payscore/operation.ts';
import type { Order } from '../payscore/order.ts';
import { judge, type Verdict } from '../payscore/rules.ts';
import { standingOf, viewOf } from '../payscore/view.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

/** Judged at the moment it would start, not when it was asked for. */
export function verdictOf(order: Order, record: OperationRecord): Verdict {
  const { operation, request, digest } = record;
  if (operation === 'create' || operation === 'adopt' || !request) return { kind: 'go' };
  return judge(standingOf(viewOf(order)), { operation, request, digest });
}

/** What a request gets that was not known to be carried out before the order reached its final phase. */
export function outcomeAfterwards(order: Order, record: OperationRecord): Outcome {
  const { operation, body } = record;
  if (operation === 'create' || operation === 'adopt') return { kind: 'done' };
  if (body && order.serviceOrder) {
    const said = order.serviceOrder as ServiceOrder;
    if (judgeOperation(order, { operation, body }, said).kind === 'applied')
      return { kind: 'done' };
  }
  const verdict = verdictOf(order, record);
  if (verdict.kind === 'done') return verdict;
  return { kind: 'not_allowed', rule: ruleOf(order, verdict) };
}

function ruleOf({ phase, refundDue }: Order, verdict: Exclude<Verdict, { kind: 'done' }>): string {
  if (refundDue) {
    const { amount, transaction_id } = refundDue;
    const number = transaction_id === undefined ? '' : ` by transaction_id ${transaction_id}`;
    return `WeChat Pay charged the order before this took effect: refund ${amount} fen${number}`;
  }
  return verdict.kind === 'go' ? `the order has ended: it is ${phase}` : verdict.rule;
}
