/** What happened to an order, when and why: bounded, so that no life is too long to be shown. */
import { rfc3339Of } from './beijing-time.ts';
import type { Order } from './order.ts';

const LIMIT = 50;

/** Adds a line, and whatever it changes; of a long life the opening and the latest lines stay. */
export type Note = (text: string, change?: Partial<Order>) => Order;

export function notesOn(order: Order, at: Date): Note {
  return (text, change = {}) => {
    const last = order.timeline.at(-1);
    const timeline = [...order.timeline, { at: rfc3339Of(at), event: text }];
    // What only repeats itself would push out what matters.
    if (last?.event === text) timeline.splice(-2, 1);
    if (timeline.length > LIMIT) timeline.splice(1, 1);
    return { ...order, ...change, timeline };
  };
}
