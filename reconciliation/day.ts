/** What a day is reconciled with, wherever it comes from; and what comes of it. */
import type { Bill } from './bill/day-bill.ts';
import type { BillRefund } from './bill/row.ts';
import type { FlowBill } from './fund-flow/fund-flow.ts';
import type { FlowRow } from './fund-flow/reader.ts';
import type { ReadLedger } from './matching/cross-day.ts';
import type { DeclaredRefunds } from './matching/declared-refunds.ts';
import type { OrderSource } from './matching/order-source.ts';
import type { Watch } from './progress.ts';
import type { BillFacts, DayReport } from './report/report.ts';

export interface Day {
  readonly bill: Bill;
  /** Where a payment of ours may stand that is not in the day's own; the one after, once it is there. */
  readonly otherBills: readonly (() => Promise<Bill>)[];
  /** What moved the merchant's account on the day; not asked for unless given. */
  readonly fundFlow?: () => Promise<FlowBill>;
  /** As WeChat tells of it, a refund that the trade bill lacks; undefined where it tells nothing. None is asked about unless given. */
  readonly refundBeside?: (row: FlowRow) => Promise<BillRefund | undefined>;
  /** What is in none of them is awaited, or missing. */
  readonly unbilledIs: 'awaited' | 'missing';
  readonly source: OrderSource;
  /** Of refunds; nothing unless given. */
  readonly declared?: DeclaredRefunds;
  /** What days have left, this one too, each time from its beginning; nothing unless given. */
  readonly ledger?: ReadLedger;
  /** Of payments, those that agreed with the bill of the day before or after: asked only where some must be in one alone. */
  readonly agreedBeside?: () => AsyncIterable<string>;
  /** What somebody has answered for, by the ids of findings of that day; nothing unless given. */
  readonly acknowledgedOn?: (bill_date: string) => Promise<ReadonlySet<string>>;
  /** The bill of the latest report of the day; undefined where there is none. */
  readonly billBefore?: BillFacts | undefined;
  /** When this day was first reconciled, in ms since the epoch. */
  readonly begunAt: number;
  /** What becomes of an order that does not answer. */
  readonly whenSilent: 'throw' | 'tell';
  /** For files that only this run needs. */
  readonly folder: string;
  readonly watch: Watch;
}

export interface Reconciled {
  readonly report: DayReport;
  /** The file with every finding, one a line. */
  readonly findings: string;
  /** The list of which row is of which order, CSV. */
  readonly matches: string;
  /** One a line: what users were let off. */
  readonly waivers: string;
  /** One a line: what other days must know. */
  readonly ledger: string;
}
