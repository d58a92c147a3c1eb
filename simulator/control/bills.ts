/** What the bills hold beyond the charges, and how they are made. */
import { Router } from 'express';
import * as z from 'zod';
import type { Bills, BillCallParts } from '../bills/bills.ts';
import { BillSettings } from '../bills/bill-settings.ts';
import { SeededRow } from '../bills/seeded.ts';
import type { Orders } from '../orders/order.ts';
import { ControlError } from './control-error.ts';

const Changes = z.record(z.string(), z.unknown());

interface BillControlParts extends BillCallParts {
  readonly orders: Orders;
}

export function billsRouter({ bills, clock, orders }: BillControlParts): Router {
  return Router()
    .get('/settings', (_req, res) => {
      res.json(bills.settings());
    })
    .post('/settings', (req, res) => {
      const changed = Changes.parse(req.body ?? {});
      bills.configure(BillSettings.parse({ ...bills.settings(), ...changed }));
      res.json(bills.settings());
    })
    .get('/rows', (_req, res) => {
      res.json({ rows: bills.seeded() });
    })
    .post('/rows', (req, res) => {
      const it = SeededRow.parse(req.body);
      if (it.kind !== 'foreign') checkOrder(it.out_order_no);
      if (it.kind === 'refund') checkRefund(it.out_order_no, it.amount);
      const dated = it.kind === 'refund' || it.kind === 'foreign';
      const time = new Date(clock.now()).toISOString();
      bills.seed(dated ? { ...it, time: it.time ?? time } : it);
      res.status(201).json({ rows: bills.seeded() });
    })
    .delete('/rows', (_req, res) => {
      bills.clear();
      res.json({ rows: bills.seeded() });
    });

  function chargeOf(out_order_no: string): number | undefined {
    const order = orders.get(out_order_no);
    if (order === undefined) throw new ControlError(404, 'there is no such order');
    return bills.chargeOf(order);
  }

  function checkOrder(out_order_no: string): void {
    if (chargeOf(out_order_no) === undefined) {
      throw new ControlError(409, 'WeChat Pay has collected nothing for this order');
    }
  }

  function checkRefund(out_order_no: string, amount: number): void {
    if (refundedBefore(bills, out_order_no) + amount > (chargeOf(out_order_no) ?? 0)) {
      throw new ControlError(409, 'more would be refunded than was paid');
    }
  }
}

function refundedBefore(bills: Bills, out_order_no: string): number {
  return bills
    .seeded()
    .filter((it) => it.kind === 'refund' && it.out_order_no === out_order_no)
    .reduce((sum, it) => sum + (it.kind === 'refund' ? it.amount : 0), 0);
}
