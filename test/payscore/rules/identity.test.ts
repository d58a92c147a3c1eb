/** Whether a message is about this order, and whether a notification is conclusive without asking WeChat. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newOrder } from '../../../payscore/order/order.ts';
import { belongsTo, isOf, isConclusive } from '../../../payscore/rules/identity.ts';
import {
  adoption,
  after,
  asked,
  AT,
  bodies,
  concluded,
  mch,
  newton,
  observed,
  opening,
  orderIn,
  orderWith,
  refused,
  said,
  started,
  TOTAL,
} from '../order/orders.ts';

const identity = {
  mchid: '1900000002',
  appid: 'wx2',
  service_id: '20020001',
  out_order_no: 'R2',
  openid: 'oSomebodyElse',
};

const opened = newOrder(opening, AT);

test('belongs to the order whose merchant, app, service, number and user it names', () => {
  assert.equal(belongsTo(opened, said('paid')), true);
});

test('belongs to the order also where it does not name the user', () => {
  assert.equal(belongsTo(opened, said('paid', { openid: '' })), true);
});

for (const [field, value] of Object.entries(identity)) {
  test(`does not belong to the order with another ${field}`, () => {
    assert.equal(belongsTo(opened, said('paid', { [field]: value })), false);
  });
}

test('belongs to an order of which the user is not known, whomever it names', () => {
  assert.equal(belongsTo(newOrder(adoption, AT), said('paid')), true);
  const { openid: _, ...nobody } = { ...opening.service, ...opening.request };
  assert.equal(isOf(nobody, said('paid')), true);
});

const paying = orderIn('paying');
const collection = said('paid').collection;
const withCollection = (change: object) => ({ collection: { ...collection, ...change } });

for (const [what, order, account] of [
  ['a payment', paying, said('paid')],
  ['a payment by sync', paying, said('paid_elsewhere')],
  ['a payment that comes before complete has returned', completing(), said('paid')],
  [
    'a payment whose collection repeats no amounts',
    paying,
    said('paid', withCollection({ total_amount: undefined, paid_amount: undefined })),
  ],
  [
    'a payment whose amounts are texts',
    paying,
    said('paid', { total_amount: '800', ...withCollection({ paid_amount: '800' }) }),
  ],
  ['a completion with nothing to pay', completing(0), said('free')],
] as const) {
  test(`${what} is conclusive`, () => {
    assert.equal(isConclusive(order, account), true);
  });
}

for (const [what, change] of Object.entries({
  ...Object.fromEntries(
    Object.entries(identity).map(([field, value]) => [`another ${field}`, { [field]: value }]),
  ),
  'no openid': { openid: '' },
  'no total': { total_amount: undefined },
  'another total': { total_amount: TOTAL - 1 },
  'another total in its collection': withCollection({ total_amount: TOTAL + 1 }),
  'another amount paid': withCollection({ paid_amount: 0 }),
  'a collection that is still paying': withCollection({ state: 'USER_PAYING' }),
  'no details': withCollection({ details: [] }),
  'details that do not add up': withCollection({ details: [{ ...newton, amount: 1 }] }),
  'a payment without number': withCollection({ details: [{ ...newton, transaction_id: '' }] }),
  'a payment without time': withCollection({ details: [{ ...newton, paid_time: '' }] }),
  'an unknown state': { state: 'SETTLED' },
  'no collection': { collection: {} },
  'the sample’s own contradictions': withCollection({
    paid_amount: 0,
    paying_amount: TOTAL,
    details: [{ ...mch, transaction_id: '1' }],
  }),
})) {
  test(`a notification with ${what} is not conclusive`, () => {
    assert.equal(isConclusive(paying, said('paid', change)), false);
  });
}

for (const phase of ['in_service', 'paying'] as const) {
  test(`a notification of ${phase} is not conclusive`, () => {
    assert.equal(isConclusive(paying, said(phase)), false);
  });
}

test('a payment of an order that nobody has completed is not conclusive', () => {
  assert.equal(isConclusive(newOrder(opening, AT), said('paid')), false);
  assert.equal(isConclusive(orderIn('in_service'), said('paid')), false);
});

test('a payment of an order whose user nobody knows is not conclusive', () => {
  const { openid: _, ...order } = paying;
  assert.equal(isConclusive(order, said('paid')), false);
});

test('a completion that only waits for its turn is not what a payment is for', () => {
  const order = orderWith('in_service', 'cancel', 'complete');
  assert.equal(isConclusive(order, said('paid')), false);
});

test('a payment is for the completion that is under way, not for one that was refused before', () => {
  const earlier = after(orderIn('in_service'), asked('complete', { key: 'refused' }));
  const order = after(
    earlier,
    ...[concluded('refused', refused), asked('complete'), started('complete')],
  );
  assert.equal(isConclusive(order, said('paid')), true);
});

test('a lowered amount is what WeChat must charge', () => {
  const total_amount = 300;
  const lowered = after(paying, observed('paying', 'modify', { total_amount }));
  const details = [{ ...newton, amount: total_amount }];
  const account = said('paid', { total_amount, collection: { state: 'USER_PAID', details } });
  assert.deepEqual(
    [isConclusive(lowered, account), isConclusive(lowered, said('paid'))],
    [true, false],
  );
});

/** The complete call is under way; WeChat may be faster with its notification than with its answer. */
function completing(total_amount = TOTAL) {
  const order = orderWith('in_service', 'complete');
  const body = { ...bodies.complete, total_amount };
  return { ...order, operations: order.operations.map((it) => ({ ...it, body })) };
}
