/** Our side of a day: every payment in one place, on one day, with its own amount. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOurSide } from '../../../reconciliation/matching/own-payments.ts';
import type { OurOrder } from '../../../reconciliation/matching/order-source.ts';

const DAY = '2026-10-01';
const NEXT = '2026-10-02';
const endedAt = Date.parse('2026-10-01T12:00:00+08:00');
const listed = { out_order_no: 'N1', transaction_id: 'A', amount: 500, knownAt: endedAt };
const order = (...charges: OurOrder['charges']): OurOrder => ({
  ...{ out_order_no: 'N1', phase: 'paid', charges, endedAt },
});
const A = { transaction_id: 'A', amount: 300, bill_date: DAY };
const B = { transaction_id: 'B', amount: 200, bill_date: DAY };

test('a payment that is listed twice, as of an order that was taken up again, counts once', () => {
  const ourSide = createOurSide(DAY);
  for (const amount of [800, 801]) ourSide.list({ ...listed, amount });
  assert.deepEqual(ourSide.ours(), { count: 1, amount: 800 });
  assert.equal(ourSide.payments.get('A')?.amount, 800);
});

test('an order that is read has each of its charges, and not the sum that the list has', () => {
  const ourSide = createOurSide(DAY);
  ourSide.list(listed);
  for (let times = 0; times < 2; times++) ourSide.read(order(A, B));
  assert.deepEqual(ourSide.ours(), { count: 2, amount: 500 });
  assert.deepEqual(ourSide.furtherCharges(), []);
});

test('a further charge of another day is left for that day', () => {
  const ourSide = createOurSide(DAY);
  ourSide.list(listed);
  ourSide.read(order(A, { ...B, bill_date: NEXT }));
  assert.deepEqual(ourSide.ours(), { count: 1, amount: 300 });
  assert.deepEqual(ourSide.furtherCharges(), [
    {
      ...{ code: 'further_charge', bill_date: NEXT, out_order_no: 'N1', transaction_id: 'B' },
      ...{ amount: 200, knownAt: endedAt },
    },
  ]);
});

test('a charge without a time is of the day on which its order learned of it', () => {
  const undated = { transaction_id: 'A', amount: 300 };
  const sides = [DAY, NEXT].map((day) => createOurSide(day));
  for (const side of sides) side.read(order(undated));
  assert.deepEqual(
    sides.map((side) => side.ours().count),
    [1, 0],
  );
});

test('a payment that was settled stays where it is, whatever else is said of it', () => {
  const ourSide = createOurSide(DAY);
  ourSide.list(listed);
  ourSide.settle('A', 'agreed');
  ourSide.settle('A', 'findings');
  ourSide.settle('of nobody', 'findings');
  assert.deepEqual(ourSide.places.agreed, { count: 1, amount: 500 });
  assert.deepEqual(ourSide.places.findings, { count: 0, amount: 0 });
  ourSide.prove();
});

test('a payment in no place is no proof', () => {
  const ourSide = createOurSide(DAY);
  ourSide.list(listed);
  assert.throws(() => ourSide.prove(), /0 payments of 0 fen, ours are 1 of 500/);
});
