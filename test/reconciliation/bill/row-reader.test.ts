/** What must hold of one row, and where a fault says that it does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellOf, textIn } from '../../../reconciliation/bill/cell.ts';
import { billLayoutOf } from '../../../reconciliation/bill/layout.ts';
import type { BillFault } from '../../../reconciliation/bill/fault.ts';
import type { BillRow } from '../../../reconciliation/bill/row.ts';
import { ALL, changed, faultIn, fileOf, read, SHOP } from '../bills.ts';

// what, line, from, to, fault
const FAULTS: readonly [string, number, string, string, readonly unknown[]][] = [
  ['a cell too few', 2, ',`AUTH', '', ['cell', 2, undefined]],
  ['a cell too many', 3, ',`AUTH', ',`AUTH,`AUTH', ['cell', 3, undefined]],
  ['a comma in a name', 4, '零食', '零,食', ['cell', 4, undefined]],
  ['a state without its backtick', 2, '`SUCCESS', 'SUCCESS', ['cell', 2, '交易状态']],
  ['another merchant', 3, '1900000109', '1900000108', ['merchant', 3, '商户号']],
  ['a currency without its backtick', 2, '`CNY', 'CNY', ['cell', 2, '货币种类']],
  ['the day before', 2, '2026-10-01', '2026-09-30', ['day', 2, '交易时间']],
  ['an hour that is none', 2, '23:59:59', '24:00:00', ['cell', 2, '交易时间']],
  ['a second that is none', 2, '23:59:59', '23:59:60', ['cell', 2, '交易时间']],
  ['a time without seconds', 2, '23:59:59', '23:59', ['cell', 2, '交易时间']],
  ['a time with something before it', 2, '2026-10-01', 'x2026-10-01', ['cell', 2, '交易时间']],
  ['a time with a zone', 2, '23:59:59', '23:59:59Z', ['cell', 2, '交易时间']],
  ['a transaction without its backtick', 2, '`42', '42', ['cell', 2, '微信订单号']],
  ['an amount of letters', 2, '0.60%,`8.00', '0.60%,`eight', ['cell', 2, '订单金额']],
  ['an amount below nothing', 4, '`12.34', '`-12.34', ['cell', 4, '订单金额']],
  ['a settled amount that is none', 4, '`12.00', '`12.', ['cell', 4, '应结订单金额']],
  ['a part of a fen', 4, '`12.34', '`12.345', ['cell', 4, '订单金额']],
  ['an amount without its backtick', 4, '`12.00', "'12.00", ['cell', 4, '应结订单金额']],
  ['a coupon that is none', 4, '`0.34', '`', ['cell', 4, '代金券金额']],
  ['a fee that is none', 3, '`-0.02000', '`--0.02', ['cell', 3, '手续费']],
  ['a fee of six decimals', 3, '`-0.02000', '`-0.020001', ['cell', 3, '手续费']],
  [
    'a refund in a payment',
    2,
    '0.60%,`8.00,`0.00',
    '0.60%,`8.00,`1.00',
    ['cell', 2, '申请退款金额'],
  ],
  ['a coupon back in a payment', 2, '`0.00,`,`,', '`0.01,`,`,', ['cell', 2, '充值券退款金额']],
  ['a payment in a refund', 3, '`CNY,`0.00', '`CNY,`3.00', ['cell', 3, '应结订单金额']],
  ['a coupon in a refund', 3, '`CNY,`0.00,`0.00', '`CNY,`0.00,`0.10', ['cell', 3, '代金券金额']],
  ['an order in a reversal', 5, '`0.00,`12.34', '`12.34,`12.34', ['cell', 5, '订单金额']],
];
for (const [what, line, from, to, fault] of FAULTS) {
  test(`a row with ${what} is refused`, async () => {
    assert.deepEqual(await faultIn(changed(line, from, to)), fault);
  });
}

// what, line, from, to, what is odd, and what becomes of the number
const ODD: readonly [string, number, string, string, Partial<BillRow>][] = [
  ['a provider ordered', 4, '`1900000109,`0', '`1900000999,`1900000109', { odd: '商户号' }],
  ['we ordered for another', 4, '`1900000109,`0', '`1900000109,`77', { odd: '特约商户号' }],
  ['has another currency', 2, 'CNY', 'USD', { odd: '货币种类' }],
  ['has an unknown state', 4, '`SUCCESS', '`CLOSED', { odd: '交易状态', kind: 'payment' }],
  ['has another unknown state', 5, 'REVOKED', '', { odd: '交易状态', kind: 'refund' }],
  ['has a transaction of letters', 2, '`42', '`x42', { odd: '微信订单号', transaction_id: '' }],
  ['has a transaction too long', 2, '`42', '`42000042', { odd: '微信订单号', transaction_id: '' }],
  ...['0', ''].map((id): (typeof ODD)[number] => [
    ...([`is a reversal of transaction “${id}”`, 5, SHOP, id] as const),
    { odd: '微信订单号', transaction_id: '', kind: 'reversal' },
  ]),
];
for (const [what, line, from, to, expected] of ODD) {
  test(`a row that ${what} is read, and what is odd is noted`, async () => {
    const { rows } = await read(fileOf(changed(line, from, to)));
    assert.deepEqual({ ...rows[line - 2], ...expected }, rows[line - 2]);
    const others = rows.toSpliced(line - 2, 1);
    assert.ok(others.every(({ odd }) => odd === undefined));
  });
}

// what, from, to, the column that is noted; of a row of the shop's
const LENIENT: readonly [string, string, string, string][] = [
  ['of another day', '2026-10-01', '2026-10-02', '交易时间'],
  ['at no time', '00:00:00', '', '交易时间'],
  ['with a number without its backtick', '`shop-7', "'shop-7", '商户订单号'],
  ['with a fee that is none', '`0.07204', '`free', '手续费'],
  ['with no fee', '`0.07204', '', '手续费'],
];
for (const [what, from, to, odd] of LENIENT) {
  test(`a row of other business ${what} fails no bill, and its money counts`, async () => {
    const { rows, totals } = await read(fileOf(changed(4, from, to)));
    assert.deepEqual([rows[2]?.odd, rows[2]?.amount], [odd, 1234]);
    assert.equal(totals.amount, 2034);
  });

  test(`a row of a charge ${what} fails the bill`, async () => {
    const lines = changed(4, '`MICROPAY', '`AUTH', changed(4, from, to));
    assert.notEqual(await faultIn(lines), 'none');
  });
}

test('a file of another day is refused, though all of it is other business', async () => {
  const lines = ALL.map((line) => line.replace('2026-10-01', '2026-10-02')).map((line) =>
    line.replaceAll('`AUTH', '`APP').replaceAll('wxzff|', 'x|'),
  );
  assert.deepEqual(await faultIn(lines), ['day', 2, '交易时间']);
});

for (const id of ['0', '', 'x50']) {
  test(`a refund of the number “${id}” has none`, async () => {
    const lines = changed(5, '`50000709672026100100000000002', `\`${id}`);
    const row = (await read(fileOf(lines))).rows[3];
    assert.ok(row?.kind === 'reversal');
    assert.deepEqual([row.refund_id, row.odd], ['', undefined]);
  });
}

test('特约商户号 is that of nobody else, whether 0, nothing or our own', async () => {
  for (const own of ['', '1900000109']) {
    const lines = changed(4, '`1900000109,`0', `\`1900000109,\`${own}`);
    assert.equal((await read(fileOf(lines))).rows[2]?.odd, undefined);
  }
});

test('numbers of other business may have * and |', async () => {
  const { rows } = await read(fileOf(changed(4, 'shop-7', 'a|b*c')));
  assert.equal(rows[2]?.out_trade_no, 'a|b*c');
});

test('what is nothing may be written with other decimals', async () => {
  const lines = changed(2, '`0.00,`0.00,`,`', '`0,`0.0,`,`');
  assert.equal((await read(fileOf(lines))).rows.length, 4);
});

test('a fault of a row’s cells says how many there are', async () => {
  await assert.rejects(read(fileOf(changed(2, ',`AUTH', ''))), {
    message: 'line 2: 26 values where the bill has 27 columns',
  });
});

test('a column that such bills have not, has a name, and its cell is none', () => {
  const ofRefunds = /退款单号|^退款|^充值券退款|^申请退款/;
  const ofPayments = ALL[0].split(',').filter((column) => !ofRefunds.test(column));
  const layout = billLayoutOf(ofPayments, 'SUCCESS');
  const cell = cellOf(layout, '退款金额');
  assert.equal(cell.column, '退款金额');
  assert.throws(() => textIn(['`a', '`b'], cell, 2), {
    ...{ name: 'BillFault', message: 'line 2, 退款金额: has no backtick before it' },
  });
});

test('a fault says line and column, and nothing of what stands there', async () => {
  const lines = changed(3, '1900000109', 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o');
  await assert.rejects(read(fileOf(lines)), (error: BillFault) => {
    assert.equal(error.message, 'line 3, 商户号: is another merchant');
    assert.doesNotMatch(JSON.stringify(error), /oUpF8/);
    return true;
  });
});

test('no row tells who paid', async () => {
  const { rows } = await read(fileOf(changed(2, 'oUpF8', 'oUpF8')));
  assert.doesNotMatch(JSON.stringify(rows), /oUpF8|oShop/);
});
