/** How an outbox fills and empties. */
import type { BusinessEvent, Happened, Outbox } from './event.ts';
import { eventIdOf } from './lane.ts';
import { rfc3339Of } from '../times/beijing-time.ts';

/** Which run tells of it, and when. */
export interface Moment {
  readonly runId: string;
  readonly at: Date;
}

export function withHappened(
  { sequence: last, waiting }: Outbox,
  happened: readonly Happened[],
  lane: string,
  { runId, at }: Moment,
): Outbox {
  const events = happened.map((what, index): BusinessEvent => {
    const sequence = last + index + 1;
    return { id: eventIdOf({ lane, runId, sequence }), ...what, at: rfc3339Of(at), sequence };
  });
  return { sequence: last + events.length, waiting: [...waiting, ...events] };
}

/** The first so many have been handed over. */
export function withoutFirst<O extends Outbox>(outbox: O, count: number): O {
  return { ...outbox, waiting: outbox.waiting.slice(count) };
}
