/** Which rows agree, which have nothing to do with orders of ours, and which must be looked into. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BillRow } from '../../../reconciliation/bill/row.ts';
import {
  createComparison,
  isUnmatched,
  type UnmatchedRow,
} from '../../../reconciliation/matching/comparison.ts';
import type { OurPayment } from '../../../reconciliation/matching/order-source.ts';
import { createOurSide } from '../../../reconciliation/matching/own-payments.ts';
import { ALL_ROWS, BILL_DATE } from '../bills.ts';

const BEGUN_AT = 1_000;
const [charge, refund] = ALL_ROWS as [BillRow, BillRow];
const { transaction_id } = charge;
const ours = { out_order_no: 'N1', transaction_id, amount: charge.amount, knownAt: BEGUN_AT };

function comparisonOf(change: Partial<OurPayment> = {}, claimed: readonly string[] = []) {
  const ourSide = createOurSide(BILL_DATE);
  ourSide.list({ ...ours, ...change });
  const { payments } = ourSide;
  return createComparison({ payments, claimed: new Set(claimed), begunAt: BEGUN_AT });
}
/** What is looked into; fails where nothing is. */
function unmatchedBy(take: ReturnType<typeof comparisonOf>, it: BillRow): UnmatchedRow {
  const verdict = take(it);
  assert.ok(isUnmatched(verdict));
  return verdict;
}
const row = (change: Partial<BillRow>): BillRow =>
  ({ ...charge, transaction_id: '4300000000202610010000000009', ...change }) as BillRow;
const packet = (number: string) => `wxzff|1000000000202610010000000000001|${number}`;

test('a row of a payment of ours agrees, though the payment became known at that very moment', () => {
  const verdict = comparisonOf()(charge);
  assert.ok(typeof verdict === 'object' && !isUnmatched(verdict));
  assert.deepEqual([verdict.out_order_no, verdict.amount], ['N1', 800]);
});

// what, how the payment is known here, the row
for (const [what, known, change] of [
  ['learnt of later', { knownAt: BEGUN_AT + 1 }, {}],
  ['of another amount', { amount: 799 }, {}],
  ['of an order that owes or is owed', { isOwed: true }, {}],
  ['that is odd', {}, { odd: '交易状态' }],
] as const) {
  test(`a payment ${what} is looked into`, () => {
    const odd = { ...charge, ...change } as BillRow;
    assert.deepEqual(comparisonOf(known)(odd), {
      ...{ row: odd, out_order_no: 'N1', isPayScore: true, isRepeated: false },
    });
  });
}

test('a payment that agreed is looked into where it comes again', () => {
  const take = comparisonOf();
  take(charge);
  assert.equal(unmatchedBy(take, { ...charge, line: 9 }).isRepeated, true);
});

test('a payment that agreed with the bill of another day is looked into', () => {
  assert.equal(unmatchedBy(comparisonOf({}, [transaction_id]), charge).isRepeated, true);
});

test('a refund of a payment of ours is looked into, and is not its row', () => {
  const take = comparisonOf();
  assert.deepEqual(take(refund), {
    ...{ row: refund, out_order_no: 'N1', isPayScore: true, isRepeated: false },
  });
  assert.ok(!isUnmatched(take(charge)));
});

test('a payment of ours is of Pay Score, whatever its row says', () => {
  const bare = { ...charge, attach: '', trade_type: 'APP', amount: 1 } as BillRow;
  assert.equal(unmatchedBy(comparisonOf(), bare).isPayScore, true);
});

for (const trade_type of ['NATIVE', 'APP', 'MICROPAY', 'MWEB', 'FACE']) {
  test(`a payment by ${trade_type} is of other business, unless WeChat attached an order`, () => {
    const take = comparisonOf();
    assert.equal(take(row({ trade_type, attach: 'gift' })), 'elsewhere');
    const named = unmatchedBy(take, row({ trade_type, attach: packet('N2') }));
    assert.equal(named.out_order_no, 'N2');
  });
}

for (const trade_type of ['AUTH', 'JSAPI', 'NEW']) {
  test(`a payment by ${trade_type} may be ours`, () => {
    const unmatched = unmatchedBy(comparisonOf(), row({ trade_type, attach: 'gift' }));
    assert.equal(unmatched.isPayScore, false);
  });
}

test('a packet with a number that none of ours can be is of other business', () => {
  assert.equal(comparisonOf()(row({ attach: packet('a|b') })), 'elsewhere');
  unmatchedBy(comparisonOf(), row({ attach: 'wxzff|broken' }));
});

for (const odd of ['商户号', '特约商户号', '货币种类'] as const) {
  test(`a row that is odd in ${odd} is of others, and its numbers are theirs`, () => {
    const take = comparisonOf();
    assert.equal(take(row({ odd })), 'elsewhere');
    const unmatched = unmatchedBy(take, { ...refund, transaction_id: '43', odd });
    assert.ok(!('out_order_no' in unmatched) && !unmatched.isPayScore && unmatched.isOfOthers);
  });
}

test('a refund of any day’s payment is looked up, unless it names none', () => {
  const take = comparisonOf();
  const shops = { ...refund, trade_type: 'NATIVE', attach: '' } as BillRow;
  const named = unmatchedBy(take, { ...shops, transaction_id: '43' });
  assert.ok(!('out_order_no' in named) && named.isOfOthers);
  assert.equal(take({ ...shops, transaction_id: '' }), 'elsewhere');
});

test('the number of an order is the merchant’s where the user paid from its page, and else what is attached', () => {
  const numberIn = (change: Partial<BillRow>) =>
    unmatchedBy(comparisonOf(), row(change)).out_order_no;
  assert.equal(numberIn({ trade_type: 'JSAPI', out_trade_no: 'N3', attach: packet('N4') }), 'N3');
  assert.equal(numberIn({ out_trade_no: 'N3', attach: packet('N4') }), 'N4');
  assert.equal(numberIn({ trade_type: 'JSAPI', out_trade_no: 'a|b', attach: '' }), undefined);
  assert.equal(numberIn({ out_trade_no: 'N3', attach: '' }), undefined);
});
