/** The orders as they stand now: time is let pass before anybody reads one, and when nobody does. */
import { readBeijing } from '../beijing-time.ts';
import type { BusinessClock } from '../business-clock.ts';
import type { Notifier } from '../notifications/notifier.ts';
import type { Order, Orders } from './order.ts';
import { afterTime, dueOf } from './passing-time.ts';

export interface OrdersInTimeParts {
  readonly kept: Orders;
  readonly notifier: Notifier;
  readonly clock: BusinessClock;
}

/** The same collection, in which time has always passed: whoever reads an order finds it as it stands now. */
export function createOrdersInTime({ kept, notifier, clock }: OrdersInTimeParts): Orders {
  const alarms = new Map<string, () => void>();

  function arm(order: Order): void {
    const { out_order_no } = order;
    alarms.get(out_order_no)?.();
    alarms.delete(out_order_no);
    const due = dueOf(order);
    if (due !== undefined) {
      alarms.set(
        out_order_no,
        clock.runAt(due, () => void get(out_order_no)),
      );
    }
  }

  function put(key: string, order: Order): void {
    kept.put(key, order);
    arm(order);
  }

  function get(key: string): Order | undefined {
    const before = kept.get(key);
    if (before === undefined) return undefined;
    const after = afterTime(before, clock.now());
    if (after === before) return before;
    put(key, after);
    if (after.state === 'DONE') notifier.order('USER_PAID', after, paidMs(after, clock.now()));
    return after;
  }

  function catchUp(): void {
    for (const out_order_no of [...alarms.keys()]) get(out_order_no);
  }

  for (const order of kept.each()) arm(order);
  return {
    ...kept,
    get,
    put,
    values() {
      catchUp();
      return kept.values();
    },
    each() {
      catchUp();
      return kept.each();
    },
  };
}

function paidMs({ collection }: Order, nowMs: number): number {
  return readBeijing(collection?.details.at(-1)?.paid_time ?? '')?.ms ?? nowMs;
}
