/** A month for finance: what the bills of its days bring, what is owed, what is still being charged, what users were let off. */
import type { Count } from '../matching/count.ts';
import { add, nothing, type Counter } from '../matching/count.ts';
import type { WaivedOrder } from '../matching/order-source.ts';
import { nothingTaken, takingsOf, type Settlement, type Sums } from '../matching/takings.ts';
import { openDuesOf, type OpenDue } from '../ledger/open-dues.ts';
import type { Dated } from '../ledger/entry.ts';
import { dayAfter } from '../../payscore/times/bill-date.ts';
import type { WaiverCode } from '../../payscore/rules/waiver.ts';
import { countStandings, type StandingCounts } from './standing.ts';
import type { Result } from './report.ts';
import type { ReportStore } from './store.ts';

export interface MonthDay {
  readonly bill_date: string;
  readonly result: Result;
  readonly findings: StandingCounts;
  /** Its report is of before 0.3, and not in the totals. */
  readonly isWithoutTotals?: true;
}

export interface Month {
  /** `yyyy-MM` */
  readonly month: string;
  readonly days: readonly MonthDay[];
  /** Days that are over, and have no report. */
  readonly missing: readonly string[];
  readonly settlement: Settlement;
  /** Of any day: what was charged too much, and not paid back so far. */
  readonly refund_due: Count & { readonly orders: readonly AgedDue[] };
  readonly waivers: Waivers;
}

export interface AgedDue extends OpenDue {
  /** Since the day of the bill. */
  readonly age_days: number;
}

export interface Waivers {
  readonly counts: Readonly<Partial<Record<WaiverCode, Count>>>;
  /** By the name of the API key; what nobody here asked for is under `''`. */
  readonly by: Readonly<Record<string, Readonly<Partial<Record<WaiverCode, Count>>>>>;
}

const DAY_MS = 24 * 3_600_000;

/** @param today `yyyy-MM-dd`, in Beijing */
export async function monthOf(store: ReportStore, month: string, today: string): Promise<Month> {
  const days: MonthDay[] = [];
  const services = new Map<string, Sums[]>();
  const elsewhere: Sums[] = [];
  const counts: Partial<Record<WaiverCode, Counter>> = {};
  const by: Record<string, Partial<Record<WaiverCode, Counter>>> = {};
  const reported = new Set(await store.days(month));
  for (const bill_date of reported) {
    const report = await store.read(bill_date);
    if (!report) continue;
    const { settlement, result } = report;
    const { counts: findings } = await countStandings(store, bill_date);
    days.push({ bill_date, result, findings, ...(!settlement && { isWithoutTotals: true }) });
    for (const [id, takings] of Object.entries(settlement?.services ?? {})) {
      services.set(id, [...(services.get(id) ?? []), takings]);
    }
    elsewhere.push(settlement?.elsewhere ?? nothingTaken());
    for await (const waived of store.waivers(bill_date)) {
      const { code, amount = 0, by: who = '' } = waived;
      add((counts[code] ??= nothing()), amount);
      add(((by[who] ??= {})[code] ??= nothing()), amount);
    }
  }
  const told = new Set(days.map(({ bill_date }) => bill_date));
  return {
    ...{ month, days, missing: daysOf(month, today).filter((it) => !told.has(it)) },
    settlement: {
      services: Object.fromEntries([...services].map(([id, all]) => [id, takingsOf(all)])),
      elsewhere: takingsOf(elsewhere),
      total: takingsOf([...[...services.values()].flat(), ...elsewhere]),
    },
    refund_due: await openDues(store, today),
    waivers: { counts, by },
  };
}

/** With the day on which each ended. */
export async function* waiversIn(
  store: ReportStore,
  month: string,
): AsyncIterable<WaivedOrder & { readonly bill_date: string }> {
  for (const bill_date of await store.days(month)) {
    for await (const waived of store.waivers(bill_date)) yield { bill_date, ...waived };
  }
}

/** Less what somebody has answered for. */
async function openDues(store: ReportStore, today: string): Promise<Month['refund_due']> {
  const relevant: Dated[] = [];
  const orders = new Set<string>();
  for await (const dated of store.ledger.entries()) {
    if (dated.entry.code !== 'due') continue;
    relevant.push(dated);
    orders.add(dated.entry.out_order_no);
  }
  for await (const dated of store.ledger.entries()) {
    const { entry } = dated;
    const isIts = entry.code === 'refund' && orders.has(entry.out_order_no);
    if (isIts || entry.code === 'refund_ended') relevant.push(dated);
  }
  const sum = nothing();
  const open: AgedDue[] = [];
  for (const due of openDuesOf(relevant)) {
    const answered = await store.acknowledgements(due.bill_date);
    if (answered.some(({ finding_id }) => finding_id === due.finding_id)) continue;
    add(sum, due.owed);
    const age_days = Math.round((Date.parse(today) - Date.parse(due.bill_date)) / DAY_MS);
    open.push({ ...due, age_days });
  }
  return { ...sum, orders: open.toSorted((a, b) => b.age_days - a.age_days) };
}

/** Those that are over. */
function daysOf(month: string, today: string): string[] {
  const days: string[] = [];
  for (let day = `${month}-01`; day.startsWith(month) && day < today; day = dayAfter(day)) {
    days.push(day);
  }
  return days;
}
