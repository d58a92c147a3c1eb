/** Refunds in the trade bill: on which day, with which status, and what the totals make of them (docs/wechatpay-facts.md#refunds). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, type Opened } from './merchant.ts';

type Test = Parameters<typeof open>[0];

/** An order of 800 fen that was paid on 1 October at 09:00. */
async function openPaid(t: Test, payment: object = {}) {
  const merchant = await open(t, { timeFactor: 0.001 });
  const { control, paid } = merchant;
  await control.setClock({ now: '2026-10-01T08:00:00+08:00' });
  const transaction = await paid('T1', payment);
  return { ...merchant, transaction };
}

async function billOf(merchant: Opened, bill_date: string, bill_type = 'ALL') {
  const applied = await merchant.applyBill({ bill_date, bill_type });
  const totals: Record<string, string> = {};
  if (applied.status !== 200) return { code: applied.json.code, rows: [], totals };
  const { text } = await merchant.download(applied.json.download_url);
  const lines = text.slice(1).split('\r\n');
  const table = (header = '', values: string[]) =>
    values.map((line) => {
      const cells = line.slice(1).split(',`');
      return Object.fromEntries(header.split(',').map((name, i) => [name, cells[i] ?? '']));
    });
  const rows = table(lines[0], lines.slice(1, -3));
  return { code: undefined, rows, totals: table(lines.at(-3), lines.slice(-2, -1))[0] ?? totals };
}

const picked = (row: Record<string, string> | undefined, ...headers: string[]) =>
  headers.map((header) => row?.[header]);

test('stands in the bill of the day of its acceptance, with the numbers of its payment', async (t) => {
  const merchant = await openPaid(t);
  const { control, refund, refundBody, transaction } = merchant;
  await control.setClock({ now: '2026-10-01T23:59:50+08:00' });
  const { json } = await refund(refundBody(transaction, 'RF-1', 300));
  await control.setClock({ now: '2026-10-03T10:00:00+08:00' });
  const { rows, totals } = await billOf(merchant, '2026-10-01');
  const [paid, refunded, ...others] = rows;
  assert.equal(others.length, 0);
  const same = [
    '公众账号ID',
    '商户号',
    '微信订单号',
    '商户订单号',
    '用户标识',
    '交易类型',
    '商户数据包',
  ];
  assert.deepEqual(picked(refunded, ...same), picked(paid, ...same));
  assert.equal(refunded?.['商户订单号'], json.out_trade_no);
  assert.deepEqual(
    picked(refunded, '交易时间', '交易状态', '应结订单金额', '代金券金额', '订单金额'),
    ['2026-10-01 23:59:50', 'REFUND', '0.00', '0.00', '0.00'],
  );
  assert.deepEqual(
    picked(refunded, '微信退款单号', '商户退款单号', '退款金额', '充值券退款金额', '申请退款金额'),
    [json.refund_id, 'RF-1', '3.00', '0.00', '3.00'],
  );
  assert.deepEqual(picked(refunded, '退款类型', '退款状态', '手续费'), [
    'ORIGINAL',
    'SUCCESS',
    '-0.02000',
  ]);
  assert.deepEqual(Object.values(totals), ['2.0', '8.0', '3.0', '0.0', '0.03', '8.0', '3.0']);
  assert.equal((await billOf(merchant, '2026-10-02')).code, 'NO_STATEMENT_EXIST');
});

for (const [becomes, status] of [
  ['SUCCESS', 'SUCCESS'],
  ['PROCESSING', 'PROCESSING'],
  ['ABNORMAL', 'CHANGE'],
  ['CLOSED', 'FAIL'],
] as const) {
  test(`one that is ${becomes} when the bill is made is ${status} in it`, async (t) => {
    const merchant = await openPaid(t);
    const { control, refund, refundBody, transaction } = merchant;
    await control.scriptRefunds({ out_refund_no: 'RF-1' }, { becomes, delay_seconds: 10 });
    await refund(refundBody(transaction, 'RF-1', 300));
    await control.setClock({ now: '2026-10-02T10:00:00+08:00' });
    const { rows } = await billOf(merchant, '2026-10-01', 'REFUND');
    assert.equal(rows[0]?.['退款状态'], status);
  });
}

test('what becomes of a refund after the bill was made changes nothing in it', async (t) => {
  const merchant = await openPaid(t);
  const { control, refund, refundBody, transaction } = merchant;
  await control.scriptRefunds({ out_order_no: 'T1' }, { delay_seconds: 2 * 86_400 });
  await refund(refundBody(transaction, 'RF-1', 300));
  await control.setClock({ now: '2026-10-05T10:00:00+08:00' });
  assert.equal((await merchant.queryRefund('RF-1')).json.status, 'SUCCESS');
  const { rows } = await billOf(merchant, '2026-10-01', 'REFUND');
  assert.deepEqual(picked(rows[0], '退款状态', '退款申请时间', '退款成功时间'), [
    'PROCESSING',
    '2026-10-01 09:00:00',
    '',
  ]);
});

test('of the available balance it is in no trade bill', async (t) => {
  const merchant = await openPaid(t);
  const { control, refund, refundBody, transaction } = merchant;
  await control.setClock({ now: '2026-10-02T09:00:00+08:00' });
  const change = { funds_account: 'AVAILABLE' };
  assert.equal((await refund(refundBody(transaction, 'RF-1', 300, change))).status, 200);
  await control.setClock({ now: '2026-10-03T10:00:00+08:00' });
  assert.equal((await billOf(merchant, '2026-10-02')).code, 'NO_STATEMENT_EXIST');
});

test('one from the console is there like any other, and one to a balance is BALANCE', async (t) => {
  const merchant = await openPaid(t);
  const { control } = merchant;
  await control.scriptRefunds({ out_order_no: 'T1' }, { channel: 'BALANCE' });
  const { refund } = await control.consoleRefund('T1', 100, { out_refund_no: 'by-hand' });
  await control.setClock({ now: '2026-10-02T10:00:00+08:00' });
  const { rows } = await billOf(merchant, '2026-10-01', 'REFUND');
  assert.deepEqual(
    rows.map((row) => picked(row, '微信退款单号', '商户退款单号', '退款类型')),
    [[refund.refund_id, 'by-hand', 'BALANCE']],
  );
});

test('gives back less than was asked for where a coupon paid a part', async (t) => {
  const merchant = await openPaid(t, { coupon: 200 });
  const { control, refund, refundBody, transaction } = merchant;
  await refund(refundBody(transaction, 'RF-1', 400));
  await control.setClock({ now: '2026-10-02T10:00:00+08:00' });
  const { rows } = await billOf(merchant, '2026-10-01', 'REFUND');
  assert.deepEqual(picked(rows[0], '退款金额', '充值券退款金额', '申请退款金额', '手续费'), [
    '3.00',
    '0.00',
    '4.00',
    '-0.02000',
  ]);
});

test('the fees of all refunds of a transaction add up to its fee', async (t) => {
  const merchant = await openPaid(t);
  const { control, refund, refundBody, transaction, pass } = merchant;
  for (const [nth, amount] of [84, 84, 84, 84, 464].entries()) {
    await refund(refundBody(transaction, `RF-${nth}`, amount));
    pass(60);
  }
  await control.setClock({ now: '2026-10-02T10:00:00+08:00' });
  const { totals } = await billOf(merchant, '2026-10-01');
  assert.equal(totals['手续费总金额'], '0.0');
});
