/** What orders here were paid on a day, as they come to light: from the list, and from orders that are looked into. */
import { add, nothing, type Count } from './count.ts';
import type { Charge, OurOrder, OurPayment } from './order-source.ts';

export interface OwnCharge {
  readonly out_order_no: string;
  readonly charge: Charge;
}

export function createOurSide(bill_date: string) {
  const payments = new Map<string, OurPayment>();
  const found = new Map<string, OurOrder>();
  const ours = nothing();

  /** An order that was taken up again has its payment in more than one run. */
  function list(payment: OurPayment): void {
    if (payments.has(payment.transaction_id)) return;
    payments.set(payment.transaction_id, payment);
    add(ours, payment.amount);
  }

  /** So that it makes no difference whether the list knows an order already, or learns of it by this very run. */
  function read(order: OurOrder): void {
    const isNew = !found.has(order.out_order_no);
    const [first] = order.charges;
    if (!first) return;
    found.set(order.out_order_no, order);
    const isListed = payments.has(first.transaction_id);
    if (isNew && !isListed && first.bill_date === bill_date) {
      add(
        ours,
        order.charges.reduce((sum, { amount }) => sum + amount, 0),
      );
    }
  }

  /** Charges of the day of which no row was seen. Of what was not looked into, the list has all that there is. */
  function* unseen(isSeen: (transaction_id: string) => boolean): Iterable<OwnCharge> {
    const partsOf = new Map(
      [...found.values()].flatMap(({ out_order_no, charges }) =>
        charges.map((charge) => [charge.transaction_id, { out_order_no, charge }] as const),
      ),
    );
    for (const payment of payments.values()) {
      const { transaction_id, out_order_no } = payment;
      if (!isSeen(transaction_id)) {
        yield partsOf.get(transaction_id) ?? { out_order_no, charge: payment };
      }
    }
    for (const [transaction_id, part] of partsOf) {
      if (part.charge.bill_date === bill_date && !isSeen(transaction_id)) yield part;
    }
  }

  return { payments, list, read, unseen, ours: (): Count => ({ ...ours }) };
}
