/** Adds to an order's timeline, which is bounded, so that no life is too long to be shown. */
import { isSame } from './fact.ts';
import type { Order } from './order.ts';
import type { Happening } from './timeline.ts';
import { rfc3339Of } from '../times/beijing-time.ts';

const LIMIT = 50;

/** Adds a line, and whatever it changes; of a long life the opening and the latest lines stay. */
export type Note = (event: Happening, change?: Partial<Order>) => Order;

export function notesOn(order: Order, at: Date): Note {
  return (event, change = {}) => {
    const last = order.timeline.at(-1);
    const timeline = [...order.timeline, { at: rfc3339Of(at), event }];
    // What only repeats itself would push out what matters.
    if (isSame(last?.event, event)) timeline.splice(-2, 1);
    if (timeline.length > LIMIT) timeline.splice(1, 1);
    return { ...order, ...change, timeline };
  };
}
