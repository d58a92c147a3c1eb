/** A day's report as finance people and operators get it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { presentedReport, Report } from '../../answers/reconciliation.ts';
import { FINDINGS, type Finding } from '../../reconciliation/report/finding.ts';
import type { DayReport } from '../../reconciliation/report/report.ts';
import { EN } from '../../words/en.ts';
import { ZH } from '../../words/zh.ts';

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

const finding: Finding = {
  ...{ kind: 'paid_twice', healed: false, out_order_no: 'N1', transaction_id: '42' },
};

describe('a report', () => {
  it('is told as it is documented', () => {
    const told = presentedReport(report, EN);
    assert.deepEqual(Report.parse(told), told);
  });

  it('has its findings in the language of whoever reads it, also where it was kept with sentences', () => {
    const examples = [{ ...finding, cause: 'As it was said.', action: 'As it was said.' }];
    for (const words of [EN, ZH]) {
      const [told] = presentedReport({ ...report, examples }, words).examples;
      assert.deepEqual(told, { ...finding, ...words.reconciliation.finding(finding) });
    }
  });

  it('says why it is without the account, by what was wrong, or as it was told', () => {
    const fault = { line: 3, because: { code: 'negative' } } as const;
    const message = 'WeChat Pay answered 403 NO_AUTH';
    const flows = [
      { missing: 'unreadable', fault },
      { missing: 'refused', message },
    ] as const;
    const told = flows.map((fund_flow) => presentedReport({ ...report, fund_flow }, ZH).fund_flow);
    assert.deepEqual(told, [
      { missing: 'unreadable', message: '第 3 行：小于零' },
      { missing: 'refused', message },
    ]);
  });

  it('has its times in Beijing time, whatever wrote them', () => {
    const { made } = report;
    assert.ok(made);
    const utc = { at: '2026-11-29T01:59:00.000Z', bytes: 12 };
    const told = presentedReport({ ...report, made: { ...made, download: utc } }, EN);
    assert.equal(told.made?.download?.at, '2026-11-29T09:59:00+08:00');
  });

  it('may have every kind of finding', () => {
    const count = { ...none, open: 0, healed: 0 };
    const findings = Object.fromEntries(FINDINGS.map((kind) => [kind, count]));
    assert.ok(Report.safeParse(presentedReport({ ...report, findings }, EN)).success);
  });
});
