/** What is owed to the user when WeChat has charged although business code had asked otherwise. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newOrder } from '../../../payscore/order/order.ts';
import { PHASES } from '../../../payscore/rules/phase.ts';
import { refundDueOf } from '../../../payscore/rules/refund.ts';
import {
  after,
  asked,
  AT,
  brokenOff,
  concluded,
  done,
  mch,
  newton,
  notAllowed,
  orderIn,
  orderLowered,
  orderWith,
  paidBy,
  record,
  refused,
  reopened,
  said,
  TOO_LATE,
  TOTAL,
} from '../order/orders.ts';

const { transaction_id } = newton;
const due = (amount: number, because: string) => ({ amount, because, transaction_id });

// what was asked for and not yet carried out when the payment became known, what is owed
for (const [operations, amount, because] of [
  [['cancel'], 800, 'cancel'],
  [['sync'], 800, 'sync'],
  [['modify'], 500, 'modify'],
  [['modify', 'cancel'], 800, 'cancel'],
  [['cancel', 'modify'], 800, 'cancel'],
  [['modify', 'sync'], 800, 'sync'],
] as const) {
  test(`a payment of 800 that crosses ${operations.join(' and ')} owes ${amount}`, () => {
    const order = orderWith('paying', ...operations);
    assert.deepEqual(refundDueOf(order, said('paid')), due(amount, because));
  });
}

test('what only waits for its turn is crossed as well', () => {
  const order = after(orderIn('paying'), asked('cancel'));
  assert.deepEqual(refundDueOf(order, said('paid')), due(800, 'cancel'));
});

test('a completion is not crossed by its payment', () => {
  assert.equal(refundDueOf(orderWith('in_service', 'complete'), said('paid')), undefined);
  assert.equal(refundDueOf(orderIn('creating'), said('paid')), undefined);
});

// the lower amount that was asked for, what was charged, what is owed
for (const [total_amount, charged, amount] of [
  [300, 300, undefined],
  [300, 301, 1],
  [300, 200, undefined],
  [0, 800, 800],
] as const) {
  test(`a payment of ${charged} that crosses a correction to ${total_amount} owes ${amount ?? 'nothing'}`, () => {
    const order = after(orderIn('paying'), asked('modify', { total: total_amount }));
    const details = paidBy({ ...newton, amount: charged });
    const account = said('paid', { total_amount: charged, ...details });
    assert.equal(refundDueOf(order, account)?.amount, amount);
  });
}

for (const outcome of [done, notAllowed, refused]) {
  test(`what is ${outcome.kind} is crossed by nothing any more`, () => {
    const order = after(orderIn('paying'), asked('cancel'), concluded('k-cancel', outcome));
    assert.equal(refundDueOf(order, said('paid')), undefined);
  });
}

const CLOSED = ['cancelled', 'rejected', 'unauthorized', 'paid_elsewhere', 'free'];

for (const phase of PHASES) {
  const isClosed = CLOSED.includes(phase);
  test(`an order that had ended ${phase} and is paid owes ${isClosed ? 'all of it' : 'nothing'}`, () => {
    const order = newOrder(reopened(phase), AT);
    assert.deepEqual(refundDueOf(order, said('paid')), isClosed ? due(800, phase) : undefined);
  });
}

test('an order that was given up and is paid owes all of it', () => {
  const order = after(orderIn('creating'), { kind: 'given_up', why: TOO_LATE });
  assert.deepEqual(refundDueOf(order, said('paid')), due(800, 'rejected'));
});

// what WeChat says was collected of a total of 800, what is owed, because of what
for (const [what, details, amount, because] of [
  ['by WeChat', [newton], undefined, ''],
  [
    'by both, each a part',
    [
      { ...mch, amount: 300 },
      { ...newton, amount: 500 },
    ],
    undefined,
    '',
  ],
  ['by both, all of it', [mch, newton], 800, 'paid_elsewhere'],
  [
    'by both, a little too much',
    [
      { ...mch, amount: 301 },
      { ...newton, amount: 500 },
    ],
    1,
    'paid_elsewhere',
  ],
  [
    'twice by the merchant, and a part by WeChat',
    [mch, mch, { ...newton, amount: 5 }],
    5,
    'paid_elsewhere',
  ],
  ['twice by WeChat', [newton, { ...newton, transaction_id: '4200000002' }], 800, 'paid'],
  ['less than all', [{ ...newton, amount: 799 }], undefined, ''],
] as const) {
  test(`of what was collected ${what}, ${amount ?? 'nothing'} is owed`, () => {
    const account = said('paid', paidBy(...details));
    const owed = amount === undefined ? undefined : due(amount, because);
    assert.deepEqual(refundDueOf(orderIn('paying'), account), owed);
  });
}

test('what is owed is of a charge that was as much, and of none where each was less', () => {
  const parts = [300, 500].map((amount) => ({ ...newton, amount, transaction_id: `42${amount}` }));
  const numberOf = (...operations: ('cancel' | 'modify')[]) =>
    refundDueOf(orderWith('paying', ...operations), said('paid', paidBy(...parts)));
  // A modification to 300 owes 500 of 800.
  assert.deepEqual(numberOf('modify'), { ...due(500, 'modify'), transaction_id: '42500' });
  assert.deepEqual(numberOf('cancel'), { amount: 800, because: 'cancel' });
});

test('of what WeChat does not say the total of, nothing is known to be too much', () => {
  const account = said('paid', { total_amount: undefined, ...paidBy(mch, newton) });
  assert.equal(refundDueOf(orderIn('paying'), account), undefined);
});

test('a charge without a number is owed all the same', () => {
  const { transaction_id: _, ...bare } = newton;
  const account = said('paid', paidBy(bare));
  const order = orderWith('paying', 'cancel');
  assert.deepEqual(refundDueOf(order, account), { amount: TOTAL, because: 'cancel' });
});

test('nothing is owed where WeChat has charged nothing', () => {
  const order = orderWith('paying', 'cancel', 'sync');
  for (const phase of ['paid_elsewhere', 'free', 'cancelled', 'paying'] as const) {
    assert.equal(refundDueOf(order, said(phase)), undefined);
  }
});

test('what an earlier run knew to be owed stays owed when the order is looked up once more', () => {
  const owed = { amount: 500, because: 'modify', transaction_id } as const;
  const order = newOrder(reopened('paid', { refundDue: owed }), AT);
  assert.deepEqual(refundDueOf(order, said('paid')), owed);
});

// when the completion was asked for, what is owed of an order that had ended before, and was taken up again
for (const [seconds, owed] of [
  [1, undefined],
  [-1, due(800, 'rejected')],
] as const) {
  test(`a completion asked for ${seconds} s after the earlier run's end ${owed ? 'does not ask' : 'asks'} for the charge`, () => {
    const receivedAt = new Date(AT.getTime() + seconds * 1_000).toISOString();
    const before = [record('complete', { receivedAt, state: 'done' })];
    const order = newOrder(reopened('rejected', { operations: before }), AT);
    assert.deepEqual(refundDueOf(order, said('paid')), owed);
  });
}

// what was left behind, what business code had done since (seconds, state), what is owed of a charge of 800
for (const [left, since, owed] of [
  ['cancel', [], due(800, 'cancel')],
  ['sync', [], due(800, 'sync')],
  ['modify', [], due(500, 'modify')],
  ['complete', [], undefined],
  ['cancel', [['complete', 1, 'done']], undefined],
  ['cancel', [['complete', 1, 'running']], undefined],
  ['cancel', [['modify', 1, 'done']], undefined],
  ['cancel', [['complete', 1, 'waiting']], due(800, 'cancel')],
  ['cancel', [['complete', 1, 'refused']], due(800, 'cancel')],
  ['cancel', [['complete', 1, 'left_behind']], due(800, 'cancel')],
  ['cancel', [['complete', 0, 'done']], due(800, 'cancel')],
  ['cancel', [['complete', -1, 'done']], due(800, 'cancel')],
  ['sync', [['modify', 1, 'running']], undefined],
  ['sync', [['modify', 1, 'not_allowed']], due(800, 'sync')],
] as const) {
  const words = since.map(([operation, , state]) => `${operation} that is ${state}`).join();
  const when = since.map(([, seconds]) => `${seconds} s later`).join();
  test(`a ${left} that was left behind${words && `, with a ${words} ${when},`} owes ${owed?.amount ?? 'nothing'}`, () => {
    const operations = since.map(([operation, seconds, state]) => {
      const receivedAt = new Date(AT.getTime() + seconds * 1_000).toISOString();
      // what runs has its total, but nothing is agreed yet
      return record(operation, { key: 'since', receivedAt, state, total: TOTAL });
    });
    const before = newOrder(brokenOff('in_service', { operations: [record(left)] }), AT);
    const order = { ...before, operations: [...before.operations, ...operations] };
    assert.deepEqual(refundDueOf(order, said('paid')), owed);
  });
}

test('a correction that was left behind and asked for again is crossed once', () => {
  const before = newOrder(brokenOff('paying', { operations: [record('modify')] }), AT);
  const receivedAt = new Date(AT.getTime() + 60_000).toISOString();
  const order = after(before, { kind: 'asked', record: record('modify', { receivedAt }) });
  assert.deepEqual(refundDueOf(order, said('paid')), due(500, 'modify'));
});

const charged = (amount: number) =>
  said('paid', { total_amount: amount, ...paidBy({ ...newton, amount }) });

// what WeChat had said yes to, what was charged, what is owed, because of what
for (const [order, amount, owed, because] of [
  [orderLowered(), 300, undefined, ''],
  [orderLowered(), 299, undefined, ''],
  [orderLowered(), 301, 1, 'modify'],
  [orderLowered(), 800, 500, 'modify'],
  [orderIn('paying'), 800, undefined, ''],
  [orderIn('paying'), 801, 1, 'complete'],
] as const) {
  test(`of a charge of ${amount}, where WeChat had said yes to ${order.agreedTotal}, ${owed ?? 'nothing'} is owed`, () => {
    const expected = owed === undefined ? undefined : due(owed, because);
    assert.deepEqual(refundDueOf(order, charged(amount)), expected);
  });
}

test('what WeChat has never said yes to of ours is not above it', () => {
  const order = { ...orderIn('paying'), agreedTotal: undefined };
  assert.equal(refundDueOf(order, charged(9_999)), undefined);
});

test('a cancellation that crosses a charge above the agreed total owes all of it', () => {
  const order = after(orderLowered(), asked('cancel'));
  assert.deepEqual(refundDueOf(order, charged(800)), due(800, 'cancel'));
});

test('nothing is owed where a coupon paid for all of it', () => {
  const account = said('paid', paidBy({ ...newton, amount: 0 }));
  for (const order of [orderIn('paying'), orderWith('paying', 'cancel'), orderLowered()]) {
    assert.equal(refundDueOf(order, account), undefined);
  }
});
