/** Whatever the simulator writes, which does not know our reader, is read as it was meant. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { BillRow } from '../../reconciliation/bill-row.ts';
import { billFile } from '../../simulator/bills/bill-file.ts';
import { HOLDS, type BillType } from '../../simulator/bills/bill-layout.ts';
import type { BillRow as Written } from '../../simulator/bills/bill-row.ts';
import { holds } from '../properties/holds.ts';
import { BILL_DATE, MCHID, read } from './bills.ts';

const fen = fc.integer({ min: 0, max: 10_000_000 });
const id = fc.stringMatching(/^42\d{26}$/);
const two = (below: number) => fc.nat(below - 1).map((it) => String(it).padStart(2, '0'));
const time = fc.tuple(two(24), two(60), two(60)).map((it) => `${BILL_DATE} ${it.join(':')}`);
/** What merchants write, with all that bills escape; no half of a character, which UTF-8 has not. */
const free = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\\', "'", '"', '`', ',', '\n', '\r', '\t', '\ue000', '\u001a', '|', ' ', '电'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 20,
});

const about = {
  time,
  appid: fc.constant('wxab8acb865bb11234'),
  mchid: fc.constant(MCHID),
  device: free,
  transaction_id: id,
  out_trade_no: fc.stringMatching(/^[0-9A-Za-z_\-|*]{1,32}$/),
  openid: fc.stringMatching(/^[0-9A-Za-z_-]{28}$/),
  trade_type: fc.constantFrom('AUTH', 'JSAPI', 'MICROPAY'),
  bank_type: fc.constantFrom('OTHERS', 'CMB_DEBIT'),
  body: free,
  attach: fc.oneof(free, fc.constant('wxzff|1000000000202610010000000000001|T1')),
};

const payment: fc.Arbitrary<Written> = fc.record({
  ...about,
  trade_state: fc.constant('SUCCESS'),
  settlement_amount: fen,
  coupon_amount: fen,
  order_amount: fen,
  fee: fen,
});
const refund: fc.Arbitrary<Written> = fc.record({
  ...about,
  trade_state: fc.constantFrom('REFUND', 'REVOKED'),
  settlement_amount: fc.constant(0),
  coupon_amount: fc.constant(0),
  order_amount: fc.constant(0),
  fee: fen.map((it) => 0 - it),
  refund: fc.record({
    refund_id: fc.stringMatching(/^50\d{27}$/),
    out_refund_no: fc.stringMatching(/^[0-9A-Za-z_\-|@]{1,64}$/),
    applied: time,
    succeeded: fc.oneof(time, fc.constant('')),
    amount: fen,
    type: fc.constantFrom('ORIGINAL', 'BALANCE'),
    status: fc.constantFrom('SUCCESS', 'PROCESSING', 'FAIL', 'CHANGE'),
  }),
});

const type = fc.constantFrom<BillType>('ALL', 'SUCCESS', 'REFUND');
const summary = fc.constantFrom('float', 'fixed');

test('every bill that the simulator writes is read back, row by row, with its totals', async () => {
  const written = fc.array(fc.oneof(payment, refund), { maxLength: 30 });
  const size = fc.integer({ min: 1, max: 200 });
  await holds(
    150,
    fc.asyncProperty(written, type, summary, size, async (all, its, look, bytesAtOnce) => {
      const rows = all.filter(HOLDS[its]);
      const file = billFile(rows, { type: its, summary: look });
      const chunks = Array.from({ length: Math.ceil(file.length / bytesAtOnce) }, (_, nth) =>
        file.subarray(nth * bytesAtOnce, (nth + 1) * bytesAtOnce),
      );
      const told = await read(chunks, its);
      assert.deepEqual(told.rows.map(withoutAttach), rows.map(expectedRow));
      assert.deepEqual(told.totals, expectedTotals(rows));
      assert.deepEqual(
        told.rows.map(({ attach }) => attach.startsWith('wxzff|')),
        rows.map(({ attach }) => attach.startsWith('wxzff|')),
      );
    }),
  );
});

const KINDS = { SUCCESS: 'payment', REFUND: 'refund', REVOKED: 'reversal' } as const;

function withoutAttach(row: BillRow) {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'attach'));
}

/** All but what merchants wrote freely, which is read as it is escaped. */
function expectedRow(row: Written, index: number) {
  const { time: when, transaction_id, out_trade_no, trade_type, trade_state, fee } = row;
  const common = {
    line: index + 2,
    kind: KINDS[trade_state],
    ...{ time: when, transaction_id, out_trade_no, trade_type, fee: fee * 1000 },
  };
  if (row.refund === undefined) {
    const { order_amount: amount, settlement_amount, coupon_amount } = row;
    return { ...common, amount, settlement_amount, coupon_amount };
  }
  const { amount, refund_id, out_refund_no, status } = row.refund;
  const back = { amount, settlement_amount: amount, coupon_amount: 0 };
  return { ...common, ...back, refund_id, out_refund_no, refund_status: status };
}

function expectedTotals(rows: readonly Written[]) {
  const sum = (of: (row: Written) => number) => rows.reduce((total, row) => total + of(row), 0);
  const count = (state: string) => rows.filter(({ trade_state }) => trade_state === state).length;
  return {
    payments: count('SUCCESS'),
    refunds: count('REFUND'),
    reversals: count('REVOKED'),
    amount: sum((row) => row.order_amount),
    settlement_amount: sum((row) => row.settlement_amount),
    refund_amount: sum((row) => row.refund?.amount ?? 0),
    refund_settlement_amount: sum((row) => row.refund?.amount ?? 0),
    refund_coupon_amount: 0,
    fee: sum((row) => row.fee) * 1000,
  };
}
