/** Columns are found by their texts, and a layout that we do not know is refused by name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BillFault } from '../../../reconciliation/bill/fault.ts';
import { ALL, ALL_ROWS, ALL_TOTALS, changed, faultIn, fileOf, read } from '../bills.ts';

const cellsOf = (line: string) => line.replace(/^`/, '').split(line.startsWith('`') ? ',`' : ',');
const lineOf = (cells: readonly string[], like: string) =>
  like.startsWith('`') ? `\`${cells.join(',`')}` : cells.join(',');

/** The same bill with its columns in another order, or with fewer. */
const arranged = (arrange: (cells: string[]) => string[], lines: readonly string[] = ALL) =>
  lines.map((line) => lineOf(arrange(cellsOf(line)), line));

test('columns and totals are found wherever they stand', async () => {
  const turned = arranged((cells) => cells.toReversed());
  assert.deepEqual(await read(fileOf(turned)), { rows: ALL_ROWS, totals: ALL_TOTALS });
});

const HEADER = ALL[0];
const FAULTS: readonly [string, readonly string[], unknown][] = [
  ['an unknown column', changed(1, '代金券金额,', '代金券金额,数字货币金额,'), '数字货币金额'],
  ['a column of early bills', changed(1, '应结订单金额', '总金额'), '总金额'],
  ['a column twice', changed(1, '费率备注', '费率'), '费率'],
  ['a column that is missing', changed(1, ',代金券金额', ''), '代金券金额'],
  ['a column with a blank', changed(1, '商户号', '商户号 '), '商户号 '],
  ['a column with a backtick', changed(1, '商户号', '`商户号'), 3],
];
for (const [what, lines, column] of FAULTS) {
  test(`a bill with ${what} is refused`, async () => {
    assert.deepEqual(await faultIn(lines), ['layout', 1, column]);
  });
}

const SUMMARY_FAULTS: readonly [string, readonly string[], unknown][] = [
  ['an unknown one', changed(6, '手续费总金额', '手续费总金额,税费总金额'), '税费总金额'],
  ['one of early bills', changed(6, '应结订单总金额', '总交易额'), '总交易额'],
  ['one twice', changed(6, '退款总金额,充值券', '充值券退款总金额,充值券'), '充值券退款总金额'],
  ['one missing', changed(6, ',申请退款总金额', ''), '申请退款总金额'],
];
for (const [what, lines, column] of SUMMARY_FAULTS) {
  test(`totals with ${what} are refused`, async () => {
    assert.deepEqual(await faultIn(lines), ['layout', 6, column]);
  });
}

/** What bills of one type have not, or have besides. */
const REFUND_COLUMNS = ['微信退款单号', '商户退款单号', '退款金额', '充值券退款金额', '退款类型'];
const NOT_OF_SUCCESS = new Set([...REFUND_COLUMNS, '退款状态', '申请退款金额']);
const NOT_SUMMED = new Set(['退款总金额', '充值券退款总金额', '申请退款总金额']);

function columnsLeft(header: string, without: ReadonlySet<string>) {
  const kept = cellsOf(header).map((column) => !without.has(column));
  return (cells: string[]) => cells.filter((_, index) => kept[index]);
}
const PAYMENTS = [
  ...arranged(columnsLeft(HEADER, NOT_OF_SUCCESS), [HEADER, ALL[1], ALL[3]]),
  ...arranged(columnsLeft(ALL[5], NOT_SUMMED), [ALL[5], '`2,`20.00,`0,`0,`0.12,`20.34,`0']),
];
const withTimes = (cells: string[]) =>
  cells[0] === '交易时间'
    ? cells.toSpliced(14, 0, '退款申请时间', '退款成功时间')
    : cells.toSpliced(14, 0, '2026-10-01 12:00:00', '');
const REFUNDS = [
  ...arranged(withTimes, [HEADER, ALL[2], ALL[4]]),
  ...[ALL[5], '`2.0,`0.0,`15.00,`0.20,`-0.09,`0.0,`15.34'],
];

test('a bill of payments has no columns of refunds', async () => {
  const { rows, totals } = await read(fileOf(PAYMENTS), 'SUCCESS');
  const payments = [ALL_ROWS[0], { ...ALL_ROWS[2], line: 3 }];
  assert.deepEqual(rows, payments);
  assert.deepEqual([totals.payments, totals.amount, totals.fee], [2, 2034, 12_204]);
});

test('a bill of refunds has their times besides', async () => {
  const { rows, totals } = await read(fileOf(REFUNDS), 'REFUND');
  assert.deepEqual(rows, [
    { ...ALL_ROWS[1], line: 2 },
    { ...ALL_ROWS[3], line: 3 },
  ]);
  assert.deepEqual([totals.refunds, totals.reversals, totals.refund_amount], [1, 1, 1534]);
});

test('a bill of another type than was asked for is refused: rows would be missing', async () => {
  assert.deepEqual(await faultIn(PAYMENTS, 'ALL'), ['layout', 1, '微信退款单号']);
  assert.deepEqual(await faultIn(REFUNDS, 'ALL'), ['layout', 1, '退款申请时间']);
  assert.deepEqual(await faultIn(ALL, 'SUCCESS'), ['layout', 1, '微信退款单号']);
  assert.deepEqual(await faultIn(ALL, 'REFUND'), ['layout', 1, '退款申请时间']);
});

test('a row in an unknown state is of the type of its bill', async () => {
  const payments = PAYMENTS.map((line) => line.replace('`SUCCESS', '`CLOSED'));
  const paid = (await read(fileOf(payments), 'SUCCESS')).rows;
  assert.deepEqual(
    paid.map(({ kind, odd }) => [kind, odd]),
    [
      ['payment', '交易状态'],
      ['payment', '交易状态'],
    ],
  );
  const refunds = REFUNDS.map((line) => line.replace('`REFUND', '`CLOSED'));
  const [refund] = (await read(fileOf(refunds), 'REFUND')).rows;
  assert.deepEqual([refund?.kind, refund?.odd], ['refund', '交易状态']);
});

test('a bill holds no rows of another type', async () => {
  const refunded = PAYMENTS.map((line, index) =>
    index === 1 ? line.replace('`SUCCESS', '`REFUND') : line,
  );
  assert.deepEqual(await faultIn(refunded, 'SUCCESS'), ['cell', 2, '交易状态']);
  const paid = REFUNDS.map((line) => line.replace('`REFUND', '`SUCCESS'));
  assert.deepEqual(await faultIn(paid, 'REFUND'), ['cell', 2, '交易状态']);
});

test('a row in the place of the columns is not told', async () => {
  for (const row of [
    ALL[1],
    ALL[1].replaceAll('`', ''),
    '充电宝租借一次共三小时零五分并于次日归还给原店',
  ])
    await assert.rejects(read(fileOf([row])), (error: BillFault) => {
      assert.match(error.message, /^line 1, column 1: is a column that we do not know; [^`]*$/);
      assert.doesNotMatch(error.message, /充电宝|oUpF8/);
      return true;
    });
});
