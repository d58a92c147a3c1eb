/** Findings for a spreadsheet. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { findingOf } from '../../../reconciliation/report/finding.ts';
import { CSV_HEAD, csvOf } from '../../../reconciliation/report/csv.ts';

const finding = findingOf({
  ...{ kind: 'paid_unnoticed', healed: false, out_order_no: '=cmd', bill_amount: 500, line: 3 },
  column: '货币种类',
  ...{
    transaction_id: '4200000000000000000000000001',
    time: '2026-10-01 23:59:59',
    phase: 'paying',
  },
});

function cellsOf(csv: string): Record<string, string> {
  const [row] = parse<Record<string, string>>(CSV_HEAD + csv, { bom: true, columns: true });
  assert.ok(row);
  return row;
}

describe('a finding as CSV', () => {
  it('has a cell for everything that it says', () => {
    const row = cellsOf(csvOf('2026-10-01', finding));
    assert.equal(row['bill_date'], '2026-10-01');
    assert.equal(row['kind'], 'paid_unnoticed');
    assert.equal(row['healed'], 'false');
    assert.equal(row['bill_amount'], '500');
    assert.equal(row['order_amount'], '');
    assert.deepEqual([row['line'], row['column']], ['3', '货币种类']);
    assert.equal(row['cause'], finding.cause);
    assert.equal(row['action'], finding.action);
  });

  it('holds nothing that a spreadsheet would compute', () => {
    assert.equal(cellsOf(csvOf('2026-10-01', finding))['out_order_no'], "'=cmd");
  });

  it('keeps every digit of a number that a spreadsheet would round', () => {
    const { transaction_id } = cellsOf(csvOf('2026-10-01', finding));
    assert.equal(transaction_id, "'4200000000000000000000000001");
  });

  it('changes no text that a spreadsheet takes as it is', () => {
    for (const phase of ['paid', 'a=b', 'x1', '2026-10-01', '']) {
      assert.equal(cellsOf(csvOf('2026-10-01', { ...finding, phase }))['phase'], phase);
    }
    assert.ok(csvOf('2026-10-01', finding).startsWith('2026-10-01,paid_unnoticed,false,'));
  });

  it('lets no date stand in for what is computed', () => {
    const out_order_no = '=cmd 2026-10-01';
    const row = cellsOf(csvOf('2026-10-01', { ...finding, out_order_no }));
    assert.equal(row['out_order_no'], `'${out_order_no}`);
  });

  it('quotes what would end a cell', () => {
    const row = cellsOf(csvOf('2026-10-01', { ...finding, phase: 'a,"b"\nc' }));
    assert.equal(row['phase'], 'a,"b"\nc');
  });
});
