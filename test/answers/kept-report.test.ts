/** The versions of a day, as whoever makes sure of them gets them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KeptReport, keptReport } from '../../answers/kept-report.ts';
import type { DayReport } from '../../reconciliation/report/report.ts';
import { hashOf } from '../../reconciliation/report/versions.ts';

const none = { count: 0, amount: 0 };
const file = { sha256: 'f', bytes: 1 };
const about = {
  kind: 'paid_twice',
  healed: false,
  out_order_no: 'N1',
  transaction_id: '42',
} as const;
const report: DayReport = {
  ...{ bill_date: '2026-11-28', mchid: '1900000001', result: 'balanced' },
  bill: { rows: 0, payments: none, refunds: none },
  ...{ ours: none, agreed: none, elsewhere: none, in_other_bill: none, awaited: none },
  fund_flow: {
    missing: 'unreadable',
    fault: { line: 1, column: 3, because: { code: 'unknown_column', layout: 'new' } },
  },
  ...{ findings: {}, examples: [about] },
  made: {
    ...{ version: 1, at: '2026-11-29T10:00:00+08:00', program: 'payscore-orders 0.3.0' },
    download: { at: '2026-11-29T09:59:00+08:00', bytes: 12 },
    files: { findings: file, matches: file, waivers: file },
  },
};
/** As 0.2 kept it. */
const examples = [{ ...about, cause: 'The order is paid.', action: 'Refund it.' }];
const former: DayReport = {
  ...report,
  fund_flow: { missing: 'unreadable', message: 'line 3: is less than nothing' },
  examples,
};

for (const [of, kept] of Object.entries({
  'this release': report,
  'before there were facts': former,
})) {
  describe(`a version of ${of}`, () => {
    it('has the hash that it is told with: an auditor need not see the folder', () => {
      assert.equal(hashOf(keptReport(kept) as DayReport), hashOf(kept));
    });

    it('is told as it is documented', () => {
      const told = keptReport(kept);
      assert.deepEqual(KeptReport.parse(told), told);
    });
  });
}
