/** A fund-flow bill is whole, of its day, and adds up, or it is refused with its line and column. */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import type { BillFault } from '../../../reconciliation/bill/fault.ts';
import { readFlow, type FlowRow } from '../../../reconciliation/fund-flow/reader.ts';
import { BILL_DATE, fileOf, SHOP } from '../bills.ts';
import { flowOf, FULL_WIDTH, MOVEMENTS } from './flows.ts';

const FLOW = flowOf(MOVEMENTS);

async function read(bytes: Buffer) {
  const rows: FlowRow[] = [];
  const onRow = (row: FlowRow) => void rows.push(row);
  const totals = await readFlow(Readable.from([bytes]), { bill_date: BILL_DATE, onRow });
  return { rows, totals };
}

const whole = (lines: readonly string[]) => read(Buffer.from(fileOf(lines)));

test('its rows have time, number, type, and what left the account below nothing', async () => {
  const { rows, totals } = await whole(FLOW);
  assert.deepEqual(rows[3], {
    ...{ line: 5, time: `${BILL_DATE} 12:00:00`, business_no: SHOP },
    ...{ type: '扣除交易手续费', change: -7, voucher: 'V-1' },
  });
  assert.deepEqual(totals, {
    income: { count: 4, amount: 800 + 1_200 + 2 + 7 },
    outlay: { count: 4, amount: 5 + 7 + 300 + 1_200 },
  });
});

test('its columns may have full-width parentheses, another order, and totals their unit', async () => {
  assert.deepEqual(await whole(flowOf(MOVEMENTS, FULL_WIDTH)), await whole(FLOW));
  const turned = (line: string) => line.split(',').toReversed().join(',');
  const { rows } = await whole([...FLOW.slice(0, -2).map(turned), ...FLOW.slice(-2)]);
  assert.deepEqual(rows, (await whole(FLOW)).rows);
  const units = FLOW.map((line) =>
    line.replace('收入金额', '收入金额(元)').replace('支出金额', '支出金额(元)'),
  );
  assert.deepEqual(await whole(units), await whole(FLOW));
});

test('a number that is none of WeChat’s is empty', async () => {
  const { rows } = await whole(flowOf([{ id: '', type: '提现', fen: -100 }]));
  assert.deepEqual(
    rows.map(({ business_no, type }) => [business_no, type]),
    [['', '提现']],
  );
});

test('one that was cut is never whole, wherever', async () => {
  const bytes = Buffer.from(fileOf(FLOW));
  const end = bytes.length - '\r\n'.length;
  for (let at = 0; at < end; at += 7) {
    await assert.rejects(read(bytes.subarray(0, at)), { name: 'BillFault' }, `cut at ${at}`);
  }
});

const FAULTS: readonly [string, (text: string) => string, unknown][] = [
  ['of another day', (it) => it.replace(BILL_DATE, '2026-10-02'), ['day', 2, '记账时间']],
  ['with an unknown direction', (it) => it.replace('`支出', '`不变'), ['cell', 3, '收支类型']],
  ['with a negative amount', (it) => it.replace('`8.00', '`-8.00'), ['cell', 2, '收支金额(元)']],
  ['with a part of a fen', (it) => it.replace('`8.00', '`8.001'), ['cell', 2, '收支金额(元)']],
  ['with another count', (it) => it.replace('`8,`4', '`9,`4'), ['totals', 11, '资金流水总笔数']],
  ['with another income', (it) => it.replace('`20.09', '`20.10'), ['totals', 11, '收入金额']],
  ['with another outlay', (it) => it.replace('`15.12', '`15.13'), ['totals', 11, '支出金额']],
  ['with an unknown column', (it) => it.replace('备注', '新的列'), ['layout', 1, '新的列']],
  ['with a cell less', (it) => it.replace(',`system', ''), ['cell', 2, undefined]],
  ['that goes on', (it) => `${it}\`1\r\n`, ['surplus', 12, undefined]],
];
for (const [what, change, fault] of FAULTS) {
  test(`one ${what} is refused`, async () => {
    const text = fileOf(FLOW);
    assert.notEqual(change(text), text);
    await assert.rejects(read(Buffer.from(change(text))), ({ kind, fact }: BillFault) => {
      assert.deepEqual([kind, fact.line, fact.column], fault);
      return true;
    });
  });
}
