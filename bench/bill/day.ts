/** A day's bill in WeChat's format and the orders of that day, written to files; some of each finding among them. */
import { createWriteStream, type WriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { OurOrder, OurPayment } from '../../reconciliation/matching/order-source.ts';
import { billFile, type BillLook } from '../../simulator/bills/bill-file.ts';
import { layoutOf } from '../../simulator/bills/bill-layout.ts';
import { feeOf, type BillRow } from '../../simulator/bills/bill-row.ts';
import { feeYuan, yuan } from '../../simulator/bills/bill-text.ts';

export const BILL_DATE = '2026-10-01';
export const MCHID = '1900000109';
export const BEGUN_AT = Date.parse('2026-10-02T10:17:00+08:00');
export const BILL_FILE = 'bill.csv';
export const PAYMENTS_FILE = 'payments.ndjson';
/** Orders that are looked into: as they stand, and once WeChat was asked. */
export const DIFFERING_FILE = 'differing.json';

export interface Differing {
  readonly before?: OurOrder;
  readonly after?: OurOrder;
}

const LOT = 10_000;
/** Every so many orders one of them is not as it should be. */
const ODD_EVERY = 1_000;
const ODDITIES = [
  'lost',
  'unknown',
  'altered',
  'missing',
  'twice',
  'refunded',
  'paid twice',
] as const;
const FOREIGN_TYPES = [
  ...Array<string>(12).fill('NATIVE'),
  ...Array<string>(6).fill('MICROPAY'),
  'JSAPI',
];
const LOOK: BillLook = {
  ...layoutOf('ALL', { layout: 'current', success_summary: 'four' }),
  ...{ summary: 'fixed', fee_total_off: 0 },
};

/** @returns the path of the bill */
export async function writeDay(
  folder: string,
  { rows, orders }: { rows: number; orders: number },
): Promise<string> {
  const path = join(folder, BILL_FILE);
  const bill = createWriteStream(path);
  const payments = createWriteStream(join(folder, PAYMENTS_FILE));
  const differing: Record<string, Differing> = {};
  const totals = { count: 0, settled: 0, refunded: 0, fee: 0 };
  await write(bill, linesOf([]).slice(0, 1));

  const step = rows / orders;
  let lot: BillRow[] = [];
  const flush = async () => {
    for (const row of lot) {
      totals.count += 1;
      totals.settled += row.order_amount;
      totals.refunded += row.refund?.amount ?? 0;
      totals.fee += row.fee;
    }
    await write(bill, linesOf(lot).slice(1, -2));
    lot = [];
  };
  for (let index = 0; index < rows; index++) {
    if (index % step === 0) lot.push(...(await rowsOfOrder(index / step, payments, differing)));
    else lot.push(foreignRow(index));
    if (lot.length >= LOT) await flush();
  }
  await flush();

  const [, summary = ''] = linesOf([]);
  const { count, settled, refunded, fee } = totals;
  const cells = [
    String(count),
    yuan(settled),
    yuan(refunded),
    '0.00',
    feeYuan(fee),
    yuan(settled),
    yuan(refunded),
  ];
  await write(bill, [summary, `\`${cells.join(',`')}`]);
  for (const file of [bill, payments]) {
    file.end();
    await finished(file);
  }
  await writeFile(join(folder, DIFFERING_FILE), JSON.stringify(differing));
  return path;
}

/** Without line ends. */
function linesOf(rows: readonly BillRow[]): string[] {
  return billFile(rows, LOOK).toString().trimEnd().split('\r\n');
}

async function write(file: WriteStream, lines: readonly string[]): Promise<void> {
  const text = lines.map((line) => `${line}\r\n`).join('');
  if (text !== '' && !file.write(text)) await once(file, 'drain');
}

async function rowsOfOrder(
  order: number,
  payments: WriteStream,
  differing: Record<string, Differing>,
): Promise<BillRow[]> {
  const out_order_no = `ORDER${String(order).padStart(12, '0')}`;
  const charge = { transaction_id: numberOf('4200', order), amount: 1 + ((order * 7919) % 20_000) };
  const row = chargeRow(order, out_order_no, charge);
  const payment: OurPayment = { out_order_no, ...charge, knownAt: BEGUN_AT - 1_000_000 };
  const paid: OurOrder = { out_order_no, phase: 'paid', charges: [charge] };
  const oddity =
    order % ODD_EVERY === 0 ? ODDITIES[(order / ODD_EVERY) % ODDITIES.length] : undefined;
  const isOurs = oddity !== 'lost' && oddity !== 'unknown' && oddity !== 'paid twice';
  if (isOurs && !payments.write(`${JSON.stringify(payment)}\n`)) await once(payments, 'drain');

  switch (oddity) {
    case undefined:
      return [row];
    case 'lost':
      differing[out_order_no] = { before: { ...paid, phase: 'paying', charges: [] }, after: paid };
      return [row];
    case 'unknown':
      differing[out_order_no] = { after: paid };
      return [row];
    case 'paid twice':
      differing[out_order_no] = {
        before: { ...paid, charges: [{ ...charge, transaction_id: '4300' }] },
      };
      return [row];
    case 'altered':
      differing[out_order_no] = { before: paid };
      return [chargeRow(order, out_order_no, { ...charge, amount: charge.amount + 1 })];
    case 'missing':
      differing[out_order_no] = { before: paid };
      return [];
    case 'twice':
      differing[out_order_no] = { before: paid };
      return [row, row];
    case 'refunded':
      differing[out_order_no] = { before: paid };
      return [row, refundRow(row)];
  }
}

function chargeRow(
  order: number,
  out_order_no: string,
  { transaction_id, amount }: { transaction_id: string; amount: number },
): BillRow {
  return {
    ...rowAt(order, amount),
    transaction_id,
    out_trade_no: numberOf('1000', order),
    trade_type: 'AUTH',
    body: '充电宝租借',
    attach: `wxzff|${numberOf('1000', order)}|${out_order_no}`,
  };
}

function foreignRow(index: number): BillRow {
  return {
    ...rowAt(index, 1 + ((index * 104_729) % 99_999)),
    transaction_id: numberOf('4201', index),
    out_trade_no: `SHOP${index}`,
    // A shop has JSAPI payments too: each must be looked up, because orders are paid from their page so.
    trade_type: FOREIGN_TYPES[index % FOREIGN_TYPES.length] ?? 'NATIVE',
    body: '商品',
    attach: '',
  };
}

function rowAt(index: number, amount: number) {
  const time = new Date((index % 86_400) * 1000).toISOString().slice(11, 19);
  return {
    ...{ time: `${BILL_DATE} ${time}`, appid: 'wx0123456789abcdef', mchid: MCHID },
    ...{ sub_mchid: '0', device: '', currency: 'CNY' },
    ...{ openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o', trade_state: 'SUCCESS' as const },
    ...{ bank_type: 'OTHERS', coupon_amount: 0, fee: feeOf(amount) },
    ...{ settlement_amount: amount, order_amount: amount },
  };
}

function refundRow(row: BillRow): BillRow {
  return {
    ...row,
    ...{ trade_state: 'REFUND', settlement_amount: 0, order_amount: 0, fee: -row.fee },
    refund: {
      ...{ refund_id: `5000${row.transaction_id.slice(4)}`, out_refund_no: `R${row.out_trade_no}` },
      ...{ applied: row.time, succeeded: row.time, amount: row.order_amount },
      ...{ settlement_amount: row.order_amount, coupon_amount: 0 },
      ...{ type: 'ORIGINAL', status: 'SUCCESS' },
    },
  };
}

function numberOf(prefix: string, index: number): string {
  return `${prefix}${String(index).padStart(24, '0')}`;
}
