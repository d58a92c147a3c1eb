/** POST /v3/payscore/serviceorder/{out_order_no}/sync: the user has paid elsewhere, so the charging ends. */
import * as z from 'zod';
import { beijing14, readBeijing } from '../beijing-time.ts';
import type { Policies } from '../policies.ts';
import { Identity } from '../service.ts';
import type { Handler } from '../transport/endpoint.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import { checkNotCharging } from './charging.ts';
import type { ChangeOrderParts } from './complete-order.ts';
import type { Order } from './order.ts';
import { readOrderCall } from './order-call.ts';
import { viewOf } from './order-view.ts';
import { paidElsewhere } from './payment.ts';
import { isRepeated } from './repetition.ts';
import { BeijingText } from './shared-fields.ts';
import { checkStanding, standingOf } from './state-table.ts';

const LAST_SECOND_MS = 86_399_000;

const SyncFields = Identity.extend({
  type: z.literal('Order_Paid'),
  detail: z.object({ paid_time: BeijingText }),
});

export function syncOrderHandler(parts: ChangeOrderParts): Handler {
  const { orders, policies, notifier, clock } = parts;

  return (request) => {
    const { order, fields, said } = readOrderCall(SyncFields, request, parts);
    const policy = policies.now();
    const stands = standingOf(order) !== 'REVOKED';
    if (stands && isRepeated('sync', order, said, policy)) return viewOf(order, 'query', policy);
    checkStanding('sync', order, policy);
    const now = clock.now();
    checkNotCharging(order, now);

    const paidMs = momentOf(fields.detail.paid_time, policy);
    checkPaidTime(paidMs, order, policy, now);
    const paid = paidElsewhere(order, beijing14(paidMs), now, { request_id: request.requestId });
    const done = { ...paid, said: { ...order.said, sync: said } };
    orders.put(done.out_order_no, done);
    if (policy.sync_notification === 'sent') notifier.order('USER_PAID', done, now);
    return viewOf(done, 'query', policy);
  };
}

function momentOf(paid_time: string, { sync_day }: Policies): number {
  const time = readBeijing(paid_time);
  if (time === undefined) throw new Error('the field rules let a time pass that does not exist');
  return time.precision === 'day' && sync_day === 'ends' ? time.ms + LAST_SECOND_MS : time.ms;
}

/** After the completion, and not later than the call with what its clock may be ahead. */
function checkPaidTime(paidMs: number, order: Order, policy: Policies, nowMs: number): void {
  const completedMs = readBeijing(order.completion?.time ?? '')?.ms ?? nowMs;
  const latestMs = nowMs + policy.sync_tolerance_seconds * 1000;
  if (paidMs <= completedMs || paidMs > latestMs) throw new RefusalError('paidTime');
}
