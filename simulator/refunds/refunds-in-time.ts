/** The refunds as they stand now: time is let pass before anybody reads one, and when nobody does. */
import type { BusinessClock } from '../business-clock.ts';
import type { Refund, Refunds } from './refund.ts';
import { afterTime } from './refund-steps.ts';

export interface RefundsInTime {
  get(out_refund_no: string): Refund | undefined;
  put(refund: Refund): void;
  /** In the order of their acceptance. */
  ofOrder(out_order_no: string): Refund[];
  each(): Iterable<Refund>;
  /** Whatever has fallen due happens. */
  catchUp(): void;
}

export interface RefundsInTimeParts {
  readonly kept: Refunds;
  readonly clock: Pick<BusinessClock, 'now' | 'runAt'>;
  /** What follows from a step of time, which has been kept before. */
  readonly stepped: (refund: Refund) => void;
}

export function createRefundsInTime({ kept, clock, stepped }: RefundsInTimeParts): RefundsInTime {
  const alarms = new Map<string, () => void>();
  const byOrder = new Map<string, Set<string>>();

  function enter({ out_order_no, out_refund_no, due }: Refund): void {
    const others = byOrder.get(out_order_no) ?? new Set();
    byOrder.set(out_order_no, others.add(out_refund_no));
    alarms.get(out_refund_no)?.();
    alarms.delete(out_refund_no);
    if (due !== undefined) {
      alarms.set(
        out_refund_no,
        clock.runAt(due.ms, () => void get(out_refund_no)),
      );
    }
  }

  function put(refund: Refund): void {
    kept.put(refund.out_refund_no, refund);
    enter(refund);
  }

  function get(out_refund_no: string): Refund | undefined {
    const before = kept.get(out_refund_no);
    if (before === undefined) return undefined;
    const after = afterTime(before, clock.now());
    if (after === before) return before;
    put(after);
    stepped(after);
    return after;
  }

  function catchUp(): void {
    for (const out_refund_no of [...alarms.keys()]) get(out_refund_no);
  }

  for (const refund of kept.each()) enter(refund);
  return {
    get,
    put,
    ofOrder: (out_order_no) =>
      [...(byOrder.get(out_order_no) ?? [])].flatMap((number) => get(number) ?? []),
    each() {
      catchUp();
      return kept.each();
    },
    catchUp,
  };
}
