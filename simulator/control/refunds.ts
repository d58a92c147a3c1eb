/** What becomes of refunds, and the truth about them for tests. */
import { Router } from 'express';
import * as z from 'zod';
import type { RefundBook } from '../refunds/refund-book.ts';
import type { Refund } from '../refunds/refund.ts';
import { RefundScript, type RefundScripts } from '../refunds/refund-script.ts';
import { toldRefund } from '../refunds/refund-view.ts';
import type { Orders } from '../orders/order.ts';
import type { Service } from '../service.ts';
import { ControlError } from './control-error.ts';

/** Of one refund, of all of an order, or of all of a service; the first service's if nothing is named. */
const Scripting = z
  .strictObject({
    out_refund_no: z.string().optional(),
    out_order_no: z.string().optional(),
    service_id: z.string().optional(),
    script: RefundScript,
  })
  .refine(({ script: _script, ...whose }) => Object.keys(whose).length <= 1, {
    error: 'one of out_refund_no, out_order_no and service_id',
  });

/** To another card of the user's, or into another balance. */
const Settling = z.strictObject({
  channel: z.enum(['OTHER_BANKCARD', 'OTHER_BALANCE']).default('OTHER_BANKCARD'),
  user_received_account: z.string().min(1).max(64).optional(),
});

const ACCOUNTS = { OTHER_BANKCARD: '招商银行借记卡0403', OTHER_BALANCE: '支付用户零钱' };

export interface RefundsRouterParts {
  readonly service: Service;
  readonly orders: Orders;
  readonly refunds: RefundBook;
  readonly refundScripts: RefundScripts;
}

export function refundsRouter(parts: RefundsRouterParts): Router {
  const { service, orders, refunds, refundScripts } = parts;

  function find(out_refund_no: string): Refund {
    const refund = refunds.get(out_refund_no);
    if (refund === undefined) throw new ControlError(404, 'there is no such refund');
    return refund;
  }

  /** A refund that is under way takes the new end at once; the others are yet to come. */
  function write({ script, ...whose }: z.infer<typeof Scripting>): RefundScript {
    const { service_id } = service;
    refundScripts.set(Object.keys(whose).length > 0 ? whose : { service_id }, script);
    const refund = refunds.get(whose.out_refund_no ?? '');
    if (refund === undefined) return refundScripts.for({ service_id, ...whose });
    const { out_order_no, out_refund_no } = refund;
    const of = { service_id: orders.get(out_order_no)?.service_id, out_order_no, out_refund_no };
    const holds = refundScripts.for(of);
    if (refund.status === 'PROCESSING') refunds.plan(refund, holds);
    return holds;
  }

  return Router()
    .get('/', (req, res) => {
      const { out_order_no } = req.query;
      const all = typeof out_order_no === 'string' ? refunds.ofOrder(out_order_no) : refunds.each();
      res.json({ refunds: [...all].map(toldRefund) });
    })
    .put('/script', (req, res) => {
      res.json(write(Scripting.parse(req.body ?? {})));
    })
    .get('/:out_refund_no', (req, res) => {
      res.json(toldRefund(find(req.params.out_refund_no)));
    })
    .post('/:out_refund_no/settle', (req, res) => {
      const refund = find(req.params.out_refund_no);
      if (refund.status !== 'ABNORMAL') throw new ControlError(409, `it is ${refund.status}`);
      const { channel, user_received_account = ACCOUNTS[channel] } = Settling.parse(req.body ?? {});
      res.json(toldRefund(refunds.settle(refund, { channel, user_received_account })));
    });
}
