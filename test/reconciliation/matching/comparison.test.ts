/** Which rows agree, which have nothing to do with orders of ours, and which must be looked into. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BillRow } from '../../../reconciliation/bill/row.ts';
import { createComparison } from '../../../reconciliation/matching/comparison.ts';
import { createOurSide } from '../../../reconciliation/matching/own-payments.ts';
import { ALL_ROWS, BILL_DATE } from '../bills.ts';

const BEGUN_AT = 1_000;
const [charge, refund] = ALL_ROWS as [BillRow, BillRow];
const { transaction_id } = charge;
const ours = { out_order_no: 'N1', transaction_id, amount: charge.amount, knownAt: BEGUN_AT };

function comparisonOf(change: Partial<typeof ours> = {}) {
  const payments = new Map([[transaction_id, { ...ours, ...change }]]);
  return createComparison({ payments, begunAt: BEGUN_AT });
}
const row = (change: Partial<BillRow>): BillRow =>
  ({ ...charge, transaction_id: '4300000000202610010000000009', ...change }) as BillRow;
const packet = (number: string) => `wxzff|1000000000202610010000000000001|${number}`;

test('a row of a payment of ours agrees, though the payment became known at that very moment', () => {
  const comparison = comparisonOf();
  assert.equal(comparison.take(charge), undefined);
  assert.deepEqual(comparison.agreed, { count: 1, amount: 800 });
  assert.ok(comparison.isBilled(transaction_id));
});

// what, how the payment is known here, the row
for (const [what, known, change] of [
  ['learnt of later', { knownAt: BEGUN_AT + 1 }, {}],
  ['of another amount', { amount: 799 }, {}],
  ['that is odd', {}, { odd: '交易状态' }],
] as const) {
  test(`a payment ${what} is looked into, and counted by nobody yet`, () => {
    const comparison = comparisonOf(known);
    const odd = { ...charge, ...change } as BillRow;
    assert.deepEqual(comparison.take(odd), {
      ...{ row: odd, out_order_no: 'N1', isPayScore: true, isRepeated: false },
    });
    assert.deepEqual(comparison.agreed, { count: 0, amount: 0 });
  });
}

test('a payment that agreed is looked into where it comes again', () => {
  const comparison = comparisonOf();
  comparison.take(charge);
  assert.equal(comparison.take({ ...charge, line: 9 })?.isRepeated, true);
  assert.deepEqual(comparison.agreed, { count: 1, amount: 800 });
});

test('a refund of a payment of ours is looked into, and is not its row', () => {
  const comparison = comparisonOf();
  assert.deepEqual(comparison.take(refund), {
    ...{ row: refund, out_order_no: 'N1', isPayScore: true, isRepeated: false },
  });
  assert.ok(!comparison.isBilled(transaction_id));
});

test('a payment of ours is of Pay Score, whatever its row says', () => {
  const bare = { ...charge, attach: '', trade_type: 'APP', amount: 1 } as BillRow;
  assert.equal(comparisonOf().take(bare)?.isPayScore, true);
});

for (const trade_type of ['NATIVE', 'APP', 'MICROPAY', 'MWEB', 'FACE']) {
  test(`a payment by ${trade_type} is of other business, unless WeChat attached an order`, () => {
    const comparison = comparisonOf();
    assert.equal(comparison.take(row({ trade_type, attach: 'gift' })), undefined);
    assert.deepEqual(comparison.elsewhere, { count: 1, amount: 800 });
    assert.equal(comparison.take(row({ trade_type, attach: packet('N2') }))?.out_order_no, 'N2');
  });
}

for (const trade_type of ['AUTH', 'JSAPI', 'NEW']) {
  test(`a payment by ${trade_type} may be ours`, () => {
    const unmatched = comparisonOf().take(row({ trade_type, attach: 'gift' }));
    assert.equal(unmatched?.isPayScore, false);
  });
}

test('a packet with a number that none of ours can be is of other business', () => {
  assert.equal(comparisonOf().take(row({ attach: packet('a|b') })), undefined);
  assert.ok(comparisonOf().take(row({ attach: 'wxzff|broken' })));
});

for (const odd of ['商户号', '特约商户号', '货币种类'] as const) {
  test(`a row that is odd in ${odd} is of others, and its numbers are theirs`, () => {
    const comparison = comparisonOf();
    assert.equal(comparison.take(row({ odd })), undefined);
    assert.deepEqual(comparison.elsewhere, { count: 1, amount: 800 });
    const unmatched = comparison.take({ ...refund, transaction_id: '43', odd });
    assert.ok(unmatched && !('out_order_no' in unmatched) && !unmatched.isPayScore);
  });
}

test('a refund of any day’s payment is looked up, unless it names none', () => {
  const comparison = comparisonOf();
  const shops = { ...refund, trade_type: 'NATIVE', attach: '' } as BillRow;
  const named = comparison.take({ ...shops, transaction_id: '43' });
  assert.ok(named && !('out_order_no' in named));
  assert.equal(comparison.take({ ...shops, transaction_id: '' }), undefined);
  assert.deepEqual(comparison.elsewhere, { count: 0, amount: 0 });
});

test('the number of an order is the merchant’s where the user paid from its page, and else what is attached', () => {
  const numberIn = (change: Partial<BillRow>) => comparisonOf().take(row(change))?.out_order_no;
  assert.equal(numberIn({ trade_type: 'JSAPI', out_trade_no: 'N3', attach: packet('N4') }), 'N3');
  assert.equal(numberIn({ out_trade_no: 'N3', attach: packet('N4') }), 'N4');
  assert.equal(numberIn({ trade_type: 'JSAPI', out_trade_no: 'a|b', attach: '' }), undefined);
  assert.equal(numberIn({ out_trade_no: 'N3', attach: '' }), undefined);
});

test('a payment that is listed twice, as of an order that was taken up again, counts once', () => {
  const ourSide = createOurSide(BILL_DATE);
  for (const amount of [800, 801]) ourSide.list({ ...ours, amount });
  assert.deepEqual(ourSide.ours(), { count: 1, amount: 800 });
  assert.equal(ourSide.payments.get(transaction_id)?.amount, 800);
});
