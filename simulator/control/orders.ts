/** What a user and WeChat Pay do about an order, and the truth about it for tests. */
import { Router } from 'express';
import * as z from 'zod';
import type { BusinessClock } from '../business-clock.ts';
import type { Announcer } from '../notifications/announcer.ts';
import { ChargeScript, withScript, withWindow } from '../orders/charging.ts';
import { confirmed } from '../orders/confirmation.ts';
import type { Channel } from '../orders/ledger.ts';
import { toldOrder } from '../orders/order-view.ts';
import type { Order, Orders } from '../orders/order.ts';
import { charged, chargeFailed, coveredByCoupon } from '../orders/payment.ts';
import { isAllowed, isFinal, standingOf, type Operation } from '../orders/standing.ts';
import type { PolicyBook } from '../policies.ts';
import { ControlError } from './control-error.ts';

/** With a coupon that covers the whole amount, or without any. */
const Payment = z.strictObject({ coupon: z.boolean().default(false) });

const Window = z.strictObject({ seconds: z.number().min(0).max(31_536_000) });

export interface OrdersRouterParts {
  readonly orders: Orders;
  readonly policies: PolicyBook;
  readonly announcer: Announcer;
  readonly clock: BusinessClock;
}

export function ordersRouter(parts: OrdersRouterParts): Router {
  const { orders, policies, announcer, clock } = parts;

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

  function pay(out_order_no: string, channel: Channel, { coupon }: z.infer<typeof Payment>) {
    const order = findFor('charge', out_order_no, 'USER_PAYING');
    const charge = coupon ? coveredByCoupon : charged;
    const done = charge(order, channel, clock.now());
    const answer = keep(done);
    announcer.order('USER_PAID', done, clock.now());
    return answer;
  }

  return Router()
    .get('/:out_order_no', (req, res) => {
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
      announcer.order('USER_CONFIRM', done, clock.now());
      res.json(answer);
    })
    .post('/:out_order_no/charging', (req, res) => {
      const script = ChargeScript.parse(req.body ?? {});
      res.json(keep(withScript(findOpen(req.params.out_order_no), script, clock.now())));
    })
    .post('/:out_order_no/charging-window', (req, res) => {
      const { seconds } = Window.parse(req.body ?? {});
      res.json(keep(withWindow(findOpen(req.params.out_order_no), seconds, clock.now())));
    });
}
