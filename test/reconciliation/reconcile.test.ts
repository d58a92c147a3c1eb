/** The report of a day: what it says of the bill itself, and of a bill that cannot be believed. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Progress } from '../../reconciliation/progress.ts';
import type { Day } from '../../reconciliation/day.ts';
import { reconcile } from '../../reconciliation/reconcile.ts';
import { ALL, ALL_TOTALS, BILL_DATE, changed, fileOf, MCHID } from './bills.ts';
import { createOwnSource } from './own-orders.ts';
import { dayOf } from './random-day.ts';
import { BEGUN_AT } from './scenarios.ts';

/** Nobody's payments but the shop's: 8.00 by a charge that names an order of nobody, and 12.34. */
async function reconciled(
  t: { after(hook: () => unknown): void },
  lines: readonly string[] | undefined,
  change: Partial<Day> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-reconcile-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'bill.csv');
  if (lines) await writeFile(path, fileOf(lines));
  const source = createOwnSource(dayOf([]));
  const { report } = await reconcile({
    bill: { bill_date: BILL_DATE, mchid: MCHID, file: lines && { path, hash_value: 'ab12' } },
    ...{ otherBills: [], unbilledIs: 'missing', begunAt: BEGUN_AT, whenSilent: 'tell' },
    source: { ...source, heal: async () => 'not_found' },
    ...{ folder, watch: () => {} },
    ...change,
  });
  return report;
}

test('the report has all rows of the bill, and reversals among the refunds, in number and in money', async (t) => {
  const { payments, refunds, reversals } = ALL_TOTALS;
  assert.deepEqual([payments, refunds, reversals], [2, 1, 1]);
  assert.deepEqual((await reconciled(t, ALL)).bill, {
    hash_value: 'ab12',
    rows: 4,
    payments: { count: 2, amount: 2034 },
    refunds: { count: 2, amount: 300 + 1234 },
  });
});

test('the report says by how much the fees of the bill are off', async (t) => {
  const { bill } = await reconciled(t, changed(7, '`0.03', '`0.04'));
  assert.equal(bill.fee_off, 1);
});

test('a bill that WeChat has changed since the report before is a finding, until somebody answers for it', async (t) => {
  const facts = { rows: 1, payments: { count: 0, amount: 0 }, refunds: { count: 0, amount: 0 } };
  const billBefore = { ...facts, hash_value: 'cd34' };
  const report = await reconciled(t, ALL, { billBefore });
  assert.deepEqual([report.bill.replaces, report.result], ['cd34', 'unbalanced']);
  const [{ kind, replaced_bill, id = '' } = {}] = report.examples;
  assert.deepEqual([kind, replaced_bill], ['bill_changed', 'cd34']);
  const acknowledgedOn = async () => new Set([id]);
  assert.equal((await reconciled(t, ALL, { billBefore, acknowledgedOn })).result, 'balanced');
  const other = await reconciled(t, ALL, { billBefore: { ...billBefore, hash_value: 'ef56' } });
  assert.notEqual(other.examples[0]?.id, id);
});

test('a day without a bill has a report without rows', async (t) => {
  const report = await reconciled(t, undefined);
  assert.deepEqual(report.bill, {
    rows: 0,
    payments: { count: 0, amount: 0 },
    refunds: { count: 0, amount: 0 },
  });
  assert.deepEqual([report.result, report.bill_date, report.mchid], ['balanced', BILL_DATE, MCHID]);
  assert.deepEqual([report.findings, report.examples, report.undisclosed], [{}, [], undefined]);
});

test('a bill that cannot be believed is named with its day, line and column, and nothing is healed', async (t) => {
  const heal = (): never => assert.fail('healed by a bill that is not believed');
  const source = { ...createOwnSource(dayOf([])), heal };
  const reconciling = reconciled(t, changed(7, '`4.0', '`5.0'), { source });
  await assert.rejects(reconciling, {
    name: 'BillFault',
    kind: 'totals',
    message: 'the bill of 2026-10-01, line 7, 总交易单数: is 5, but the rows make 4',
  });
});

test('no other bill is fetched where nothing is looked for in one', async (t) => {
  const otherBills = [(): never => assert.fail('fetched')];
  assert.equal((await reconciled(t, ALL, { otherBills })).result, 'balanced');
});

test('whoever watches a long bill is told every ten thousand rows', async (t) => {
  const totals = '`20000,`160000.00,`0,`0,`1000.00,`160000.00,`0';
  const lines = [ALL[0], ...Array.from({ length: 20_000 }, () => ALL[1]), ALL[5], totals];
  const told: number[] = [];
  let last = 0;
  await reconciled(t, lines, {
    watch({ step, rows, bytes }) {
      if (step !== 'bill' || rows === 0) return;
      told.push(rows);
      assert.ok(bytes >= last && bytes > rows);
      last = bytes;
    },
  });
  assert.deepEqual(told, [10_000, 20_000, 20_000]);
});

test('whoever watches is told each step, and the whole bill at its end', async (t) => {
  const told: Progress[] = [];
  await reconciled(t, ALL, { watch: (it) => void told.push(it) });
  assert.deepEqual(
    [...new Set(told.map(({ step }) => step))],
    ['orders', 'bill', 'findings', 'other bills'],
  );
  const { rows, bytes } = told.at(-1) ?? {};
  assert.deepEqual([rows, bytes], [4, Buffer.byteLength(fileOf(ALL))]);
});
