/** The fund-flow bill: every movement of the account, in the layout of its page, and in step with the trade bill. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { test } from 'node:test';
import type { BillSettings } from '../../simulator/control.ts';
import { open, type Opened } from './merchant.ts';

type Test = Parameters<typeof open>[0];

const HEADER =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号';
const SUMMARY = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';

/** On 1 October two orders of 8 yuan are paid; of the first 3 yuan are refunded, and on the 2nd 2 more that are closed on the 3rd. */
async function openDays(t: Test, settings: Partial<BillSettings> = {}) {
  const merchant = await open(t, { timeFactor: 0.001 });
  const { control, paid, refund, refundBody } = merchant;
  await control.setClock({ now: '2026-10-01T08:00:00+08:00' });
  const transaction = await paid('T1');
  await paid('T2');
  await control.setClock({ now: '2026-10-01T18:00:00+08:00' });
  const first = await refund(refundBody(transaction, 'RF-1', 300));
  await control.setClock({ now: '2026-10-02T12:00:00+08:00' });
  const script = { becomes: 'CLOSED', delay_seconds: 86_400 } as const;
  await control.scriptRefunds({ out_refund_no: 'RF-2' }, script);
  await refund(refundBody(transaction, 'RF-2', 200));
  await control.setBills(settings);
  await control.setClock({ now: '2026-10-04T10:00:00+08:00' });
  return { ...merchant, transaction, first: first.json };
}

const query = (fields: object) => new URLSearchParams(fields as Record<string, string>).toString();
const apply = ({ send }: Opened, bill_date: string, fields: object = {}) =>
  send('GET', `/v3/bill/fundflowbill?${query({ bill_date, ...fields })}`);

async function billOf(merchant: Opened, bill_date: string, fields: object = {}) {
  const applied = await apply(merchant, bill_date, fields);
  assert.equal(applied.status, 200, applied.text);
  const { bytes } = await merchant.download(applied.json.download_url);
  return { applied, bytes };
}

async function linesOf(merchant: Opened, bill_date: string): Promise<string[]> {
  return (await billOf(merchant, bill_date)).bytes.toString().split('\r\n');
}

async function rowsOf(merchant: Opened, bill_date: string): Promise<string[][]> {
  const lines = (await linesOf(merchant, bill_date)).slice(1, -3);
  return lines.map((line) => line.slice(1).split(',`'));
}

/** 业务名称, 业务类型, 收支类型, 收支金额 and 账户结余. */
const money = (rows: string[][]) => rows.map((row) => row.slice(3, 8).join(' '));

test('has a row of each payment, refund and fee, the balance after it, and their sums', async (t) => {
  const merchant = await openDays(t);
  const lines = await linesOf(merchant, '2026-10-01');
  assert.equal(lines[0], `\ufeff${HEADER}`);
  assert.equal(HEADER.split(',').length, 11);
  assert.deepEqual(money(await rowsOf(merchant, '2026-10-01')), [
    '交易 交易 收入 8.00 8.00',
    '交易 扣除交易手续费 支出 0.05 7.95',
    '交易 交易 收入 8.00 15.95',
    '交易 扣除交易手续费 支出 0.05 15.90',
    '退款 退款 支出 3.00 12.90',
    '退款 退还交易手续费 收入 0.02 12.92',
  ]);
  assert.deepEqual(lines.slice(-3), [SUMMARY, '`6.0,`3.0,`16.02,`3.0,`3.1', '']);
});

test('names each movement by the numbers of its payment or refund, and by one of its own', async (t) => {
  const merchant = await openDays(t);
  const { transaction, first, simulator } = merchant;
  const { mchid } = simulator.merchant;
  const rows = await rowsOf(merchant, '2026-10-01');
  assert.deepEqual(
    [rows[0], rows[4]].map((row) => [row?.[0], row?.[1], ...(row ?? []).slice(8)]),
    [
      [
        '2026-10-01 09:00:00',
        transaction,
        'system',
        '结算总金额 8.00 元;含手续费 0.05 元',
        first.out_trade_no,
      ],
      [
        '2026-10-01 18:00:00',
        first.refund_id,
        `${mchid}API`,
        '退款总金额3.00元;含手续费0.02元',
        'RF-1',
      ],
    ],
  );
  const numbers = rows.map((row) => row[2] ?? '');
  assert.equal(new Set(numbers).size, rows.length);
  for (const number of numbers) assert.match(number, new RegExp(`^${mchid}20261001\\d{10}$`));
  assert.deepEqual(
    (await rowsOf(merchant, '2026-10-01')).map((row) => row[2]),
    numbers,
  );
});

test('gives back on the day of its closing what a refund had taken', async (t) => {
  const merchant = await openDays(t);
  assert.deepEqual(money(await rowsOf(merchant, '2026-10-02')), [
    '退款 退款 支出 2.00 10.92',
    '退款 退还交易手续费 收入 0.01 10.93',
  ]);
  assert.deepEqual(money(await rowsOf(merchant, '2026-10-03')), [
    '退款 退款关闭 收入 2.00 12.93',
    '退款 扣除交易手续费 支出 0.01 12.92',
  ]);
});

test('has refunds from the console and from the available balance, which no trade bill has', async (t) => {
  const merchant = await openDays(t);
  const { control, simulator, pass } = merchant;
  await control.consoleRefund('T2', 100, { funds_account: 'AVAILABLE' });
  pass(86_400);
  const [row] = await rowsOf(merchant, '2026-10-04');
  assert.deepEqual([row?.[6], row?.[8]], ['1.00', `admin@${simulator.merchant.mchid}`]);
  assert.equal((await merchant.applyBill({ bill_date: '2026-10-04' })).status, 400);
});

test('ties out with the trade bill of its day', async (t) => {
  const merchant = await openDays(t);
  await merchant.control.plantRow({
    kind: 'foreign',
    amount: 1234,
    coupon_amount: 34,
    time: '2026-10-01T12:00:00+08:00',
  });
  const applied = await merchant.applyBill({ bill_date: '2026-10-01' });
  const trade = (await merchant.download(applied.json.download_url)).text.split('\r\n');
  const [, settled, refunded, , fees] = (trade.at(-2) ?? '').slice(1).split(',`').map(Number);
  const rows = await rowsOf(merchant, '2026-10-01');
  const sum = (...types: string[]) => {
    const some = rows.filter((row) => types.includes(row[4] ?? ''));
    const fen = some.map((row) => (row[5] === '收入' ? 1 : -1) * Math.round(Number(row[6]) * 100));
    return fen.reduce((total, one) => total + one, 0) / 100;
  };
  assert.equal(sum('交易'), settled);
  assert.equal(sum('退款'), -(refunded ?? 0));
  assert.equal(sum('扣除交易手续费', '退还交易手续费'), -(fees ?? 0));
});

test('has the hash of what is packed, and is fetched like any other', async (t) => {
  const merchant = await openDays(t);
  const { applied, bytes } = await billOf(merchant, '2026-10-01', {
    tar_type: 'GZIP',
    account_type: 'BASIC',
  });
  const file = gunzipSync(bytes);
  assert.equal(applied.json.hash_type, 'SHA1');
  assert.equal(createHash('sha1').update(file).digest('hex'), applied.json.hash_value);
});

test('is of the basic account; the others have none, and no day that saw nothing', async (t) => {
  const merchant = await openDays(t);
  for (const [date, fields, code] of [
    ['2026-10-01', { account_type: 'OPERATION' }, 'NO_STATEMENT_EXIST'],
    ['2026-10-01', { account_type: 'FEES' }, 'NO_STATEMENT_EXIST'],
    ['2026-09-30', {}, 'NO_STATEMENT_EXIST'],
    ['2026-10-04', {}, 'INVALID_REQUEST'],
    ['2026-10-01', { account_type: 'ALL' }, 'PARAM_ERROR'],
    ['20261001', {}, 'PARAM_ERROR'],
  ] as const) {
    const { status, json } = await apply(merchant, date, fields);
    assert.deepEqual([status, json.code], [400, code]);
  }
});

test('comes later than the trade bill when told to', async (t) => {
  const merchant = await openDays(t, { fund_flow_ready_at: '14:00' });
  const { json } = await apply(merchant, '2026-10-03');
  assert.equal(json.code, 'STATEMENT_CREATING');
  merchant.pass(4 * 3600);
  assert.equal((await apply(merchant, '2026-10-03')).status, 200);
});

test('tells of fees in the amounts when told to', async (t) => {
  const merchant = await openDays(t, { fund_flow_fees: 'in_amounts', summary: 'fixed' });
  assert.deepEqual(money(await rowsOf(merchant, '2026-10-01')), [
    '交易 交易 收入 7.95 7.95',
    '交易 交易 收入 7.95 15.90',
    '退款 退款 支出 2.98 12.92',
  ]);
  const lines = await linesOf(merchant, '2026-10-01');
  assert.equal(lines.at(-2), '`3,`2,`15.90,`1,`2.98');
});

test('has another layout, and the faults of files, when told to', async (t) => {
  const merchant = await openDays(t, { fund_flow_layout: 'full_width' });
  const full = HEADER.replaceAll('(', '（').replaceAll(')', '）');
  assert.equal((await linesOf(merchant, '2026-10-01'))[0], `\ufeff${full}`);
  const whole = await billOf(merchant, '2026-10-01');
  await merchant.control.setBills({ file_fault: 'cut' });
  const cut = await billOf(merchant, '2026-10-01');
  assert.equal(cut.applied.json.hash_value, whole.applied.json.hash_value);
  assert.deepEqual(cut.bytes, whole.bytes.subarray(0, whole.bytes.length / 2));
  await merchant.control.setBills({ file_fault: 'unknown-column' });
  const [header = '', row = ''] = await linesOf(merchant, '2026-10-01');
  assert.deepEqual([header.split(',').length, row.split(',`').length], [12, 12]);
});

test('is struck by the faults of calls, as fund-flow-bill', async (t) => {
  const merchant = await openDays(t);
  await merchant.control.planFault({ call: 'fund-flow-bill', fault: 'throttled' });
  assert.equal((await apply(merchant, '2026-10-01')).status, 429);
  assert.equal((await apply(merchant, '2026-10-01')).status, 200);
});
