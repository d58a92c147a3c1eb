/** A month as finance gets it: totals per service, what is owed and since when, what users were let off and by whom. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { nothing } from '../../../reconciliation/matching/count.ts';
import { nothingTaken, takingsOf } from '../../../reconciliation/matching/takings.ts';
import type { LedgerEntry } from '../../../reconciliation/ledger/entry.ts';
import type { WaivedOrder } from '../../../reconciliation/matching/order-source.ts';
import type { Finding } from '../../../reconciliation/report/finding.ts';
import { monthCsv } from '../../../reconciliation/report/month-csv.ts';
import { monthOf, waiversIn } from '../../../reconciliation/report/month.ts';
import type { DayReport } from '../../../reconciliation/report/report.ts';
import { countStandings } from '../../../reconciliation/report/standing.ts';
import { createReportStore, type ReportStore } from '../../../reconciliation/report/store.ts';
import { EN } from '../../../words/en.ts';

const MONTH = '2026-10';
const [FIRST, SECOND] = [`${MONTH}-01`, `${MONTH}-02`] as const;
const takings = (income: number, fees_millifen: number) =>
  takingsOf([{ ...nothingTaken(), payments: 1, income, settlement_amount: income, fees_millifen }]);
const due = (out_order_no: string, amount: number, finding_id: string): LedgerEntry => ({
  ...{ code: 'due', out_order_no, transaction_id: '42', amount, finding_id },
});
const refund = (amount: number, status = 'SUCCESS'): LedgerEntry => ({
  ...{ code: 'refund', transaction_id: '42', refund_id: '50', out_refund_no: 'R' },
  ...{ out_order_no: 'N1', amount, status, isAccepted: true },
});
const finding = (id: string): Finding => ({
  ...{ kind: 'refund_due', healed: false, out_order_no: 'N1', transaction_id: '42' },
  id,
});
const answer = {
  finding_id: 'f1',
  name: '王会计',
  reason: '已核实',
  at: '2026-10-05T09:00:00+08:00',
};

describe('a month', () => {
  let folder: string;
  let store: ReportStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payscore-month-'));
    store = createReportStore(join(folder, 'm'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  interface Parts {
    readonly report?: Partial<DayReport>;
    readonly findings?: readonly Finding[];
    readonly waivers?: readonly WaivedOrder[];
    readonly ledger?: readonly LedgerEntry[];
  }

  async function write(bill_date: string, { report = {}, ...parts }: Parts): Promise<void> {
    const { findings = [], waivers = [], ledger = [] } = parts;
    const all = { findings, waivers, ledger, matches: [] };
    for (const [name, values] of Object.entries(all)) {
      await writeFile(join(folder, name), values.map((one) => `${JSON.stringify(one)}\n`).join(''));
    }
    const path = (name: string) => join(folder, name);
    await store.write(
      {
        ...{ bill_date, mchid: 'm', result: 'balanced' },
        bill: { rows: 0, payments: nothing(), refunds: nothing() },
        ...{ ours: nothing(), agreed: nothing(), elsewhere: nothing() },
        ...{ in_other_bill: nothing(), awaited: nothing(), findings: {}, examples: [] },
        ...report,
      },
      {
        ...{ findings: path('findings'), matches: path('matches'), waivers: path('waivers') },
        ...{ ledger: path('ledger'), bill: path('bill') },
      },
    );
  }

  it('sums each service over its days, and fees before they are rounded', async () => {
    for (const day of [FIRST, SECOND]) {
      const [S1, elsewhere] = [takings(1_000, 400), takings(50, 0)];
      const settlement = { services: { S1 }, elsewhere, total: elsewhere };
      await write(day, { report: { settlement } });
    }
    const { settlement } = await monthOf(store, MONTH, '2026-10-04');
    const { S1 } = settlement.services;
    assert.deepEqual([S1?.income, S1?.payments, S1?.fees], [2_000, 2, 1]);
    assert.deepEqual([settlement.elsewhere.income, settlement.total.income], [100, 2_100]);
    assert.equal(settlement.total.expected_settlement, 2_099);
  });

  it('names the days that are over and have no report, and those whose report has no totals', async () => {
    await write(FIRST, {});
    const { days, missing } = await monthOf(store, MONTH, '2026-10-04');
    assert.deepEqual(missing, [SECOND, '2026-10-03']);
    assert.deepEqual(days[0]?.isWithoutTotals, true);
    const past = await monthOf(store, '2026-09', '2026-10-04');
    assert.equal(past.missing.length, 30);
  });

  it('has what is owed with its age, until it is paid back or answered for', async () => {
    await write(FIRST, { ledger: [due('N1', 300, 'f1')], findings: [finding('f1')] });
    const owed = async () => (await monthOf(store, MONTH, '2026-10-11')).refund_due;
    const { count, amount, orders } = await owed();
    assert.deepEqual([count, amount, orders[0]?.age_days], [1, 300, 10]);
    await write(SECOND, { ledger: [refund(100)] });
    assert.equal((await owed()).amount, 200);
    await store.acknowledge(FIRST, answer);
    assert.equal((await owed()).count, 0);
  });

  it('knows where each finding stands now', async () => {
    await write(FIRST, {
      ledger: [due('N1', 300, 'f1')],
      findings: [finding('f1'), finding('f2')],
    });
    const counts = async () => (await countStandings(store, FIRST)).counts;
    assert.deepEqual(await counts(), { open: 2, healed: 0, settled: 0, acknowledged: 0 });
    await store.acknowledge(FIRST, { ...answer, finding_id: 'f2' });
    await write(SECOND, { ledger: [refund(300, 'PROCESSING')] });
    assert.deepEqual(await counts(), { open: 1, healed: 0, settled: 0, acknowledged: 1 });
    await write(SECOND, { ledger: [refund(300)] });
    assert.deepEqual(await counts(), { open: 0, healed: 0, settled: 1, acknowledged: 1 });
  });

  it('says who let users off, and how much', async () => {
    const lowered = { code: 'lowered', out_order_no: 'N1', amount: 500, by: 'till' } as const;
    const free = { code: 'nothing_to_pay', out_order_no: 'N2' } as const;
    await write(FIRST, { waivers: [lowered, free] });
    await write(SECOND, { waivers: [{ ...lowered, out_order_no: 'N3' }] });
    const { waivers } = await monthOf(store, MONTH, '2026-10-04');
    assert.deepEqual(waivers.counts, {
      lowered: { count: 2, amount: 1_000 },
      nothing_to_pay: { count: 1, amount: 0 },
    });
    assert.deepEqual(waivers.by, {
      till: { lowered: { count: 2, amount: 1_000 } },
      '': { nothing_to_pay: { count: 1, amount: 0 } },
    });
  });

  it('is a table for Excel, in yuan, with each waiver', async () => {
    const services = { S1: takings(123_456, 0) };
    const settlement = { services, elsewhere: takings(0, 0), total: takings(123_456, 0) };
    const waived = { code: 'lowered', out_order_no: '0017', amount: 500, by: '=till' } as const;
    await write(FIRST, {
      report: { settlement },
      waivers: [waived],
      ledger: [due('N1', 300, 'f')],
    });
    const told = await monthOf(store, MONTH, '2026-10-03');
    const paying = [{ age: 'over_30_days', count: 4 }];
    let text = '';
    for await (const line of monthCsv(told, paying, waiversIn(store, MONTH), EN)) text += line;
    assert.equal(text.charCodeAt(0), 0xfeff);
    const rows = parse<Record<string, string>>(text, { bom: true, columns: true });
    const row = (about: string, what = '') =>
      rows.find((one) => one['about'] === about && (what === '' || one['what'] === what)) ?? {};
    assert.deepEqual(
      [row('service', 'income')['yuan'], row('service')['service_id']],
      ['1234.56', 'S1'],
    );
    assert.deepEqual([row('refund_due')['yuan'], row('refund_due')['age_days']], ['3.00', '2']);
    assert.equal(row('paying')['count'], '4');
    const waiver = row('waiver');
    assert.deepEqual(
      [waiver['out_order_no'], waiver['by'], waiver['yuan']],
      ["'0017", "'=till", '5.00'],
    );
    assert.equal(row('day', 'missing')['bill_date'], SECOND);
  });
});
