/** POST /v3/payscore/serviceorder/{out_order_no}/modify: lowers what is being charged. */
import type * as z from 'zod';
import type { Policies } from '../policies.ts';
import { Identity } from '../service.ts';
import type { Handler } from '../transport/endpoint.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { RefusalName } from '../transport/refusals.ts';
import { checkNotCharging } from './charging.ts';
import type { ChangeOrderParts } from './complete-order.ts';
import { ModifiedDiscounts, Payments, totalOf } from './fee-items.ts';
import { ledgerEntry } from './ledger.ts';
import type { Order } from './order.ts';
import { readOrderCall, type OrderCall } from './order-call.ts';
import { viewOf } from './order-view.ts';
import { dues, paidNothing, payable, type Dues } from './payment.ts';
import { isRepeated } from './repetition.ts';
import { Amount, Device, reasonOf } from './shared-fields.ts';
import { checkStanding, standingOf } from './state-table.ts';

const LONGEST_REASON = 50;

export const ModifyFields = Identity.extend({
  post_payments: Payments.min(1),
  post_discounts: ModifiedDiscounts.default([]),
  total_amount: Amount,
  reason: reasonOf(() => LONGEST_REASON),
  device: Device.optional(),
});
type ModifyFields = z.infer<typeof ModifyFields>;

export function modifyOrderHandler(parts: ChangeOrderParts): Handler {
  const { orders, policies, notifier, clock } = parts;

  return (request) => {
    const call = readOrderCall(ModifyFields, request, parts);
    const { order, fields, said } = call;
    const policy = policies.now();
    const stands = standingOf(order) !== 'REVOKED';
    if (stands && isRepeated('modify', order, said, policy)) return viewOf(order, 'query', policy);
    checkStanding('modify', order, policy);
    const now = clock.now();
    checkNotCharging(order, now);

    const { total_amount, post_payments, post_discounts } = fields;
    if (total_amount !== totalOf(post_payments, post_discounts)) throw new RefusalError('total');
    const objection = objectionTo(total_amount, order, policy);
    if (objection !== undefined) throw new RefusalError(objection);

    const done = modified(call, policy, now, request.requestId);
    orders.put(done.out_order_no, done);
    if (done.state === 'DONE' && policy.zero_total_notification === 'sent') {
      notifier.order('USER_PAID', done, now);
    }
    return viewOf(done, 'query', policy);
  };
}

/** The limit is the total at completion, whatever was modified since. */
function objectionTo(total: number, order: Order, policy: Policies): RefusalName | undefined {
  if (total > (order.completion?.total_amount ?? 0)) return 'modifiedUpwards';
  const wasModified = order.ledger.some(({ event }) => event === 'modified');
  if (wasModified && policy.modify_limit === 'once') return 'modifiedBefore';
  if (total === order.total_amount && policy.modify_equal === 'refused') return 'modifiedToEqual';
  if (total === 0 && policy.modify_to_zero === 'refused') return 'modifiedToZero';
  return undefined;
}

export function modified(
  { order, fields, said }: OrderCall<ModifyFields>,
  policy: Policies,
  now: number,
  request_id: string,
): Order {
  const { state_description: _description, collection: _collection, ...rest } = order;
  const { post_payments, post_discounts, total_amount } = fields;
  const happening = { event: 'modified', request_id, charged: 0, total_amount } as const;
  return {
    ...rest,
    ...duesOf(total_amount, policy, now),
    post_payments,
    post_discounts,
    said: { ...order.said, modify: said },
    ledger: [...order.ledger, ledgerEntry(happening, now)],
  };
}

function duesOf(total: number, { modify_to_zero }: Policies, now: number): Dues {
  if (total > 0) return payable(total);
  switch (modify_to_zero) {
    case 'done':
    case 'refused':
      return dues(0);
    case 'stays':
      return payable(0);
    case 'paid_zero':
      return paidNothing(now);
  }
}
