/** Beijing days of which there are bills, and when those are made. */
import { beijing8, readBeijing } from '../beijing-time.ts';
import { RefusalError } from '../transport/refusal-error.ts';

const DAY_MS = 86_400_000;

/** `2026-10-01` → `20261001` */
export function digitsOfDay(date: string): string {
  return date.replaceAll('-', '');
}

export function dayBefore(day: string): string {
  return beijing8(msOf(day) - DAY_MS);
}

/** When the bill of this day is there: at `HH:mm` of the next one. */
export function readyMs(day: string, readyAt: string): number {
  return msOf(`${day}${readyAt.replace(':', '')}00`) + DAY_MS;
}

/**
 * Bills exist of the last three months, up to yesterday, and of yesterday once they are ready.
 * @throws {RefusalError} `billDate`, `billCreating`
 */
export function checkDay(day: string, readyAt: string, nowMs: number): void {
  const today = beijing8(nowMs);
  if (day >= today || day < threeMonthsBefore(today)) throw new RefusalError('billDate');
  if (nowMs < readyMs(day, readyAt)) throw new RefusalError('billCreating');
}

/** The same day of the month, or the last one where that month is shorter. */
function threeMonthsBefore(today: string): string {
  const [year, month, date] = [today.slice(0, 4), today.slice(4, 6), today.slice(6)].map(Number);
  const first = new Date(Date.UTC(year ?? 0, (month ?? 0) - 4, 1));
  const last = new Date(Date.UTC(year ?? 0, (month ?? 0) - 3, 0)).getUTCDate();
  first.setUTCDate(Math.min(date ?? 0, last));
  return digitsOfDay(first.toISOString().slice(0, 10));
}

function msOf(beijing: string): number {
  return readBeijing(beijing)?.ms ?? Number.NaN;
}
