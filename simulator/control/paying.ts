/** What a user and WeChat Pay do about the payment of an order. */
import * as z from 'zod';
import { beijing14 } from '../beijing-time.ts';
import type { BusinessClock } from '../business-clock.ts';
import type { Notifier } from '../notifications/notifier.ts';
import type { Channel } from '../orders/ledger.ts';
import type { Order, Orders } from '../orders/order.ts';
import { amountDue, charged, chargeFailed, paidElsewhere } from '../orders/payment.ts';
import { Amount } from '../orders/shared-fields.ts';
import { isAllowed, standingOf, type Operation } from '../orders/state-table.ts';
import { ControlError } from './control-error.ts';

const Fen = Amount.min(1);

export const Payment = z.strictObject({
  /** Of what is due, in fen; by default all of it. */
  amount: Fen.optional(),
  /** A coupon pays all of that, or so many fen of it. */
  coupon: z.union([z.boolean(), Fen]).default(false),
  /** MCH: to the merchant on another way, as if sync had told so. */
  paid_type: z.enum(['NEWTON', 'MCH']).default('NEWTON'),
});
export type Payment = z.infer<typeof Payment>;

export interface PayingParts {
  readonly orders: Orders;
  readonly notifier: Notifier;
  readonly clock: BusinessClock;
}

export type Paying = ReturnType<typeof createPaying>;

export function createPaying({ orders, notifier, clock }: PayingParts) {
  function find(out_order_no: string): Order {
    const order = orders.get(out_order_no);
    if (order === undefined) {
      throw new ControlError(404, 'there is no such order', 'no_such_order');
    }
    return order;
  }

  function findFor(operation: Operation, out_order_no: string, needed: string): Order {
    const order = find(out_order_no);
    if (isAllowed(operation, order)) return order;
    const message = `the order is ${standingOf(order)}, not ${needed}`;
    throw new ControlError(409, message, operation === 'charge' ? 'not_charging' : undefined);
  }

  function keep(order: Order): Order {
    orders.put(order.out_order_no, order);
    return order;
  }

  return {
    find,
    findFor,
    /** @throws {ControlError} where WeChat Pay is not charging it, or less is due */
    pay(out_order_no: string, channel: Channel, payment: Payment): Order {
      const order = findFor('charge', out_order_no, 'USER_PAYING');
      const { amount = amountDue(order), paid_type } = payment;
      const coupon = payment.coupon === true ? amount : Number(payment.coupon);
      if (amount > amountDue(order)) throw new ControlError(409, 'more than is due');
      if (coupon > amount) throw new ControlError(409, 'the coupon is more than the amount');
      const now = clock.now();
      const done = keep(
        paid_type === 'MCH'
          ? paidElsewhere(order, beijing14(now), now, {}, amount)
          : charged(order, channel, now, {}, { amount, coupon }),
      );
      if (done.state === 'DONE') notifier.order('USER_PAID', done, now);
      return done;
    },
    /** An attempt that fails: only the ledger tells. */
    failToPay(out_order_no: string): Order {
      const order = findFor('charge', out_order_no, 'USER_PAYING');
      return keep(chargeFailed(order, 'AUTH', clock.now()));
    },
  };
}
