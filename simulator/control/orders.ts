/** What a user does about an order, and the truth about it for tests. */
import { Router } from 'express';
import type { BusinessClock } from '../business-clock.ts';
import { paidNotification } from '../notifications/notification.ts';
import type { Outbox } from '../notifications/outbox.ts';
import { viewOf } from '../orders/order-view.ts';
import type { Order, Orders } from '../orders/order.ts';
import { paid } from '../orders/payment.ts';
import { isAllowed, standingOf } from '../orders/standing.ts';
import { ControlError } from './control-error.ts';

export function ordersRouter(orders: Orders, outbox: Outbox, clock: BusinessClock): Router {
  function find(out_order_no: string): Order {
    const order = orders.get(out_order_no);
    if (order === undefined) throw new ControlError(404, 'there is no such order');
    return order;
  }

  return Router()
    .get('/:out_order_no', (req, res) => {
      res.json(told(find(req.params.out_order_no)));
    })
    .post('/:out_order_no/pay', (req, res) => {
      const order = find(req.params.out_order_no);
      if (!isAllowed('charge', order)) {
        throw new ControlError(409, `the order is ${standingOf(order)}, not USER_PAYING`);
      }
      const done = paid(order, clock.now());
      orders.put(done.out_order_no, done);
      outbox.add(paidNotification(done, clock.now()));
      res.json(told(done));
    });
}

function told(order: Order) {
  return { order: viewOf(order, 'query'), ledger: order.ledger };
}
