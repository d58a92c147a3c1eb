/** GET /v3/payscore/serviceorder: an order as it stands, by out_order_no. */
import * as z from 'zod';
import { checkIdentity, Identity, type Service } from '../service.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields, readQuery } from '../transport/fields.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { Orders } from './order.ts';
import { viewOf } from './order-view.ts';
import { OutOrderNo } from './shared-fields.ts';

const Query = Identity.extend({
  out_order_no: OutOrderNo.optional(),
  /** Comes from the confirmation page, which a confirm-free service does not have. */
  query_id: z.string().min(1).max(512).optional(),
}).refine((query) => (query.out_order_no === undefined) !== (query.query_id === undefined), {
  path: ['out_order_no'],
  error: 'exactly one of out_order_no and query_id',
});

export function queryOrderHandler(service: Service, orders: Orders): Handler {
  return ({ target }) => {
    const query = readFields(Query, readQuery(target), 'query');
    checkIdentity(query, service);
    const order = query.out_order_no === undefined ? undefined : orders.get(query.out_order_no);
    if (order === undefined) throw new RefusalError('orderNotFound');
    return viewOf(order, 'query');
  };
}
