/** Which event a day's reconciliation makes, where it does not end balanced. */
import type { BusinessEvent } from './event.ts';
import { laneOfDay } from './lane.ts';
import type { DayFailure } from '../days/failure.ts';
import { withHappened, type Moment } from './outbox.ts';

export interface DayEventData {
  /** `yyyy-MM-dd` */
  readonly bill_date: string;
  /** Those that are open, by their kind. */
  readonly findings?: Readonly<Record<string, number>>;
  /** What stood in the way; in its own words where it is none of our facts, as are events of before. */
  readonly why?: DayFailure | string;
}

/** A run reconciles once, so that it has one event; that of a later run of the day has a higher number. */
export function dayEvents(
  what: 'unbalanced' | 'failed',
  data: DayEventData,
  now: Moment,
): readonly BusinessEvent[] {
  const happened = { type: `reconciliation.${what}`, data } as const;
  const nothing = { sequence: Math.floor(now.at.getTime() / 1_000) - 1, waiting: [] };
  return withHappened(nothing, [happened], laneOfDay(data.bill_date), now).waiting;
}
