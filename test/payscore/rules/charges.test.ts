/** What was paid, when, under which number. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chargedOf, paidAtOf, transactionsOf } from '../../../payscore/rules/charges.ts';
import { mch, newton, said, TOTAL } from '../order/orders.ts';

const nothing = { amount: 0, transaction_id: undefined, paidAt: undefined };
const paidBy = (...details: object[]) =>
  said('paid', { collection: { state: 'USER_PAID', details } });
const paidAt = new Date('2026-10-01T12:05:00+08:00');
const { transaction_id } = newton;

test('a charge is its amount, its number and its time', () => {
  assert.deepEqual(chargedOf(said('paid')), { amount: TOTAL, transaction_id, paidAt });
});

for (const phase of ['in_service', 'paying', 'paid_elsewhere', 'free', 'cancelled'] as const) {
  test(`nothing was charged of an order that is ${phase}`, () => {
    assert.deepEqual(chargedOf(said(phase)), nothing);
  });
}

test('counts what pay score charged, and not what was paid to the merchant', () => {
  const charged = chargedOf(paidBy(mch, { ...newton, amount: 0 }, newton));
  assert.deepEqual(charged, { amount: TOTAL, transaction_id, paidAt });
});

test('where a coupon paid for all of it, the number and the time are those of the empty charge', () => {
  const empty = { ...newton, amount: 0 };
  assert.deepEqual(chargedOf(paidBy(empty)), { amount: 0, transaction_id, paidAt });
  assert.deepEqual(chargedOf(paidBy(mch, empty)), { amount: 0, transaction_id, paidAt });
  assert.deepEqual(transactionsOf(paidBy(empty)), []);
});

test('adds several charges under the number of the first', () => {
  const second = {
    ...newton,
    amount: 5,
    transaction_id: '4200000002',
    paid_time: '20261002000000',
  };
  assert.deepEqual(chargedOf(paidBy(newton, second)), {
    amount: TOTAL + 5,
    transaction_id,
    paidAt,
  });
});

test('the time may be RFC 3339, or the day alone, and what is neither is none', () => {
  const at = (paid_time: string) => chargedOf(paidBy({ ...newton, paid_time })).paidAt;
  assert.deepEqual(at('2026-10-01T12:05:00+08:00'), paidAt);
  assert.deepEqual(at('20261001'), new Date('2026-10-01T00:00:00+08:00'));
  for (const text of ['2026-10-01', '2026-13-01T12:05:00+08:00', '1 October 2026']) {
    assert.equal(at(text), undefined);
  }
});

test('a charge without number or time is still an amount', () => {
  const bare = paidBy({ amount: TOTAL, paid_type: 'NEWTON' });
  assert.deepEqual(chargedOf(bare), { ...nothing, amount: TOTAL });
});

test('every charge has its number, and what was paid to the merchant has none', () => {
  const second = { ...newton, transaction_id: '4200000002' };
  const unnumbered = { ...newton, transaction_id: '' };
  const empty = { ...newton, amount: 0, transaction_id: '4200000003' };
  const account = paidBy(mch, newton, unnumbered, empty, second);
  assert.deepEqual(transactionsOf(account), [transaction_id, '4200000002']);
  assert.deepEqual(transactionsOf(said('free')), []);
});

test('the largest amounts that WeChat can write add up to the fen', () => {
  const amount = 100_000_000_000;
  const details = Array.from({ length: 100 }, (_, n) => ({ ...newton, amount: amount - n }));
  assert.equal(chargedOf(paidBy(...details)).amount, 10_000_000_000_000 - 4_950);
});

test('a time of payment is Beijing’s, or RFC 3339 and nothing around it', () => {
  const noon = new Date('2026-10-01T04:00:00Z');
  for (const time of ['20261001120000', '2026-10-01T12:00:00+08:00', '2026-10-01T04:00:00.000Z']) {
    assert.deepEqual(paidAtOf(time), noon);
  }
  const none = ['', 'noon', 'on 2026-10-01T04:00:00Z', '2026-10-01T04:00:00Z (noon)'];
  for (const time of [...none, '2026-13-01T04:00:00Z', undefined]) {
    assert.equal(paidAtOf(time), undefined);
  }
});
