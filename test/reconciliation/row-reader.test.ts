/** What must hold of one row, and where a fault says that it does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BillFault } from '../../reconciliation/bill-fault.ts';
import { changed, faultIn, fileOf, read } from './bills.ts';

// what, line, from, to, fault
const FAULTS: readonly [string, number, string, string, readonly unknown[]][] = [
  ['a cell too few', 2, ',`AUTH', '', ['cell', 2, undefined]],
  ['a cell too many', 3, ',`AUTH', ',`AUTH,`AUTH', ['cell', 3, undefined]],
  ['a comma in a name', 4, '零食', '零,食', ['cell', 4, undefined]],
  ['an unknown state', 5, 'REVOKED', 'CLOSED', ['cell', 5, '交易状态']],
  ['a state without its backtick', 2, '`SUCCESS', 'SUCCESS', ['cell', 2, '交易状态']],
  ['another merchant', 3, '1900000109', '1900000108', ['merchant', 3, '商户号']],
  ['another currency', 2, 'CNY', 'USD', ['cell', 2, '货币种类']],
  ['the day before', 2, '2026-10-01', '2026-09-30', ['day', 2, '交易时间']],
  ['the day after', 4, '2026-10-01', '2026-10-02', ['day', 4, '交易时间']],
  ['an hour that is none', 2, '23:59:59', '24:00:00', ['cell', 2, '交易时间']],
  ['a second that is none', 2, '23:59:59', '23:59:60', ['cell', 2, '交易时间']],
  ['a time without seconds', 2, '23:59:59', '23:59', ['cell', 2, '交易时间']],
  ['a time with a zone', 2, '23:59:59', '23:59:59Z', ['cell', 2, '交易时间']],
  ['a transaction of letters', 2, '`42', '`x42', ['cell', 2, '微信订单号']],
  ['no transaction', 2, '`4200000000202610010000000001', '`', ['cell', 2, '微信订单号']],
  ['a transaction too long', 2, '`42', '`42000042', ['cell', 2, '微信订单号']],
  ['a refund of letters', 3, '`5000', '`5000x', ['cell', 3, '微信退款单号']],
  ['an amount of letters', 2, '0.60%,`8.00', '0.60%,`eight', ['cell', 2, '订单金额']],
  ['an amount below nothing', 4, '`12.34', '`-12.34', ['cell', 4, '订单金额']],
  ['a settled amount that is none', 4, '`12.00', '`12.', ['cell', 4, '应结订单金额']],
  ['a part of a fen', 4, '`12.34', '`12.345', ['cell', 4, '订单金额']],
  ['an amount without its backtick', 4, '`12.00', "'12.00", ['cell', 4, '应结订单金额']],
  ['a number without its backtick', 4, '`shop-7', "'shop-7", ['cell', 4, '商户订单号']],
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

test('what is nothing may be written with other decimals', async () => {
  const lines = changed(2, '`0.00,`0.00,`,`', '`0,`0.0,`,`');
  assert.equal((await read(fileOf(lines))).rows.length, 4);
});

test('a fault says line and column, and nothing of what stands there', async () => {
  const lines = changed(2, 'CNY', 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o');
  await assert.rejects(read(fileOf(lines)), (error: BillFault) => {
    assert.equal(error.message, 'line 2, 货币种类: is not CNY');
    assert.doesNotMatch(JSON.stringify(error), /oUpF8/);
    return true;
  });
});

test('no row tells who paid', async () => {
  const { rows } = await read(fileOf(changed(2, 'oUpF8', 'oUpF8')));
  assert.doesNotMatch(JSON.stringify(rows), /oUpF8|oShop/);
});
