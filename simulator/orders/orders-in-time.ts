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

export interface OrdersInTime extends Orders {
  /** The order that was charged under this number. */
  orderOf(transaction_id: string): Order | undefined;
}

/** The same collection, in which time has always passed: whoever reads an order finds it as it stands now. */
export function createOrdersInTime({ kept, notifier, clock }: OrdersInTimeParts): OrdersInTime {
  const alarms = new Map<string, () => void>();
  const numbers = new Map<string, string>();

  function enter(order: Order): void {
    arm(order);
    for (const { transaction_id } of order.collection?.details ?? []) {
      if (transaction_id !== undefined) numbers.set(transaction_id, order.out_order_no);
    }
  }

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
    enter(order);
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

  for (const order of kept.each()) enter(order);
  return {
    ...kept,
    get,
    put,
    orderOf(transaction_id) {
      const number = numbers.get(transaction_id);
      return number === undefined ? undefined : get(number);
    },
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
