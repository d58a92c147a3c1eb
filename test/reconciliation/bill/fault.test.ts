/** A fault names the place, as far as there is one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BillFault } from '../../../reconciliation/bill/fault.ts';
import type { BillFaultFact } from '../../../payscore/days/bill-fault.ts';
import { ZH } from '../../../words/zh.ts';

type Place = Omit<BillFaultFact, 'because'>;

const PLACES: readonly (readonly [Place, en: string, zh: string])[] = [
  [{}, 'is no time', '不是时间'],
  [{ line: 7 }, 'line 7: is no time', '第 7 行：不是时间'],
  [{ column: '费率' }, '费率: is no time', '“费率”列：不是时间'],
  [{ column: 3 }, 'column 3: is no time', '第 3 列：不是时间'],
  [{ line: 7, column: '费率' }, 'line 7, 费率: is no time', '第 7 行，“费率”列：不是时间'],
  [
    { bill_date: '2026-10-01', line: 7 },
    'the bill of 2026-10-01, line 7: is no time',
    '2026-10-01 的账单，第 7 行：不是时间',
  ],
];
for (const [place, message, inChinese] of PLACES) {
  test(`a fault at ${JSON.stringify(place)} says ‘${message}’`, () => {
    const fault = new BillFault('cell', { code: 'no_time' }, place);
    assert.equal(fault.message, message);
    assert.deepEqual(fault.fact, { ...place, because: { code: 'no_time' } });
    assert.equal(ZH.reconciliation.fault(fault.fact), inChinese);
  });
}
