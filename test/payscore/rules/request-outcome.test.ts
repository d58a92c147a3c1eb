/** What a request gets, now and when its order has ended before anybody knew what became of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newOrder, type Order } from '../../../payscore/order/order.ts';
import { recordOf } from '../../../payscore/order/fold-operation.ts';
import { FIRST } from '../../../payscore/order/opening.ts';
import { decisionOn, outcomeAfterEnd } from '../../../payscore/rules/request-outcome.ts';
import {
  adoption,
  AT,
  bodies,
  LOWER,
  opening,
  orderIn,
  record,
  said,
  TOTAL,
} from '../order/orders.ts';

const firstOf = (order: Order) => recordOf(order, FIRST)!;

for (const [what, order] of Object.entries({
  'a creation': newOrder(opening, AT),
  'an adoption': newOrder(adoption, AT),
})) {
  test(`${what} is decided by no rule, and is done where its order has ended`, () => {
    assert.deepEqual(decisionOn(order, firstOf(order)), { kind: 'go' });
    assert.deepEqual(outcomeAfterEnd(orderIn('paid'), firstOf(order)), { kind: 'done' });
    const ended = { ...orderIn('cancelled'), serviceOrder: undefined } as unknown as Order;
    assert.deepEqual(outcomeAfterEnd(ended, firstOf(order)), { kind: 'done' });
    const asked = { ...firstOf(order), request: record('complete').request } as never;
    assert.deepEqual(decisionOn(orderIn('cancelled'), asked), { kind: 'go' });
  });
}

test('a request is decided by the rules as the order stands, one without its text by none', () => {
  assert.deepEqual(decisionOn(orderIn('in_service'), record('complete')), { kind: 'go' });
  assert.deepEqual(decisionOn(orderIn('paying'), record('complete')), { kind: 'done' });
  assert.deepEqual(decisionOn(orderIn('paid'), record('cancel')), {
    ...{ kind: 'not_allowed', rule: { code: 'not_cancelled_any_more', phase: 'paid' } },
  });
  const { request: _, ...textless } = record('cancel');
  assert.deepEqual(decisionOn(orderIn('paid'), textless as never), { kind: 'go' });
});

test('what WeChat’s account shows to be done is done, whatever the rules say now', () => {
  const complete = record('complete', { body: bodies.complete, digest: 'another' });
  const order = orderIn('paid');
  assert.equal(decisionOn(order, complete).kind, 'not_allowed');
  assert.deepEqual(outcomeAfterEnd(order, complete), { kind: 'done' });
  const lowered = { ...order, serviceOrder: said('paid', { total_amount: LOWER }) };
  assert.deepEqual(outcomeAfterEnd(lowered, complete), {
    ...{ kind: 'not_allowed' },
    rule: { code: 'completed_otherwise', phase: 'paid', total_amount: LOWER },
  });
});

test('what was not sent, or of which WeChat has told nothing, is decided by the rules', () => {
  const { serviceOrder: _, ...untold } = orderIn('cancelled');
  assert.deepEqual(outcomeAfterEnd(untold, record('cancel', { body: bodies.cancel })), {
    kind: 'done',
  });
  const order = { ...orderIn('paid'), operations: [] };
  assert.deepEqual(outcomeAfterEnd(order, record('complete')), { kind: 'done' });
  assert.equal(outcomeAfterEnd(order, record('modify')).kind, 'not_allowed');
});

test('where money is owed, a refusal says how much, and by which transaction', () => {
  const refundDue = { amount: TOTAL, because: 'cancel', transaction_id: '42' } as const;
  const order = { ...orderIn('paid'), refundDue };
  assert.deepEqual(outcomeAfterEnd(order, record('cancel', { body: bodies.cancel })), {
    ...{ kind: 'not_allowed' },
    rule: { code: 'charged_before', amount: TOTAL, transaction_id: '42' },
  });
});

test('what the rules would still let pass is refused because the order has ended', () => {
  const order = { ...orderIn('in_service'), wasNeverOpened: true };
  assert.deepEqual(outcomeAfterEnd(order, record('complete')), {
    ...{ kind: 'not_allowed', rule: { code: 'order_ended', phase: 'in_service' } },
  });
});
