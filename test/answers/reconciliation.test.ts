/** A day's report as finance people and operators get it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { presentedReport, Report } from '../../answers/reconciliation.ts';
import { FINDINGS } from '../../reconciliation/report/finding.ts';
import type { DayReport } from '../../reconciliation/report/report.ts';
import { hashOf } from '../../reconciliation/report/versions.ts';

const none = { count: 0, amount: 0 };
const file = { sha256: 'f', bytes: 1 };
const report: DayReport = {
  ...{ bill_date: '2026-11-28', mchid: '1900000001', result: 'balanced' },
  bill: { rows: 0, payments: none, refunds: none },
  ...{ ours: none, agreed: none, elsewhere: none, in_other_bill: none, awaited: none },
  ...{ findings: { refunded: { ...none, open: 0, healed: 0 } }, examples: [] },
  made: {
    ...{ version: 1, at: '2026-11-29T10:00:00+08:00', program: 'payscore-orders 0.3.0' },
    download: { at: '2026-11-29T09:59:00+08:00', bytes: 12 },
    files: { findings: file, matches: file, waivers: file },
  },
};

describe('a report', () => {
  it('is told as it is documented', () => {
    const told = presentedReport(report);
    assert.deepEqual(Report.parse(told), told);
  });

  it('has the hash that its version is told with: an auditor need not see the folder', () => {
    assert.equal(hashOf(presentedReport(report) as DayReport), hashOf(report));
  });

  it('has its times in Beijing time, whatever wrote them', () => {
    const { made } = report;
    assert.ok(made);
    const utc = { at: '2026-11-29T01:59:00.000Z', bytes: 12 };
    const told = presentedReport({ ...report, made: { ...made, download: utc } });
    assert.equal(told.made?.download?.at, '2026-11-29T09:59:00+08:00');
  });

  it('may have every kind of finding', () => {
    const count = { ...none, open: 0, healed: 0 };
    const findings = Object.fromEntries(FINDINGS.map((kind) => [kind, count]));
    assert.ok(Report.safeParse(presentedReport({ ...report, findings })).success);
  });
});
