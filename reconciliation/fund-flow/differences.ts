/** Which payments and refunds the account and the trade bill have otherwise. Read only where their sums do not agree. */
import { rfc3339In } from '../bill/row.ts';
import type { Finding } from '../report/finding.ts';

export interface Difference {
  readonly side: 'payments' | 'refunds';
  /** `transaction_id` of a payment, `refund_id` of a refund. */
  readonly id: string;
  /** In fen; nothing where the trade bill does not have it. */
  readonly bill_amount: number;
  /** In fen; nothing where the account was not moved for it. */
  readonly account_amount: number;
  /** In Beijing, `yyyy-MM-dd HH:mm:ss`. */
  readonly time: string;
  /** So near to midnight that the other bill may have it on the other day. */
  readonly isAtMidnight: boolean;
}

type Compared = { -readonly [Name in keyof Difference]: Difference[Name] };

export function differencesOf() {
  const all = new Map<string, Compared>();

  return {
    /** What both have of it so far, to be added to. */
    of(side: Difference['side'], id: string, { time }: { readonly time: string }): Compared {
      const key = `${side} ${id}`;
      const its = all.get(key);
      if (its) return its;
      const isAtMidnight = isNearMidnight(time);
      const first = { side, id, bill_amount: 0, account_amount: 0, time, isAtMidnight };
      all.set(key, first);
      return first;
    },
    all(): Difference[] {
      return [...all.values()].filter(({ bill_amount, account_amount }) => {
        return bill_amount !== account_amount;
      });
    },
  };
}

export function differing({ side, id, time, bill_amount, account_amount }: Difference): Finding {
  const which = side === 'refunds' ? { transaction_id: '', refund_id: id } : { transaction_id: id };
  return {
    ...{ kind: 'account_differs', healed: false, out_order_no: '', bill_amount, account_amount },
    ...{ ...which, time: rfc3339In(time) },
  };
}

/** Within five minutes, as bills write their times. */
function isNearMidnight(time: string): boolean {
  const clock = time.slice(11);
  return clock < '00:05:00' || clock >= '23:55:00';
}
