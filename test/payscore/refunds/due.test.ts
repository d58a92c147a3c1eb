/** What is owed is refunded once, and no more than is still owed: whatever was paid back, settled or is on its way. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideDue } from '../../../payscore/refunds/due.ts';
import type { RefundRecord, RefundState } from '../../../payscore/refunds/refunds.ts';
import type { OrderView } from '../../../payscore/order/view.ts';

const detail = {
  paid_type: 'NEWTON',
  amount: 1_000,
  transaction_id: '42',
  paid_time: '20261001120000',
};
const owing = (change: Partial<OrderView> = {}): OrderView => ({
  ...{ out_order_no: 'R1', phase: 'paid', operations: [], timeline: [] },
  collection: { state: 'USER_PAID', details: [detail] },
  refund_due: { amount: 500, transaction_id: '42', because: 'cancel' },
  ...change,
});
const refund = (
  state: RefundState,
  amount: number,
  out_refund_no: string,
  refund_id?: string,
): RefundRecord => ({
  ...{ out_refund_no, amount, digest: '', receivedAt: '', state },
  ...(refund_id !== undefined && { refund_id }),
});
const due = (amount: number, nth = 1) => ({
  kind: 'refund',
  out_refund_no: `due-R1-${nth}`,
  amount,
});

test('all of it, where nothing was paid back', () => {
  assert.deepEqual(decideDue(owing(), { refunds: [] }), due(500));
});

test('what is left, of what was paid back under another number, told or not, or is on its way', () => {
  const refunded = { 42: [{ refund_id: '50', amount: 200 }] };
  assert.deepEqual(
    decideDue(owing({ refunded }), { refunds: [refund('success', 200, 'a', '50')] }),
    due(300),
  );
  assert.deepEqual(decideDue(owing(), { refunds: [refund('success', 200, 'a', '50')] }), due(300));
  for (const state of ['waiting', 'unknown', 'not_enough', 'processing', 'abnormal'] as const) {
    assert.deepEqual(decideDue(owing(), { refunds: [refund(state, 200, 'a')] }), due(300), state);
  }
  assert.deepEqual(decideDue(owing(), { refunds: [refund('closed', 200, 'a')] }), due(500));
});

test('nothing, where it was settled otherwise, or all of it is back', () => {
  const settled = { amount: 500, reason: 'cash', at: '' };
  assert.deepEqual(decideDue(owing({ settled }), { refunds: [] }), { kind: 'nothing' });
  assert.deepEqual(decideDue(owing(), { refunds: [refund('success', 500, 'a', '50')] }), {
    kind: 'nothing',
  });
  const { refund_due: _, ...nothing } = owing();
  assert.deepEqual(decideDue(nothing, { refunds: [] }), { kind: 'nothing' });
});

test('asked for again it is the same, and after one in vain another', () => {
  const there = refund('processing', 500, 'due-R1-1');
  assert.deepEqual(decideDue(owing(), { refunds: [there] }), { kind: 'there', refund: there });
  const back = refund('success', 500, 'due-R1-1', '50');
  assert.deepEqual(decideDue(owing(), { refunds: [back] }), { kind: 'there', refund: back });
  assert.deepEqual(
    decideDue(owing(), { refunds: [refund('closed', 500, 'due-R1-1')] }),
    due(500, 2),
  );
});

test('more, where a coupon was used: WeChat Pay gives both back in proportion', () => {
  const withCoupon = { ...detail, amount: 800, promotion_detail: [{ amount: 200 }] };
  const collection = { state: 'USER_PAID', details: [withCoupon] } as unknown as NonNullable<
    OrderView['collection']
  >;
  const all = owing({
    collection,
    refund_due: { amount: 800, transaction_id: '42', because: 'cancel' },
  });
  assert.deepEqual(decideDue(all, { refunds: [] }), due(1_000));
});

const paidBy = (told: object) =>
  owing({
    collection: { state: 'USER_PAID', details: [told] } as unknown as NonNullable<
      OrderView['collection']
    >,
    refund_due: { amount: 500, transaction_id: '42', because: 'modify' },
  });

test('no less than is owed, where WeChat Pay does not tell when it was paid', () => {
  const { paid_time: _, ...undated } = detail;
  assert.deepEqual(decideDue(paidBy(undated), { refunds: [] }), due(500));
  const withCoupon = { ...undated, amount: 800, promotion_detail: [{ amount: 200 }] };
  assert.deepEqual(decideDue(paidBy(withCoupon), { refunds: [] }), due(625));
});

test('by the total that WeChat Pay told the refunds, where the order knows of no coupon', () => {
  const order = paidBy({ ...detail, amount: 800 });
  assert.deepEqual(decideDue(order, { refunds: [] }), due(500));
  assert.deepEqual(decideDue(order, { total: 1_000, refunds: [] }), due(625));
});

test('what is left of the user’s own money, where a coupon went back with it', () => {
  const order = paidBy({ ...detail, amount: 800 });
  const back = { ...refund('success', 500, 'due-R1-1', '50'), payer_refund: 400 };
  const there = { total: 1_000, refunds: [back] };
  assert.deepEqual(decideDue(order, there), due(125, 2));
  const refunded = { 42: [{ refund_id: '50', amount: 400 }] };
  assert.deepEqual(decideDue({ ...order, refunded }, there), due(125, 2));
});
