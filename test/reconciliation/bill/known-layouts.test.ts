/** The early layout of 24 columns, as it stands in the public record, and summaries of other years: the money is the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BillFault } from '../../../reconciliation/bill/fault.ts';
import { ALL, ALL_ROWS, ALL_TOTALS, changed, faultIn, fileOf, read } from '../bills.ts';

const [APP, USER] = ['wxab8acb865bb11234,`1900000109,`0', 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'];
const AUTH = `\`${APP},\`,\`4200000000202610010000000001,\`1001202610010001,\`${USER},\`AUTH`;
const PACKET = '`wxzff|1000000000202610010000000000001|T1';

const headerOf = (coupon: string) =>
  `交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,总金额,${coupon}金额,微信退款单号,商户退款单号,退款金额,${coupon}退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率`;
const summaryOf = (coupon: string) =>
  `总交易单数,总交易额,总退款金额,总${coupon}退款金额,手续费总金额`;

/** A charge of 8 yuan and a refund of 3 that is under way, with a provider's payment and its coupon beside them. */
const earlyOf = (coupon: string) => [
  headerOf(coupon),
  `\`2026-10-01 23:59:59,${AUTH},\`SUCCESS,\`OTHERS,\`CNY,\`8.00,\`0.0,\`0,\`0,\`0,\`0,\`,\`,\`充电宝,${PACKET},\`0.05000,\`0.60%`,
  `\`2026-10-01 18:00:00,${AUTH},\`REFUND,\`OTHERS,\`CNY,\`0.00,\`0.00,\`50000709672026100100000000001,\`RF-1,\`3.00,\`0.00,\`ORIGINAL,\`PROCESSING,\`充电宝,${PACKET},\`-0.02000,\`0.60%`,
  `\`2026-10-01 00:00:00,\`wxab8acb865bb11234,\`1900000999,\`1900000109,\`,\`4200000000202610010000000002,\`shop-7,\`oShop,\`MICROPAY,\`SUCCESS,\`CFT,\`CNY,\`12.34,\`0.34,\`0,\`0,\`0,\`0,\`,\`,\`零食,\`,\`0.07204,\`0.60%`,
  summaryOf(coupon),
  '`3,`20.34,`3.00,`0.0,`0.10',
];
const EARLY = earlyOf('代金券或立减优惠');

for (const coupon of ['代金券或立减优惠', '企业红包']) {
  test(`an early bill whose coupons are ${coupon} says the same as today’s`, async () => {
    const { rows, totals } = await read(fileOf(earlyOf(coupon)));
    const [payment, refund] = ALL_ROWS;
    const other = { amount: 1234, settlement_amount: 1234, coupon_amount: 34, odd: '商户号' };
    assert.deepEqual(rows.slice(0, 2), [payment, refund]);
    assert.deepEqual({ ...rows[2], ...other }, rows[2]);
    const { payments, amount, refund_amount, fee } = totals;
    assert.deepEqual([payments, amount, refund_amount, fee], [2, 2034, 300, 10_204]);
  });
}

test('an early bill of payments has 18 columns, and all five totals', async () => {
  const without = (line: string, from: number, count: number) =>
    line.split(',').toSpliced(from, count).join(',');
  const lines = [0, 1, 3].map((at) => without(EARLY[at] ?? '', 14, 6));
  assert.equal(lines[0]?.split(',').length, 18);
  const file = fileOf([...lines, summaryOf('企业红包'), '`2,`20.34,`0.00,`0.00,`0.12000']);
  const { rows, totals } = await read(file, 'SUCCESS');
  assert.deepEqual([rows.length, totals.amount], [2, 2034]);
});

test('an early bill of refunds has 26 columns', async () => {
  const line = (at: number, cells: string[]) =>
    (EARLY[at] ?? '')
      .split(',')
      .toSpliced(14, 0, ...cells)
      .join(',');
  const lines = [line(0, ['退款申请时间', '退款成功时间']), line(2, ['`2026-10-01 18:00:00', '`'])];
  assert.equal(lines[0]?.split(',').length, 26);
  const file = fileOf([...lines, summaryOf('企业红包'), '`1,`0.00,`3.00,`0.00,`-0.02']);
  const { rows } = await read(file, 'REFUND');
  assert.deepEqual(
    rows.map(({ amount }) => amount),
    [300],
  );
});

// what, line, from, to, the fault: its column is named as the file names it
const FAULTS: readonly [string, number, string, string, readonly unknown[]][] = [
  ['an amount of letters', 2, '`8.00', '`eight', ['cell', 2, '总金额']],
  ['another merchant', 4, '`1900000109', '`1900000108', ['merchant', 4, '商户号']],
  ['a payment in a refund', 3, '`CNY,`0.00', '`CNY,`3.00', ['cell', 3, '总金额']],
  ['another total', 6, '`20.34', '`20.35', ['totals', 6, '总交易额']],
  ['other refunds', 6, '`3.00', '`2.99', ['totals', 6, '总退款金额']],
];
for (const [what, line, from, to, fault] of FAULTS) {
  test(`an early bill with ${what} is refused`, async () => {
    assert.deepEqual(await faultIn(changed(line, from, to, EARLY)), fault);
  });
}

test('a bill of payments may have all seven totals, as in 2019', async () => {
  const kept = (line: string) => {
    const cells = line.split(',');
    return [...cells.slice(0, 14), ...cells.slice(20, 25), ...cells.slice(26)].join(',');
  };
  const lines = [kept(ALL[0]), kept(ALL[1]), kept(ALL[3])];
  const file = (totals: string) => fileOf([...lines, ALL[5], totals]);
  const { totals } = await read(file('`2.0,`20.0,`0.0,`0.0,`0.12,`20.34,`0.0'), 'SUCCESS');
  assert.deepEqual([totals.payments, totals.refunds, totals.amount], [2, 0, ALL_TOTALS.amount]);
  await assert.rejects(read(file('`2.0,`20.0,`0.1,`0.0,`0.12,`20.34,`0.0'), 'SUCCESS'), {
    kind: 'totals',
    message: /^line 5, 退款总金额: /,
  });
});

// what is no layout that we know, and what helps
const UNKNOWN: readonly [string, readonly string[], RegExp][] = [
  [
    'early, with a column more',
    changed(1, '费率', '费率,费率备注', EARLY),
    /免充值代金券.*产品中心/,
  ],
  ['early, with a column less', changed(1, '子商户号,', '', EARLY), /子商户号: is missing.*免充值/],
  [
    'early, with both words',
    changed(1, '金额,', '金额,企业红包金额,', EARLY),
    /there twice.*免充值/,
  ],
  ['half of each', changed(1, '特约商户号', '子商户号'), /子商户号.*do not know.*免充值/],
  ['early in its totals alone', changed(6, '应结订单总金额', '总交易额'), /总交易额.*免充值/],
  [
    'new, and ends as an early one',
    changed(1, '费率备注', '费率备注,新总金额'),
    /新总金额.*new release/,
  ],
  [
    'new, and begins as an early one',
    changed(1, '费率备注', '费率备注,总金额二'),
    /总金额二.*new release/,
  ],
  ['new', changed(1, '代金券金额', '代金券金额,数字人民币金额'), /数字人民币金额.*new release/],
];
for (const [what, lines, says] of UNKNOWN) {
  test(`a layout that is ${what} is refused, with what helps`, async () => {
    await assert.rejects(read(fileOf(lines)), (error: BillFault) => {
      assert.equal(error.kind, 'layout');
      assert.match(error.message, says);
      return true;
    });
  });
}
