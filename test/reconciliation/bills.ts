/** Small bills of 1 October 2026, written by hand as the documents describe them, and what is read of them. */
import { Readable } from 'node:stream';
import type { BillFault } from '../../reconciliation/bill/fault.ts';
import { readBill } from '../../reconciliation/bill/reader.ts';
import type { BillRow } from '../../reconciliation/bill/row.ts';
import type { BillTotals } from '../../reconciliation/bill/totals.ts';
import type { BillType } from '../../reconciliation/bill/known-layouts.ts';

export const MCHID = '1900000109';
export const BILL_DATE = '2026-10-01';

export const AUTH_ID = '4200000000202610010000000001';
export const SHOP = '4200000000202610010000000002';
const [APP, USER] = ['wxab8acb865bb11234,`1900000109,`0', 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'];
const ATTACH = 'wxzff|1000000000202610010000000000001|T1';
const refund = (id: number, state: string) => `\`5000070967202610010000000000${id},\`${state}`;

type Lines = readonly [string, string, string, string, string, string, string];

/** An automatic charge and its refund; a payment by code with a coupon, and its reversal. Not in order of time. */
export const ALL: Lines = [
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注',
  `\`2026-10-01 23:59:59,\`${APP},\`,\`${AUTH_ID},\`1001202610010001,\`${USER},\`AUTH,\`SUCCESS,\`OTHERS,\`CNY,\`8.00,\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`充电宝,\`${ATTACH},\`0.05000,\`0.60%,\`8.00,\`0.00,\``,
  `\`2026-10-01 18:00:00,\`${APP},\`,\`${AUTH_ID},\`1001202610010001,\`${USER},\`AUTH,\`REFUND,\`OTHERS,\`CNY,\`0.00,\`0.00,${refund(1, 'RF-1')},\`3.00,\`0.00,\`ORIGINAL,\`PROCESSING,\`充电宝,\`${ATTACH},\`-0.02000,\`0.60%,\`0.00,\`3.00,\``,
  `\`2026-10-01 00:00:00,\`${APP},\`till\\ 1,\`${SHOP},\`shop-7,\`oShop,\`MICROPAY,\`SUCCESS,\`CMB_CREDIT,\`CNY,\`12.00,\`0.34,\`0,\`0,\`0.00,\`0.00,\`,\`,\`零食,\`a\\\`b\\"c,\`0.07204,\`0.60%,\`12.34,\`0.00,\`726`,
  `\`2026-10-01 12:00:01,\`${APP},\`till\\ 1,\`${SHOP},\`shop-7,\`oShop,\`MICROPAY,\`REVOKED,\`CMB_CREDIT,\`CNY,\`0.00,\`0.00,${refund(2, 'RV-2')},\`12.00,\`0.20,\`ORIGINAL,\`SUCCESS,\`零食,\`a\\140b,\`-0.07000,\`0.60%,\`0.00,\`12.34,\`726`,
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额',
  '`4.0,`20.00,`15.0,`0.2,`0.03,`20.34,`15.34',
];

export const ALL_ROWS: readonly BillRow[] = [
  {
    line: 2,
    kind: 'payment',
    time: '2026-10-01 23:59:59',
    transaction_id: AUTH_ID,
    out_trade_no: '1001202610010001',
    trade_type: 'AUTH',
    attach: ATTACH,
    amount: 800,
    settlement_amount: 800,
    coupon_amount: 0,
    fee: 5000,
  },
  {
    line: 3,
    kind: 'refund',
    time: '2026-10-01 18:00:00',
    transaction_id: AUTH_ID,
    out_trade_no: '1001202610010001',
    trade_type: 'AUTH',
    attach: ATTACH,
    amount: 300,
    settlement_amount: 300,
    coupon_amount: 0,
    fee: -2000,
    refund_id: '50000709672026100100000000001',
    out_refund_no: 'RF-1',
    refund_status: 'PROCESSING',
  },
  {
    line: 4,
    kind: 'payment',
    time: '2026-10-01 00:00:00',
    transaction_id: SHOP,
    out_trade_no: 'shop-7',
    trade_type: 'MICROPAY',
    attach: 'a\\`b\\"c',
    amount: 1234,
    settlement_amount: 1200,
    coupon_amount: 34,
    fee: 7204,
  },
  {
    line: 5,
    kind: 'reversal',
    time: '2026-10-01 12:00:01',
    transaction_id: SHOP,
    out_trade_no: 'shop-7',
    trade_type: 'MICROPAY',
    attach: 'a\\140b',
    amount: 1234,
    settlement_amount: 1200,
    coupon_amount: 20,
    fee: -7000,
    refund_id: '50000709672026100100000000002',
    out_refund_no: 'RV-2',
    refund_status: 'SUCCESS',
  },
];

export const ALL_TOTALS: BillTotals = {
  payments: 2,
  refunds: 1,
  reversals: 1,
  amount: 2034,
  settlement_amount: 2000,
  refund_amount: 1534,
  refund_settlement_amount: 1500,
  refund_coupon_amount: 20,
  fee: 3204,
};

/** As such files come: a byte order mark, and CRLF after each line. */
export const fileOf = (lines: readonly string[]) => `\ufeff${lines.join('\r\n')}\r\n`;

/** The same bill with other text; fails where there is nothing to replace, so that no case is a mistake. */
export function changed(
  line: number,
  from: string,
  to: string,
  lines: readonly string[] = ALL,
): readonly string[] {
  const text = lines[line - 1] ?? '';
  if (!text.includes(from)) throw new Error(`line ${line} has no ${from}`);
  return lines.with(line - 1, text.replace(from, to));
}

export async function read(
  file: string | Buffer | Iterable<Buffer>,
  bill_type: BillType = 'ALL',
): Promise<{ rows: BillRow[]; totals: BillTotals }> {
  const rows: BillRow[] = [];
  const chunks = typeof file === 'string' || Buffer.isBuffer(file) ? [Buffer.from(file)] : file;
  const totals = await readBill(Readable.from(chunks), {
    bill_type,
    bill_date: BILL_DATE,
    mchid: MCHID,
    onRow: (row) => void rows.push(row),
  });
  return { rows, totals };
}

/** Which fault a bill has: kind, line, column. */
export async function faultIn(lines: readonly string[], bill_type: BillType = 'ALL') {
  try {
    await read(fileOf(lines), bill_type);
    return 'none';
  } catch (error) {
    if (!isFault(error)) throw error;
    return [error.kind, error.fact.line, error.fact.column];
  }
}

function isFault(error: unknown): error is BillFault {
  return error instanceof Error && error.name === 'BillFault';
}
