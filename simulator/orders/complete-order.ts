/** POST /v3/payscore/serviceorder/{out_order_no}/complete: ends the service and starts the charging. */
import * as z from 'zod';
import type { BusinessClock } from '../business-clock.ts';
import { checkIdentity, type Service } from '../service.ts';
import { canonicalJson } from '../transport/canonical-json.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields } from '../transport/fields.ts';
import { readJson } from '../transport/json-body.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import { CompleteFields } from './complete-fields.ts';
import { totalOf } from './fee-items.ts';
import { ledgerEntry } from './ledger.ts';
import type { Order, Orders } from './order.ts';
import { viewOf } from './order-view.ts';
import { checkServedTime } from './service-time.ts';
import { OutOrderNo } from './shared-fields.ts';
import { isAllowed } from './standing.ts';

const Path = z.object({ out_order_no: OutOrderNo });

export interface CompleteOrderParts {
  readonly service: Service;
  readonly orders: Orders;
  readonly clock: BusinessClock;
}

export function completeOrderHandler({ service, orders, clock }: CompleteOrderParts): Handler {
  return ({ params, body, requestId }) => {
    const { out_order_no } = readFields(Path, params, 'url');
    const json = readJson(body);
    const fields = readFields(CompleteFields, json, 'body');
    checkIdentity(fields, service);
    const order = orders.get(out_order_no);
    if (order === undefined) throw new RefusalError('orderNotFound');

    const said = canonicalJson(json);
    if (order.said.complete === said) return viewOf(order, 'complete');
    if (order.said.complete !== undefined) throw new RefusalError('completedOtherwise');
    if (!isAllowed('complete', order)) throw new RefusalError('orderState');

    const now = clock.now();
    checkTotal(fields, service);
    checkServedTime(fields.time_range, order, now);

    const done = completed(order, fields, said, now, requestId);
    orders.put(out_order_no, done);
    return viewOf(done, 'complete');
  };
}

function checkTotal(fields: CompleteFields, service: Service): void {
  const { total_amount, post_payments, post_discounts } = fields;
  if (total_amount !== totalOf(post_payments, post_discounts)) throw new RefusalError('total');
  if (total_amount > service.riskCap) throw new RefusalError('totalAboveCap');
}

function completed(
  order: Order,
  fields: CompleteFields,
  said: string,
  now: number,
  request_id: string,
): Order {
  const { state_description: _before, ...rest } = order;
  const { post_payments, post_discounts, total_amount } = fields;
  const { start_time = order.time_range.start_time } = fields.time_range;
  return {
    ...rest,
    ...chargeable(total_amount),
    post_payments,
    post_discounts,
    total_amount,
    time_range: { ...order.time_range, ...fields.time_range, start_time },
    location: { ...order.location, ...fields.location },
    said: { ...order.said, complete: said },
    ledger: [
      ...order.ledger,
      ledgerEntry({ event: 'completed', request_id, charged: 0, total_amount }, now),
    ],
  };
}

/** With nothing to pay, the order is done at once and never has a collection. */
function chargeable(total_amount: number): Pick<Order, 'state'> & Partial<Order> {
  if (total_amount === 0) return { state: 'DONE' };
  return {
    state: 'DOING',
    state_description: 'MCH_COMPLETE',
    collection: {
      state: 'USER_PAYING',
      total_amount,
      paying_amount: total_amount,
      paid_amount: 0,
      details: [],
    },
  };
}
