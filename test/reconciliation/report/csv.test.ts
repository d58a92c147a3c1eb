/** Findings for a spreadsheet. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { csvOf, findingsHead } from '../../../reconciliation/report/csv.ts';
import type { Finding } from '../../../reconciliation/report/finding.ts';
import { EN } from '../../../words/en.ts';
import { ZH } from '../../../words/zh.ts';

const finding: Finding = {
  ...{ kind: 'paid_unnoticed', healed: false, out_order_no: '=cmd', bill_amount: 500, line: 3 },
  column: '货币种类',
  ...{
    transaction_id: '4200000000000000000000000001',
    time: '2026-10-01 23:59:59',
    phase: 'paying',
  },
};

function cellsOf(csv: string): Record<string, string> {
  const [row] = parse<Record<string, string>>(findingsHead(EN) + csv, { bom: true, columns: true });
  assert.ok(row);
  return row;
}

describe('a finding as CSV', () => {
  it('has a cell for everything that it says', () => {
    const row = cellsOf(csvOf('2026-10-01', finding, EN));
    assert.equal(row['bill_date'], '2026-10-01');
    assert.equal(row['kind'], 'paid_unnoticed');
    assert.equal(row['healed'], 'false');
    assert.equal(row['bill_amount'], '500');
    assert.equal(row['order_amount'], '');
    assert.deepEqual([row['line'], row['column']], ['3', '货币种类']);
    const { cause, action } = EN.reconciliation.finding(finding);
    assert.deepEqual([row['cause'], row['action']], [cause, action]);
  });

  it('holds nothing that a spreadsheet would compute', () => {
    assert.equal(cellsOf(csvOf('2026-10-01', finding, EN))['out_order_no'], "'=cmd");
  });

  it('keeps every digit of a number that a spreadsheet would round', () => {
    const { transaction_id } = cellsOf(csvOf('2026-10-01', finding, EN));
    assert.equal(transaction_id, "'4200000000000000000000000001");
  });

  it('changes no text that a spreadsheet takes as it is', () => {
    for (const phase of ['paid', 'a=b', 'x1', '2026-10-01', '']) {
      assert.equal(cellsOf(csvOf('2026-10-01', { ...finding, phase }, EN))['phase'], phase);
    }
    assert.ok(csvOf('2026-10-01', finding, EN).startsWith('2026-10-01,paid_unnoticed,false,'));
  });

  it('lets no date stand in for what is computed', () => {
    const out_order_no = '=cmd 2026-10-01';
    const row = cellsOf(csvOf('2026-10-01', { ...finding, out_order_no }, EN));
    assert.equal(row['out_order_no'], `'${out_order_no}`);
  });

  it('quotes what would end a cell', () => {
    const row = cellsOf(csvOf('2026-10-01', { ...finding, phase: 'a,"b"\nc' }, EN));
    assert.equal(row['phase'], 'a,"b"\nc');
  });

  it('is told to Chinese operators in Chinese, under headings of their own', () => {
    const text = findingsHead(ZH) + csvOf('2026-10-01', finding, ZH);
    assert.match(text, /^\ufeff账单日期,类型,已自动修复,商户服务订单号,微信订单号,账单金额（分）,/);
    const [row] = parse<Record<string, string>>(text, { bom: true, columns: true });
    assert.deepEqual([row?.['账单日期'], row?.['类型']], ['2026-10-01', 'paid_unnoticed']);
    assert.equal(row?.['原因'], ZH.reconciliation.finding(finding).cause);
  });

  it('of before there were facts is told anew, not as it was kept', () => {
    const kept = { ...finding, cause: 'As it was said.', action: 'As it was said.' };
    assert.equal(csvOf('2026-10-01', kept, ZH), csvOf('2026-10-01', finding, ZH));
  });
});
