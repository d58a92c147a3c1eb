/** What orders here were paid on a day, as it comes to light: each payment is in exactly one place, and all of them must sum up. */
import { add, nothing, sumOf, type Count } from './count.ts';
import type { Charge, OurOrder, OurPayment } from './order-source.ts';
import type { EntryOf } from '../ledger/entry.ts';
import { billDateOf } from '../../payscore/times/bill-date.ts';

/**
 * - `agreed`: the day's bill has it, and all is in order
 * - `in_other_bill`: the bill of another day has it
 * - `awaited`: no bill has it so far
 * - `findings`: told
 */
export type OwnPlace = 'agreed' | 'in_other_bill' | 'awaited' | 'findings';
export type OwnPlaces = Readonly<Record<OwnPlace, Count>>;

export interface OwnPayment {
  readonly out_order_no: string;
  readonly transaction_id: string;
  readonly knownAt: number;
  readonly service_id: string | undefined;
  readonly isOwed: boolean;
  amount: number;
  /** Its row was met. */
  isBilled: boolean;
  /** Its order was read: the amount is the charge's own, not the sum of the order. */
  isRead: boolean;
  place: OwnPlace | undefined;
}

export function createOurSide(bill_date: string) {
  const payments = new Map<string, OwnPayment>();
  const further = new Map<string, EntryOf<'further_charge'>>();
  const ours = nothing();
  const places = {
    ...{ agreed: nothing(), in_other_bill: nothing() },
    ...{ awaited: nothing(), findings: nothing() },
  };

  /** An order that was taken up again has its payment in more than one run. */
  function list(payment: OurPayment, isRead = false): void {
    const { out_order_no, transaction_id, amount, knownAt, service_id, isOwed = false } = payment;
    if (payments.has(transaction_id)) return;
    // Field by field: a day may have a million of them, and a spread costs four times as much.
    payments.set(transaction_id, {
      out_order_no,
      transaction_id,
      knownAt,
      service_id,
      isOwed,
      amount,
      isBilled: false,
      isRead,
      place: undefined,
    });
    add(ours, amount);
  }

  /** So that it makes no difference whether the list knows an order already, or learns of it by this very run. */
  function read(order: OurOrder): void {
    const first = firstOf(order);
    for (const charge of order.charges) {
      const { transaction_id, amount } = charge;
      const listed = payments.get(transaction_id);
      const day = dayOf(charge, order);
      if (listed) {
        const isOfOther = charge.bill_date !== undefined && charge.bill_date !== bill_date;
        if (isOfOther && listed.place === undefined) drop(listed);
        else correct(listed, amount);
      } else if (day === bill_date) {
        list(ownOf(charge, order), true);
      }
      if (day !== undefined && day !== bill_date && charge !== first) {
        const { isOwed: _, ...own } = ownOf(charge, order);
        further.set(transaction_id, { code: 'further_charge', bill_date: day, ...own });
      }
    }
  }

  function settlePayment(payment: OwnPayment, place: OwnPlace): void {
    if (payment.place !== undefined) return;
    payment.place = place;
    add(places[place], payment.amount);
  }

  function correct(listed: OwnPayment, amount: number): void {
    listed.isRead = true;
    ours.amount += amount - listed.amount;
    if (listed.place) places[listed.place].amount += amount - listed.amount;
    listed.amount = amount;
  }

  function drop(listed: OwnPayment): void {
    payments.delete(listed.transaction_id);
    ours.count -= 1;
    ours.amount -= listed.amount;
  }

  return {
    payments: payments as ReadonlyMap<string, OwnPayment>,
    list,
    read,
    /** The first place is the last: what comes of a second row of it is a matter of the bill's. */
    settle(transaction_id: string, place: OwnPlace): void {
      const payment = payments.get(transaction_id);
      if (payment) settlePayment(payment, place);
    },
    settlePayment,
    /** Those of which no row was seen. */
    unsettled: (): OwnPayment[] => [...payments.values()].filter(({ place }) => !place),
    /** For the days that they are of. */
    furtherCharges: (): EntryOf<'further_charge'>[] => [...further.values()],
    ours: (): Count => ({ ...ours }),
    places: places as OwnPlaces,
    /** @throws {Error} a payment is in no place, or in two: a fault of this program */
    prove(): void {
      const { count, amount } = sumOf(Object.values(places));
      if (count === ours.count && amount === ours.amount && count === payments.size) return;
      throw new Error(
        `the places make ${count} payments of ${amount} fen, ours are ${ours.count} of ${ours.amount}: a fault of this program`,
      );
    },
  };
}

export type OurSide = ReturnType<typeof createOurSide>;

/** The one that lists of orders have: the first that was not nothing. */
export function firstOf({ charges }: OurOrder): Charge | undefined {
  return charges.find(({ amount }) => amount > 0) ?? charges[0];
}

/** Of a charge that WeChat gave no time that can be read it is the day on which its order learned of it. */
export function dayOf({ bill_date }: Charge, { endedAt }: OurOrder): string | undefined {
  return bill_date ?? (endedAt === undefined ? undefined : billDateOf(new Date(endedAt)));
}

function ownOf({ transaction_id, amount }: Charge, order: OurOrder): OurPayment {
  const { out_order_no, service_id, endedAt: knownAt = Number.MAX_SAFE_INTEGER } = order;
  return {
    ...{ out_order_no, transaction_id, amount, knownAt },
    ...(service_id !== undefined && { service_id }),
  };
}
