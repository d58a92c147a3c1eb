/** What waits in a lane to be delivered, and what was delivered last. */
import type { BusinessEvent } from './event.ts';

export interface EventQueue {
  /** The oldest first; one at a time is delivered. */
  readonly waiting: readonly BusinessEvent[];
  /** The last of them, so that they can be sent again. */
  readonly delivered: readonly BusinessEvent[];
  /** Since when nobody took the first one, which is not tried any more; RFC 3339, Beijing. */
  readonly parkedSince?: string | undefined;
  /** What became of the last attempt, in words for people. */
  readonly why?: string | undefined;
}

/** The trouble of a lane that is parked. */
export const UNDELIVERED = 'undelivered';

export const EMPTY: EventQueue = { waiting: [], delivered: [] };

const DELIVERED_LIMIT = 20;
/** All of it must fit into what a run hands to the next: Temporal takes 2 MB, and an order's view may have 30 kB. */
const BYTES_LIMIT = 500_000;

/** Handed over twice, it is delivered once. */
export function withPublished(queue: EventQueue, events: readonly BusinessEvent[]): EventQueue {
  const known = [...queue.waiting, ...queue.delivered].map(({ id }) => id);
  const news = events.filter(({ id }) => !known.includes(id));
  return { ...queue, waiting: slim([...queue.waiting, ...news]) };
}

/** Wanted once more: behind those that wait, unless it is among them. */
export function withResent(queue: EventQueue, event: BusinessEvent): EventQueue {
  if (queue.waiting.some(({ id }) => id === event.id)) return queue;
  return { ...queue, waiting: slim([...queue.waiting, event]) };
}

/** The first one was taken. */
export function withFirstDelivered({ waiting, delivered }: EventQueue): EventQueue {
  const [first, ...rest] = waiting;
  if (!first) return { waiting, delivered };
  const others = delivered.filter(({ id }) => id !== first.id);
  const last = [...others, first].slice(-DELIVERED_LIMIT);
  return { waiting: rest, delivered: last.slice(-fitting(last)) };
}

/** While nobody takes them, the older ones lose the order's view first: what has happened stays. */
function slim(waiting: readonly BusinessEvent[]): readonly BusinessEvent[] {
  const whole = fitting(waiting);
  return waiting.map((event, index) => {
    if (index >= waiting.length - whole || !('order' in event.data)) return event;
    const { order: _order, ...data } = event.data;
    return { ...event, data };
  });
}

/** How many of the last may be kept whole; at least one. */
function fitting(events: readonly BusinessEvent[]): number {
  let bytes = 0;
  const tooMany = events.toReversed().findIndex((event, index) => {
    bytes += JSON.stringify(event).length;
    return index > 0 && bytes > BYTES_LIMIT;
  });
  return tooMany === -1 ? events.length : tooMany;
}
