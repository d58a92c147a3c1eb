/** The merchant's other hands: its console (商户平台) and other systems. Nothing of what they do is notified, but perhaps a refund. */
import { Router } from 'express';
import * as z from 'zod';
import { beijing14, readBeijing } from '../beijing-time.ts';
import { cancelled } from '../orders/cancel-order.ts';
import { CompleteFields } from '../orders/complete-fields.ts';
import { completed } from '../orders/complete-order.ts';
import { CreateFields } from '../orders/create-fields.ts';
import { inService, newOrder } from '../orders/create-order.ts';
import type { NumbersOfOthers } from '../orders/find-order.ts';
import { modified, ModifyFields } from '../orders/modify-order.ts';
import { toldOrder } from '../orders/order-view.ts';
import type { Order } from '../orders/order.ts';
import { isAllowed, standingOf, type Operation } from '../orders/state-table.ts';
import type { PolicyBook } from '../policy-book.ts';
import type { Service } from '../service.ts';
import { AccountSetting } from '../refunds/merchant-account.ts';
import { consoleRefundHandler, type ConsoleRefundParts } from './console-refund.ts';
import { ControlError } from './control-error.ts';

/** In place of the fingerprint and the `Request-ID` of a call: no call repeats what was done here. */
const CONSOLE = 'console';

const Total = z.object({ total_amount: CompleteFields.shape.total_amount });

export interface ConsoleRouterParts extends ConsoleRefundParts {
  readonly service: Service;
  readonly numbersOfOthers: NumbersOfOthers;
  readonly policies: PolicyBook;
}

export function consoleRouter(parts: ConsoleRouterParts): Router {
  const { service, orders, numbersOfOthers, policies, account, clock } = parts;

  function findFor(operation: Operation, out_order_no: string): Order {
    const order = orders.get(out_order_no);
    if (order === undefined) throw new ControlError(404, 'there is no such order');
    if (isAllowed(operation, order)) return order;
    throw new ControlError(409, `the order is ${standingOf(order)}`);
  }

  function keep(order: Order) {
    orders.put(order.out_order_no, order);
    return toldOrder(order, policies.now());
  }

  return Router()
    .post('/orders', (req, res) => {
      const { mchid, appid, service_id } = service;
      const fields = CreateFields.parse({ appid, service_id, ...USUAL_ORDER, ...req.body });
      if (orders.get(fields.out_order_no) !== undefined) {
        throw new ControlError(409, 'the number is taken');
      }
      const order = newOrder(fields, mchid, clock.now(), CONSOLE);
      res.status(201).json(keep({ ...order, ...inService, said: { create: CONSOLE } }));
    })
    .post('/orders/:out_order_no/complete', (req, res) => {
      const order = findFor('complete', req.params.out_order_no);
      const time_range = { end_time: firstEnd(order, clock.now()) };
      const said = { ...order, time_range, ...billOf(req.body), ...req.body };
      const call = { order, fields: CompleteFields.parse(said), said: CONSOLE };
      res.json(keep(completed(call, clock.now(), CONSOLE)));
    })
    .post('/orders/:out_order_no/modify', (req, res) => {
      const order = findFor('modify', req.params.out_order_no);
      const said = { ...order, reason: '改价', ...billOf(req.body), ...req.body };
      const call = { order, fields: ModifyFields.parse(said), said: CONSOLE };
      res.json(keep(modified(call, policies.now(), clock.now(), CONSOLE)));
    })
    .post('/orders/:out_order_no/cancel', (req, res) => {
      const order = findFor('cancel', req.params.out_order_no);
      res.json(keep(cancelled(order, CONSOLE, clock.now(), CONSOLE)));
    })
    .post('/orders/:out_order_no/refund', consoleRefundHandler(parts))
    .get('/account', (_req, res) => {
      res.json(account.now());
    })
    .patch('/account', (req, res) => {
      account.change(AccountSetting.parse(req.body ?? {}));
      res.json(account.now());
    })
    .put('/numbers-of-others/:out_order_no', (req, res) => {
      numbersOfOthers.put(req.params.out_order_no, true);
      res.json({});
    });
}

/** What another system would say of an order, where the test does not care. */
const USUAL_ORDER = {
  service_introduction: '其他业务',
  time_range: { start_time: 'OnAccept' },
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 100 },
  notify_url: 'http://127.0.0.1:9/other-system',
  openid: 'oOfAnotherSystem',
  need_user_confirm: false,
};

/** One fee and no discount, unless the body has others. */
function billOf(body: unknown) {
  const { total_amount } = Total.parse(body ?? {});
  return { post_payments: [{ name: '费用', amount: total_amount }], post_discounts: [] };
}

/** Now, or the first second that lies after the start. */
function firstEnd({ time_range, accepted_time }: Order, nowMs: number): string {
  const start = readBeijing(time_range.start_time) ?? readBeijing(accepted_time);
  return beijing14(Math.max(nowMs, (start?.ms ?? 0) + 1000));
}
