/** What a user and WeChat Pay do about an order, and the truth about it for tests. */
import { Router } from 'express';
import * as z from 'zod';
import { beijing14 } from '../beijing-time.ts';
import type { BusinessClock } from '../business-clock.ts';
import type { Notifier } from '../notifications/notifier.ts';
import { withScript, withWindow } from '../orders/charging.ts';
import { ChargeScript, ChargingRefusal } from '../orders/charge-script.ts';
import { confirmed } from '../orders/confirmation.ts';
import type { Channel } from '../orders/ledger.ts';
import { toldOrder } from '../orders/order-view.ts';
import type { Order, Orders } from '../orders/order.ts';
import {
  amountDue,
  charged,
  chargedAnyway,
  chargeFailed,
  paidElsewhere,
} from '../orders/payment.ts';
import { Amount } from '../orders/shared-fields.ts';
import { isAllowed, isFinal, standingOf, type Operation } from '../orders/state-table.ts';
import { Telling } from '../orders/telling.ts';
import type { PolicyBook } from '../policy-book.ts';
import type { RefundBook } from '../refunds/refund-book.ts';
import { ControlError } from './control-error.ts';

const Fen = Amount.min(1);

const Payment = z.strictObject({
  /** Of what is due, in fen; by default all of it. */
  amount: Fen.optional(),
  /** A coupon pays all of that, or so many fen of it. */
  coupon: z.union([z.boolean(), Fen]).default(false),
  /** MCH: to the merchant on another way, as if sync had told so. */
  paid_type: z.enum(['NEWTON', 'MCH']).default('NEWTON'),
});

const Window = z.strictObject({
  seconds: z.number().min(0).max(31_536_000),
  refusal: ChargingRefusal.default('chargeUnderWay'),
});

/** Whether the order shows the payment; one that was cancelled may stay so. */
const Anyway = z.strictObject({ order: z.enum(['becomes_paid', 'stays']).default('becomes_paid') });

export interface OrdersRouterParts {
  readonly orders: Orders;
  readonly policies: PolicyBook;
  readonly refunds: Pick<RefundBook, 'catchUp'>;
  readonly notifier: Notifier;
  readonly clock: BusinessClock;
}

export function ordersRouter(parts: OrdersRouterParts): Router {
  const { orders, refunds, policies, notifier, clock } = parts;

  function find(out_order_no: string): Order {
    const order = orders.get(out_order_no);
    if (order === undefined) throw new ControlError(404, 'there is no such order');
    return order;
  }

  function findFor(operation: Operation, out_order_no: string, needed: string): Order {
    const order = find(out_order_no);
    if (isAllowed(operation, order)) return order;
    throw new ControlError(409, `the order is ${standingOf(order)}, not ${needed}`);
  }

  function findOpen(out_order_no: string): Order {
    const order = find(out_order_no);
    if (isFinal(order)) throw new ControlError(409, `the order is ${standingOf(order)}`);
    return order;
  }

  function keep(order: Order) {
    orders.put(order.out_order_no, order);
    return told(order);
  }

  const told = (order: Order) => toldOrder(order, policies.now());

  function pay(out_order_no: string, channel: Channel, payment: z.infer<typeof Payment>) {
    const order = findFor('charge', out_order_no, 'USER_PAYING');
    const { amount = amountDue(order), paid_type } = payment;
    const coupon = payment.coupon === true ? amount : Number(payment.coupon);
    if (amount > amountDue(order)) throw new ControlError(409, 'more than is due');
    if (coupon > amount) throw new ControlError(409, 'the coupon is more than the amount');
    const now = clock.now();
    const done =
      paid_type === 'MCH'
        ? paidElsewhere(order, beijing14(now), now, {}, amount)
        : charged(order, channel, now, {}, { amount, coupon });
    const answer = keep(done);
    if (done.state === 'DONE') notifier.order('USER_PAID', done, now);
    return answer;
  }

  /** USER_PAID tells of the payment even where the order does not. */
  function chargeAnyway(out_order_no: string, { order: becomes }: z.infer<typeof Anyway>) {
    const order = find(out_order_no);
    const isOver = standingOf(order) === 'REVOKED' || standingOf(order) === 'USER_PAID';
    const done = isOver ? chargedAnyway(order, 'AUTH', clock.now()) : undefined;
    if (done === undefined) throw new ControlError(409, 'no charge of this order can be late');
    const { state, total_amount } = order;
    const telling = { ...order.telling, collection: 'absent' } as const;
    const stays = becomes === 'stays' && state === 'REVOKED';
    const answer = keep(stays ? { ...done, state, total_amount, telling } : done);
    notifier.order('USER_PAID', done, clock.now());
    return answer;
  }

  return Router()
    .get('/:out_order_no', (req, res) => {
      refunds.catchUp(); // they write into the ledger
      res.json(told(find(req.params.out_order_no)));
    })
    .post('/:out_order_no/pay', (req, res) => {
      res.json(pay(req.params.out_order_no, 'AUTH', Payment.parse(req.body ?? {})));
    })
    .post('/:out_order_no/pay-from-page', (req, res) => {
      res.json(pay(req.params.out_order_no, 'JSAPI', Payment.parse(req.body ?? {})));
    })
    .post('/:out_order_no/fail-to-pay', (req, res) => {
      const order = findFor('charge', req.params.out_order_no, 'USER_PAYING');
      res.json(keep(chargeFailed(order, 'AUTH', clock.now())));
    })
    .post('/:out_order_no/confirm', (req, res) => {
      const order = findFor('confirm', req.params.out_order_no, 'CREATED');
      const done = confirmed(order, clock.now());
      const answer = keep(done);
      notifier.order('USER_CONFIRM', done, clock.now());
      res.json(answer);
    })
    .post('/:out_order_no/charging', (req, res) => {
      const script = ChargeScript.parse(req.body ?? {});
      res.json(keep(withScript(findOpen(req.params.out_order_no), script, clock.now())));
    })
    .post('/:out_order_no/charging-window', (req, res) => {
      const { seconds, refusal } = Window.parse(req.body ?? {});
      const order = findOpen(req.params.out_order_no);
      res.json(keep(withWindow(order, seconds, refusal, clock.now())));
    })
    .post('/:out_order_no/charge-anyway', (req, res) => {
      res.json(chargeAnyway(req.params.out_order_no, Anyway.parse(req.body ?? {})));
    })
    .put('/:out_order_no/telling', (req, res) => {
      const telling = Telling.parse(req.body ?? {});
      res.json(keep({ ...find(req.params.out_order_no), telling }));
    });
}
