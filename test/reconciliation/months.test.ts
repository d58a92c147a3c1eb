/** Random months of orders, refunds and corrections: the findings are exactly those that were planted, and all sums tie out. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as fc from 'fast-check';
import { holds } from '../properties/holds.ts';
import { PLOTS, type Expected, type Plot } from './month-plots.ts';
import { createMornings, newWorld, type DayTold, type World } from './month-world.ts';
import { sumOf, type Count } from '../../reconciliation/matching/count.ts';
import { openDuesOf } from '../../reconciliation/ledger/open-dues.ts';
import { billDateOf, spanOf } from '../../payscore/times/bill-date.ts';

/** PROPERTY_RUNS=4 makes them 200. */
const MONTHS = 50;
const DAYS = 9;
const DAY_MS = 24 * 3_600_000;
const FIRST = spanOf('2026-10-01').from.getTime();
/** Some plots begin the day before, and end two days after. */
const dayOf = (index: number) => billDateOf(new Date(FIRST + index * DAY_MS));
const ALL_DAYS = Array.from({ length: DAYS }, (_, index) => dayOf(index));

interface Planted {
  readonly plot: string;
  readonly day: number;
  readonly amount: number;
}

const planted = fc.record({
  plot: fc.constantFrom(...Object.keys(PLOTS)),
  day: fc.integer({ min: 1, max: DAYS - 4 }),
  amount: fc.integer({ min: 1_000, max: 500_000 }),
});

describe('a month', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payscore-months-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const plot of Object.keys(PLOTS)) {
    it(`of one order says what it must: ${plot}`, async () => {
      await check([{ plot, day: 2, amount: 1_000 }]);
    });
  }

  it(
    `of many orders says what it must, over ${MONTHS} random ones`,
    { timeout: 600_000 },
    async () => {
      const months = fc.array(planted, { maxLength: 25 });
      await holds(MONTHS, fc.asyncProperty(months, fc.infiniteStream(fc.nat()), check));
    },
  );

  /** Every morning, then every day once more in any order, when the whole month is there. */
  async function check(plants: readonly Planted[], dice: Iterator<number> = [].values()) {
    const world = newWorld();
    const plots = plants.map((plant, index) => [plant, plotOf(world, plant, index)] as const);
    const mornings = createMornings(world, folder);
    for (const day of ALL_DAYS) {
      const told = await mornings.morning(day);
      assert.deepEqual(
        told.found,
        expectedOn(day, plots, ({ morning = [] }) => morning),
        day,
      );
      checkSums(world, day, told);
      const awaited = plots.flatMap(([plant, plot]) =>
        (plot.awaited ?? []).filter(([later]) => dayOf(plant.day + later) === day),
      );
      const { report } = told;
      assert.equal(
        report.awaited.amount,
        awaited.reduce((sum, [, amount]) => sum + amount, 0),
      );
      const isClear = awaited.length === 0 && told.findings.every(({ healed }) => healed);
      assert.equal(report.result, isClear ? 'balanced' : 'unbalanced');
    }
    const reports = [];
    for (const day of shuffled(ALL_DAYS, dice)) {
      const told = await mornings.morning(day, true);
      const finalOf = ({ morning = [], finally: last = morning }: Plot) => last;
      assert.deepEqual(told.found, expectedOn(day, plots, finalOf), `${day}, once more`);
      assert.equal(told.report.awaited.count, 0);
      checkSums(world, day, told);
      reports.push(told.report);
    }
    // Of every transaction of ours, one day has it; and every row is somewhere.
    const orders = [...world.orders.values()].flatMap(({ ours }) => ours ?? []);
    const charges = orders.flatMap((order) => order.charges);
    assert.deepEqual(sumOf(reports.map(({ ours }) => ours)), countOf(charges));
    const income = reports.map(({ settlement }) => settlement?.total.income ?? 0);
    const rows = world.rows.filter(({ row }) => !row.refund).map(({ row }) => row.order_amount);
    assert.equal(total(income), total(rows));
    const waived = reports.map(({ waivers = {} }) => waivers.lowered ?? { count: 0, amount: 0 });
    assert.equal(sumOf(waived).count, world.waived.length);
    // What is owed at the end is what no bill has paid back.
    const owing = plants.filter(({ plot }) => plot === 'owing, and never paid back');
    const open = openDuesOf(mornings.entries());
    assert.deepEqual(
      [open.length, total(open.map(({ owed }) => owed))],
      [owing.length, owing.length * 300],
    );
  }
});

function plotOf(world: World, { plot, day, amount }: Planted, index: number): Plot {
  const id = String(index).padStart(20, '0');
  let refunds = 0;
  const make = PLOTS[plot] ?? assert.fail(plot);
  return make({
    ...{ world, number: `N${index}`, amount },
    ...{ transactions: [`42000000${id}`, `43000000${id}`] },
    day: (later) => dayOf(day + later),
    refundId: () => `50${index}${String((refunds += 1)).padStart(10, '0')}`,
  });
}

function expectedOn(
  day: string,
  plots: readonly (readonly [Planted, Plot])[],
  of: (plot: Plot) => readonly Expected[],
): string[] {
  return plots
    .flatMap(([plant, plot], index) =>
      of(plot)
        .filter(([later]) => dayOf(plant.day + later) === day)
        .map(([, words]) => `${words} N${index}`),
    )
    .toSorted();
}

/** Against the rows themselves, not against what the report says of them. */
function checkSums({ rows }: World, day: string, { report, findings }: DayTold): void {
  const ofDay = rows.filter((one) => one.day === day).map(({ row }) => row);
  const payments = ofDay.filter(({ refund }) => !refund);
  const refunds = ofDay.flatMap(({ refund }) => refund ?? []);
  const { sides, settlement } = report;
  assert.ok(sides && settlement);
  const paid = payments.map(({ order_amount: amount }) => ({ amount }));
  assert.deepEqual(sumOf(Object.values(sides.payments)), countOf(paid));
  assert.deepEqual(sumOf(Object.values(sides.refunds)), countOf(refunds));
  assert.deepEqual(sumOf(Object.values(sides.ours)), report.ours);
  const ofRows = findings.filter(({ line }) => line !== undefined);
  const ofPayments = ofRows.filter(({ refund_id }) => refund_id === undefined);
  const billed = (all: typeof findings) =>
    countOf(all.map((one) => ({ amount: one.bill_amount ?? 0 })));
  assert.deepEqual(sides.payments.findings, billed(ofPayments));
  assert.deepEqual(
    sides.refunds.findings,
    billed(ofRows.filter(({ refund_id }) => refund_id !== undefined)),
  );
  const fees = total(ofDay.map(({ fee }) => fee));
  const settled = total(payments.map((one) => one.settlement_amount));
  const back = total(refunds.map((one) => one.settlement_amount));
  assert.equal(settlement.total.expected_settlement, settled - back - fees);
}

function countOf(all: readonly { readonly amount: number }[]): Count {
  return { count: all.length, amount: total(all.map(({ amount }) => amount)) };
}

function total(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0);
}

function shuffled<T>(all: readonly T[], dice: Iterator<number>): T[] {
  return all
    .map((one) => [dice.next().value ?? 0, one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one);
}
