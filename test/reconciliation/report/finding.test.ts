/** What a finding says of the row and of the order: facts, and nothing in words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BillRow } from '../../../reconciliation/bill/row.ts';
import type { OurOrder } from '../../../reconciliation/matching/order-source.ts';
import { healed, missingOf, open } from '../../../reconciliation/report/row-finding.ts';
import { ALL_ROWS } from '../bills.ts';

const [payment, , , reversal] = ALL_ROWS as [BillRow, BillRow, BillRow, BillRow];
const order: OurOrder = {
  ...{ out_order_no: 'N1', phase: 'paid' },
  charges: [{ transaction_id: payment.transaction_id, amount: 700, bill_date: '2026-10-01' }],
};

test('a finding of a payment has what the bill has, and what the order has', () => {
  const facts = open('amount_differs', payment, order);
  assert.deepEqual(facts, {
    ...{ kind: 'amount_differs', healed: false, out_order_no: 'N1', phase: 'paid', line: 2 },
    ...{ transaction_id: payment.transaction_id, bill_amount: 800, order_amount: 700 },
    time: '2026-10-01T23:59:59+08:00',
  });
});

test('a finding of a reversal has its number and how far it is, and of another’s charge no amount', () => {
  const facts = healed('refunded', reversal, order);
  assert.deepEqual(facts, {
    ...{ kind: 'refunded', healed: true, out_order_no: 'N1', phase: 'paid', line: 5 },
    ...{ transaction_id: reversal.transaction_id, bill_amount: 1234 },
    ...{ refund_id: '50000709672026100100000000002', refund_status: 'SUCCESS' },
    time: '2026-10-01T12:00:01+08:00',
  });
});

test('a finding of an odd row names the column', () => {
  assert.equal(open('odd_row', { ...payment, odd: '货币种类' }, order).column, '货币种类');
});

test('a finding of what is missing has what the order has', () => {
  const facts = missingOf('N1', { transaction_id: '42', amount: 7 });
  assert.deepEqual(facts, {
    ...{ kind: 'not_in_bill', healed: false, out_order_no: 'N1', transaction_id: '42' },
    ...{ order_amount: 7, phase: 'paid' },
  });
});
