/** What was paid, when, under which number. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settlementOf } from '../../payscore/settlement.ts';
import { mch, newton, said, TOTAL } from './orders.ts';

const nothing = { amount: 0, transaction_id: undefined, paidAt: undefined };
const paidBy = (...details: object[]) =>
  said('paid', { collection: { state: 'USER_PAID', details } });
const paidAt = new Date('2026-10-01T12:05:00+08:00');
const { transaction_id } = newton;

test('a charge is its amount, its number and its time', () => {
  assert.deepEqual(settlementOf(said('paid')), { amount: TOTAL, transaction_id, paidAt });
});

for (const phase of ['in_service', 'paying', 'paid_elsewhere', 'free', 'cancelled'] as const) {
  test(`nothing was charged of an order that is ${phase}`, () => {
    assert.deepEqual(settlementOf(said(phase)), nothing);
  });
}

test('counts what pay score charged, and not what was paid to the merchant', () => {
  const settlement = settlementOf(paidBy(mch, { ...newton, amount: 0 }, newton));
  assert.deepEqual(settlement, { amount: TOTAL, transaction_id, paidAt });
});

test('adds several charges under the number of the first', () => {
  const second = {
    ...newton,
    amount: 5,
    transaction_id: '4200000002',
    paid_time: '20261002000000',
  };
  assert.deepEqual(settlementOf(paidBy(newton, second)), {
    amount: TOTAL + 5,
    transaction_id,
    paidAt,
  });
});

test('a charge without number or time is still an amount', () => {
  const bare = paidBy({ amount: TOTAL, paid_type: 'NEWTON' });
  assert.deepEqual(settlementOf(bare), { ...nothing, amount: TOTAL });
});
