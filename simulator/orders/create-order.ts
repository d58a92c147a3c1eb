/** POST /v3/payscore/serviceorder: creates an order, in confirm-free mode always at once in service. */
import { beijing14 } from '../beijing-time.ts';
import type { BusinessClock } from '../business-clock.ts';
import type { Permissions } from '../permissions/permission.ts';
import { isAvailable } from '../permissions/permission.ts';
import { checkIdentity, type Service } from '../service.ts';
import { canonicalJson } from '../transport/canonical-json.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields } from '../transport/fields.ts';
import { readJson } from '../transport/json-body.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import { CreateFields } from './create-fields.ts';
import { ledgerEntry } from './ledger.ts';
import { newOrderId } from './numbers.ts';
import type { Order, Orders } from './order.ts';
import { viewOf } from './order-view.ts';
import { checkPlannedTime } from './service-time.ts';

export interface CreateOrderParts {
  readonly service: Service;
  readonly orders: Orders;
  readonly permissions: Permissions;
  readonly clock: BusinessClock;
}

/**
 * A repetition (原参重入) is answered before times and permission are looked at: it creates nothing, and both
 * may have passed since the first call.
 */
export function createOrderHandler(parts: CreateOrderParts): Handler {
  const { service, orders, permissions, clock } = parts;

  return ({ body, requestId }) => {
    const json = readJson(body);
    const fields = readFields(CreateFields, json, 'body');
    checkIdentity(fields, service);
    const said = canonicalJson(json);
    const existing = orders.get(fields.out_order_no);
    if (existing !== undefined) return viewOf(repeated(existing, said), 'create');

    checkService(fields, service);
    const now = clock.now();
    checkPlannedTime(fields.time_range, now);
    if (!isAvailable(permissions, fields)) throw new RefusalError('noPermission');

    const order = newOrder(fields, service.mchid, said, now, requestId);
    orders.put(order.out_order_no, order);
    return viewOf(order, 'create');
  };
}

function repeated(order: Order, said: string): Order {
  if (order.said.create !== said) throw new RefusalError('createdOtherwise');
  return order;
}

/** What a confirm-free service allows. */
function checkService(fields: CreateFields, service: Service): void {
  if (fields.need_user_confirm) throw new RefusalError('noPermission');
  if (fields.risk_fund.name !== 'ESTIMATE_ORDER_COST') throw new RefusalError('riskFundName');
  if (fields.risk_fund.amount > service.riskCap) throw new RefusalError('riskFundAmount');
}

function newOrder(
  fields: CreateFields,
  mchid: string,
  said: string,
  now: number,
  request_id: string,
): Order {
  const { need_user_confirm: _confirm, device: _device, ...echoed } = fields;
  const total_amount = 0;
  return {
    ...echoed,
    mchid,
    order_id: newOrderId(now),
    state: 'DOING',
    state_description: 'USER_CONFIRM',
    total_amount,
    need_collection: true,
    accepted_time: beijing14(now),
    said: { create: said },
    ledger: [ledgerEntry({ event: 'created', request_id, charged: 0, total_amount }, now)],
  };
}
