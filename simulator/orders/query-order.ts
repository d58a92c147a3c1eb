/** GET /v3/payscore/serviceorder: an order as it stands, by out_order_no or query_id. */
import * as z from 'zod';
import { checkIdentity, Identity, type Service } from '../service.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields, readQuery } from '../transport/fields.ts';
import { findOrder, type FindOrderParts } from './find-order.ts';
import type { QueryIds } from './order.ts';
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

export interface QueryOrderParts extends FindOrderParts {
  readonly service: Service;
  readonly queryIds: QueryIds;
}

export function queryOrderHandler(parts: QueryOrderParts): Handler {
  const { service, queryIds, policies } = parts;

  return ({ target }) => {
    const query = readFields(Query, readQuery(target), 'query');
    checkIdentity(query, service);
    const { query_id = '', out_order_no = queryIds.get(query_id) } = query;
    return viewOf(findOrder(out_order_no, query, parts), 'query', policies.now());
  };
}
