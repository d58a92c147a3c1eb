/** Whatever the simulator writes, which does not know our reader, is read as it was meant. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { BillRow } from '../../reconciliation/bill/row.ts';
import { billFile } from '../../simulator/bills/bill-file.ts';
import { HOLDS, layoutOf, type BillType } from '../../simulator/bills/bill-layout.ts';
import type { BillRow as Written } from '../../simulator/bills/bill-row.ts';
import { holds } from '../properties/holds.ts';
import { BILL_DATE, MCHID, read } from './bills.ts';

const fen = fc.integer({ min: 0, max: 10_000_000 });
/** A reversal may have none. */
const ids = (digits: RegExp) => fc.oneof(fc.stringMatching(digits), fc.constantFrom('0', ''));
const PROVIDER = '1900000999';
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
  currency: fc.constantFrom('CNY', 'CNY', 'CNY', 'HKD'),
  device: free,
  transaction_id: ids(/^42\d{26}$/),
  out_trade_no: fc.stringMatching(/^[0-9A-Za-z_\-|*]{1,32}$/),
  openid: fc.stringMatching(/^[0-9A-Za-z_-]{28}$/),
  trade_type: fc.constantFrom('AUTH', 'JSAPI', 'MICROPAY'),
  bank_type: fc.constantFrom('OTHERS', 'CMB_DEBIT'),
  body: free,
  attach: fc.oneof(free, fc.constant('wxzff|1000000000202610010000000000001|T1')),
};

const own: fc.Arbitrary<Pick<Written, 'mchid' | 'sub_mchid'>> = fc.constantFrom(
  { mchid: MCHID, sub_mchid: '0' },
  { mchid: MCHID, sub_mchid: '0' },
  { mchid: PROVIDER, sub_mchid: MCHID },
  { mchid: MCHID, sub_mchid: '1900000777' },
);
const payment: fc.Arbitrary<Omit<Written, 'mchid' | 'sub_mchid'>> = fc.record({
  ...about,
  trade_state: fc.constant('SUCCESS'),
  settlement_amount: fen,
  coupon_amount: fen,
  order_amount: fen,
  fee: fen,
});
const refund: typeof payment = fc.record({
  ...about,
  trade_state: fc.constantFrom('REFUND', 'REVOKED'),
  settlement_amount: fc.constant(0),
  coupon_amount: fc.constant(0),
  order_amount: fc.constant(0),
  fee: fen.map((it) => 0 - it),
  refund: fc.record({
    refund_id: ids(/^50\d{27}$/),
    out_refund_no: fc.stringMatching(/^[0-9A-Za-z_\-|@]{1,64}$/),
    applied: time,
    succeeded: fc.oneof(time, fc.constant('')),
    amount: fen,
    settlement_amount: fen,
    coupon_amount: fen,
    type: fc.constantFrom('ORIGINAL', 'BALANCE'),
    status: fc.constantFrom('SUCCESS', 'PROCESSING', 'FAIL', 'CHANGE'),
  }),
});

const line: fc.Arbitrary<Written> = fc
  .tuple(own, fc.oneof(payment, refund))
  .map(([whose, what]) => ({ ...what, ...whose }));

const type = fc.constantFrom<BillType>('ALL', 'SUCCESS', 'REFUND');
const look = fc.record({
  summary: fc.constantFrom('float', 'fixed'),
  layout: fc.constantFrom('current', 'current', 'early-coupon', 'early-red-packet'),
  success_summary: fc.constantFrom('four', 'seven'),
  fee_total_off: fc.constantFrom(0, 0, 1, -1),
});

test('every bill that the simulator writes is read back, row by row, with its totals', async () => {
  const written = fc.array(line, { maxLength: 30 });
  const size = fc.integer({ min: 1, max: 200 });
  await holds(
    150,
    fc.asyncProperty(written, type, look, size, async (all, its, seen, bytesAtOnce) => {
      const rows = all.filter(HOLDS[its]);
      const { summary, fee_total_off, layout } = seen;
      const file = billFile(rows, { ...layoutOf(its, seen), summary, fee_total_off });
      const chunks = Array.from({ length: Math.ceil(file.length / bytesAtOnce) }, (_, nth) =>
        file.subarray(nth * bytesAtOnce, (nth + 1) * bytesAtOnce),
      );
      const told = await read(chunks, its);
      const meant = layout === 'current' ? rows : rows.map(asOrdered);
      assert.deepEqual(told.rows.map(withoutAttach), meant.map(expectedRow));
      const off = fee_total_off === 0 ? {} : { fee_off: fee_total_off };
      assert.deepEqual(told.totals, { ...expectedTotals(meant), ...off });
      assert.deepEqual(
        told.rows.map(({ attach }) => attach.startsWith('wxzff|')),
        rows.map(({ attach }) => attach.startsWith('wxzff|')),
      );
    }),
  );
});

const KINDS = { SUCCESS: 'payment', REFUND: 'refund', REVOKED: 'reversal' } as const;

/** Early layouts have one amount: all of it is settled. */
function asOrdered(its: Written): Written {
  const back = its.refund && { ...its.refund, settlement_amount: its.refund.amount };
  return { ...its, settlement_amount: its.order_amount, ...(back && { refund: back }) };
}

function oddIn({ mchid, sub_mchid, currency, transaction_id }: Written) {
  if (mchid !== MCHID) return { odd: '商户号' };
  if (sub_mchid !== '0') return { odd: '特约商户号' };
  if (currency !== 'CNY') return { odd: '货币种类' };
  return idOf(transaction_id) === '' ? { odd: '微信订单号' } : {};
}

const idOf = (written: string) => (written === '0' ? '' : written);

function withoutAttach(row: BillRow) {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'attach'));
}

/** All but what merchants wrote freely, which is read as it is escaped. */
function expectedRow(row: Written, index: number) {
  const { time: when, transaction_id, out_trade_no, trade_type, trade_state, fee } = row;
  const common = {
    line: index + 2,
    kind: KINDS[trade_state],
    ...{ time: when, transaction_id: idOf(transaction_id), out_trade_no, trade_type },
    ...{ fee: fee * 1000, ...oddIn(row) },
  };
  if (row.refund === undefined) {
    const { order_amount: amount, settlement_amount, coupon_amount } = row;
    return { ...common, amount, settlement_amount, coupon_amount };
  }
  const { amount, settlement_amount, coupon_amount, out_refund_no, status } = row.refund;
  const back = { amount, settlement_amount, coupon_amount, refund_id: idOf(row.refund.refund_id) };
  return { ...common, ...back, out_refund_no, refund_status: status };
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
    refund_settlement_amount: sum((row) => row.refund?.settlement_amount ?? 0),
    refund_coupon_amount: sum((row) => row.refund?.coupon_amount ?? 0),
    fee: sum((row) => row.fee) * 1000,
  };
}
