/** Days in Beijing as bills are named by them: `yyyy-MM-dd`. */
import { beijingTimeOf, instantOf } from './beijing-time.ts';

export type BillDate = string;

const DAY_MS = 24 * 3_600_000;
const MONTHS_KEPT = 3;

/** Why no bill can be had of that day. */
export type BillDateFault = 'not_a_day' | 'not_over' | 'too_old';

export function isBillDate(text: string): text is BillDate {
  return /^\d{4}-\d\d-\d\d$/.test(text) && instantOf(text.replaceAll('-', '')) !== undefined;
}

/** The day in Beijing that an instant falls on. */
export function billDateOf(instant: Date): BillDate {
  const day = beijingTimeOf(instant, 8);
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
}

/**
 * The instants of that day: from its first to the first of the next day, which is no longer of it.
 *
 * @throws {RangeError} it is no day
 */
export function spanOf(bill_date: BillDate): { from: Date; to: Date } {
  const from = isBillDate(bill_date) ? instantOf(bill_date.replaceAll('-', '')) : undefined;
  if (from === undefined) throw new RangeError('bill_date is no day of the form yyyy-MM-dd');
  return { from, to: new Date(from.getTime() + DAY_MS) };
}

export function dayBefore(bill_date: BillDate): BillDate {
  return billDateOf(new Date(spanOf(bill_date).from.getTime() - DAY_MS));
}

export function dayAfter(bill_date: BillDate): BillDate {
  return billDateOf(spanOf(bill_date).to);
}

/**
 * The oldest day a bill can be had of: "within the last three months" (申请交易账单), which are calendar months here.
 * Where that month has no such day, its last one: a day that is refused is worse than one that is not asked for.
 */
export function oldestBillDate(now: Date): BillDate {
  const [year = 0, month = 0, day = 0] = billDateOf(now).split('-').map(Number);
  // Day 0 of a month is the last of the month before it.
  const lastDay = new Date(Date.UTC(year, month - MONTHS_KEPT, 0)).getUTCDate();
  const oldest = new Date(Date.UTC(year, month - 1 - MONTHS_KEPT, Math.min(day, lastDay)));
  return oldest.toISOString().slice(0, 10);
}

/** Undefined where a bill can be had of the day: it is over, and not older than three months. */
export function billDateFault(text: string, now: Date): BillDateFault | undefined {
  if (!isBillDate(text)) return 'not_a_day';
  // Days of this form are in order as texts are.
  if (text >= billDateOf(now)) return 'not_over';
  return text < oldestBillDate(now) ? 'too_old' : undefined;
}
