/** GET /v3/payscore/serviceorder: an order as it stands, by out_order_no or query_id. */
import * as z from 'zod';
import type { PolicyBook } from '../policies.ts';
import { checkIdentity, Identity, type Service } from '../service.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields, readQuery } from '../transport/fields.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { Orders, QueryIds } from './order.ts';
import { viewOf } from './order-view.ts';
import { OutOrderNo } from './shared-fields.ts';

const Query = Identity.extend({
  out_order_no: OutOrderNo.optional(),
  /** Comes from the page that confirms an order: none that is confirm-free has one. */
  query_id: z.string().min(1).max(512).optional(),
}).refine((query) => (query.out_order_no === undefined) !== (query.query_id === undefined), {
  path: ['out_order_no'],
  error: 'exactly one of out_order_no and query_id',
});

export interface QueryOrderParts {
  readonly service: Service;
  readonly orders: Orders;
  readonly queryIds: QueryIds;
  readonly policies: PolicyBook;
}

export function queryOrderHandler(parts: QueryOrderParts): Handler {
  const { service, orders, queryIds, policies } = parts;

  return ({ target }) => {
    const query = readFields(Query, readQuery(target), 'query');
    checkIdentity(query, service);
    const { query_id = '', out_order_no = queryIds.get(query_id) } = query;
    const order = out_order_no === undefined ? undefined : orders.get(out_order_no);
    if (order === undefined) throw new RefusalError('orderNotFound');
    return viewOf(order, 'query', policies.now());
  };
}
