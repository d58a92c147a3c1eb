/** Random days of orders and faults, their bills made by the simulator: exactly what was seeded is found. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assert as holds, asyncProperty } from 'fast-check';
import { BEGUN_AT, BILL_DATE, DAY_AFTER, DAY_BEFORE, FATES, MCHID } from './scenarios.ts';
import { createOwnSource } from './own-orders.ts';
import { dayOf, randomDay, type RandomDay } from './random-day.ts';
import type { Bill } from '../../reconciliation/bill/day-bill.ts';
import type { Finding } from '../../reconciliation/report/finding.ts';
import { OrderSilentError, type OrderSource } from '../../reconciliation/matching/order-source.ts';
import type { Day } from '../../reconciliation/day.ts';
import { reconcile } from '../../reconciliation/reconcile.ts';
import { valuesIn } from '../../reconciliation/matching/spool.ts';

const SEEDS = 200;

describe('a day', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payscore-days-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const MORNING = { dates: [DAY_BEFORE], unbilledIs: 'awaited', whenSilent: 'tell' } as const;
  const DAY_LATER = { ...MORNING, dates: [DAY_BEFORE, DAY_AFTER], unbilledIs: 'missing' } as const;

  for (const fate of Object.keys(FATES)) {
    it(`of one order is told as it is: ${fate}`, async () => {
      for (const second of [0, 43_200, 86_399]) await check(dayOf([{ fate, amount: 100, second }]));
    });
  }

  it(`has just the findings that were seeded, over ${SEEDS} seeds, and the same ones again`, async () => {
    const met = new Set<string>();
    await holds(
      asyncProperty(randomDay, async (day) => {
        for (const words of await check(day)) met.add(words.split(' ').slice(0, 2).join(' '));
      }),
      { numRuns: SEEDS },
    );
    const all = Object.values(FATES).flatMap(
      (fate) => fate({ out_order_no: 'N', transaction_id: '42', amount: 100 }).found ?? [],
    );
    for (const words of all) assert.ok(met.has(words.split(' ').slice(0, 2).join(' ')), words);
  });

  it('is tried again for an order that does not answer, before it is told without it', async () => {
    const day = dayOf([{ fate: 'lost and silent', amount: 100, second: 1 }]);
    const patient = { ...MORNING, whenSilent: 'throw' } as const;
    await assert.rejects(run(day, createOwnSource(day), patient), OrderSilentError);
  });

  /** Once, once more, and when the next bill is there. @returns what was found */
  async function check(day: RandomDay): Promise<string[]> {
    const book = createOwnSource(day);
    const told = day.orders.map(([, its]) => its);
    const expected = day.orders.flatMap(([{ out_order_no }, { found = [] }]) =>
      found.map((words) => (isNameless(words) ? words : `${words} ${out_order_no}`)),
    );
    const { report, found } = await run(day, book, MORNING);
    assert.deepEqual(found, expected.toSorted());
    const sum = (count: (its: (typeof told)[number]) => number | undefined) =>
      told.reduce((total, its) => total + (count(its) ?? 0), 0);
    assert.equal(
      report.agreed.count,
      sum(({ agreed }) => agreed),
    );
    assert.equal(
      report.elsewhere.count,
      sum(({ elsewhere }) => elsewhere),
    );
    assert.equal(
      report.undisclosed?.count ?? 0,
      sum(({ undisclosed }) => undisclosed),
    );
    assert.equal(
      report.in_other_bill.count,
      sum(({ inBillBefore }) => inBillBefore),
    );
    assert.equal(
      report.awaited.amount,
      sum(({ unbilled }) => unbilled?.amount),
    );
    const isOpen = expected.some((words) => words.includes(' open ')) || report.awaited.count > 0;
    assert.equal(report.result, isOpen ? 'unbalanced' : 'balanced');
    const ofDay = book
      .ours()
      .filter(({ charges }) => (charges[0]?.bill_date ?? BILL_DATE) === BILL_DATE);
    const amounts = ofDay.flatMap(({ charges }) => charges.map(({ amount }) => amount));
    assert.equal(report.ours.count, amounts.length);
    assert.equal(
      report.ours.amount,
      amounts.reduce((total, one) => total + one, 0),
    );

    const again = await run(day, book, MORNING);
    assert.deepEqual(again.report, report);
    assert.deepEqual(again.found, found);

    const later = await run(day, book, DAY_LATER);
    const missing = day.orders.flatMap(([{ out_order_no }, { unbilled }]) =>
      unbilled?.isMissing ? [`not_in_bill open ${unbilled.amount} ${out_order_no}`] : [],
    );
    assert.deepEqual(later.found, [...expected, ...missing].toSorted());
    assert.equal(later.report.awaited.count, 0);
    return expected;
  }

  /** What was found, and the report. */
  async function run(
    day: RandomDay,
    source: OrderSource,
    {
      dates,
      ...rest
    }: { readonly dates: readonly string[] } & Pick<Day, 'unbilledIs' | 'whenSilent'>,
  ) {
    const { report, findings } = await reconcile({
      bill: await billOf(day, BILL_DATE),
      otherBills: dates.map((date) => () => billOf(day, date)),
      ...{ ...rest, source, begunAt: BEGUN_AT, folder },
      watch: () => {},
    });
    const found: string[] = [];
    for await (const one of valuesIn<Finding>(findings)) found.push(wordsOf(one));
    return { report, found: found.toSorted() };
  }

  async function billOf({ bills }: Pick<RandomDay, 'bills'>, bill_date: string): Promise<Bill> {
    const content = bills.file(bill_date.replaceAll('-', ''), 'ALL');
    const path = join(folder, `${bill_date}.csv`);
    if (content) await writeFile(path, content);
    return { bill_date, mchid: MCHID, file: content && { path, hash_value: '' } };
  }
});

function isNameless(words: string): boolean {
  return words.startsWith('unnamed_charge') || words === 'refunded open 996';
}

function wordsOf({ kind, healed, out_order_no, bill_amount, order_amount }: Finding): string {
  const words = `${kind} ${healed ? 'healed' : 'open'} ${bill_amount ?? order_amount}`;
  return out_order_no === '' ? words : `${words} ${out_order_no}`;
}
