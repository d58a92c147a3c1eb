/** What a user and WeChat Pay do about an order, and the truth about it for tests. */
import { Router } from 'express';
import * as z from 'zod';
import type { BusinessClock } from '../business-clock.ts';
import type { Notifier } from '../notifications/notifier.ts';
import { withScript, withWindow } from '../orders/charging.ts';
import { ChargeScript, ChargingRefusal } from '../orders/charge-script.ts';
import { confirmed } from '../orders/confirmation.ts';
import { toldOrder } from '../orders/order-view.ts';
import type { Order, Orders } from '../orders/order.ts';
import { chargedAnyway } from '../orders/payment.ts';
import { isFinal, standingOf } from '../orders/state-table.ts';
import { Telling } from '../orders/telling.ts';
import type { PolicyBook } from '../policy-book.ts';
import type { RefundBook } from '../refunds/refund-book.ts';
import { ControlError } from './control-error.ts';
import { createPaying, Payment } from './paying.ts';

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

  const paying = createPaying(parts);
  const { find, findFor } = paying;

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
      res.json(told(paying.pay(req.params.out_order_no, 'AUTH', Payment.parse(req.body ?? {}))));
    })
    .post('/:out_order_no/pay-from-page', (req, res) => {
      res.json(told(paying.pay(req.params.out_order_no, 'JSAPI', Payment.parse(req.body ?? {}))));
    })
    .post('/:out_order_no/fail-to-pay', (req, res) => {
      res.json(told(paying.failToPay(req.params.out_order_no)));
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
