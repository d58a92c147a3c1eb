/** POST /v3/payscore/serviceorder: creates an order, in confirm-free mode at once in service. */
import { randomBytes } from 'node:crypto';
import { beijing14 } from '../beijing-time.ts';
import type { BusinessClock } from '../business-clock.ts';
import type { Permissions } from '../permissions/permission-book.ts';
import type { Policies } from '../policies.ts';
import type { PolicyBook } from '../policy-book.ts';
import { checkIdentity, type Service } from '../service.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields } from '../transport/fields.ts';
import { readJson } from '../transport/json-body.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import { limitReached } from './open-orders.ts';
import { withScript } from './charging.ts';
import { CreateFields } from './create-fields.ts';
import { ledgerEntry } from './ledger.ts';
import { newOrderId, newQueryId } from './numbers.ts';
import type { Order, Orders, QueryIds } from './order.ts';
import { viewOf } from './order-view.ts';
import { fingerprintOf, isRepeated } from './repetition.ts';
import { checkPlannedTime } from './service-time.ts';
import { checkExcess, strictly } from './strict-fields.ts';
import { behaviourOf, refusalFor, type Behaviour, type Behaviours } from './user-behaviour.ts';

export interface CreateOrderParts {
  readonly service: Service;
  readonly orders: Orders;
  readonly queryIds: QueryIds;
  readonly permissions: Permissions;
  readonly behaviours: Behaviours;
  readonly policies: PolicyBook;
  readonly clock: BusinessClock;
}

/**
 * A repetition (原参重入) is answered before permission is looked at, and before times unless the policy says
 * otherwise: it creates nothing, and both may have passed since the first call.
 */
export function createOrderHandler(parts: CreateOrderParts): Handler {
  const { service, orders, queryIds, permissions, behaviours, policies, clock } = parts;
  const Fields = CreateFields.superRefine(strictly(policies));

  return ({ body, requestId }) => {
    const json = readJson(body);
    const fields = readFields(Fields, json, 'body');
    checkExcess(json, fields, {}, policies.now());
    const setting = checkIdentity(fields, service);
    const policy = policies.now();
    const now = clock.now();
    if (policy.create_time_check === 'before_repeat') checkPlannedTime(fields.time_range, now);

    const said = fingerprintOf(json);
    const existing = orders.get(fields.out_order_no);
    if (existing !== undefined) {
      if (isRepeated('create', existing, said, policy)) return answerOf(existing, policy);
      throw new RefusalError('createdOtherwise');
    }

    checkService(fields, setting.risk_cap);
    checkPlannedTime(fields.time_range, now);
    if (!permissions.isAvailable(fields)) throw new RefusalError('noPermission');
    const behaviour = behaviourOf(behaviours, fields.openid);
    const refusal = refusalFor(behaviour) ?? limitReached(fields.openid, setting, parts);
    if (refusal !== undefined) throw new RefusalError(refusal);

    const order: Order = {
      ...newOrder(fields, service.mchid, now, requestId),
      ...stateBy(policy, behaviour),
      ...(policy.create_package === 'present' && { package: randomBytes(96).toString('base64') }),
      ...(behaviour.telling !== null && { telling: behaviour.telling }),
      said: { create: said },
    };
    if (order.query_id !== undefined) queryIds.put(order.query_id, order.out_order_no);
    const { charging } = behaviour;
    orders.put(order.out_order_no, charging === null ? order : withScript(order, charging, now));
    return answerOf(order, policy);
  };
}

/** What a confirm-free service allows. */
function checkService(fields: CreateFields, riskCap: number): void {
  if (fields.need_user_confirm) throw new RefusalError('noPermission');
  if (fields.risk_fund.name !== 'ESTIMATE_ORDER_COST') throw new RefusalError('riskFundName');
  if (fields.risk_fund.amount > riskCap) throw new RefusalError('riskFundAmount');
}

export function newOrder(fields: CreateFields, mchid: string, now: number, request_id: string) {
  const { need_user_confirm: _confirm, device: _device, ...echoed } = fields;
  const total_amount = 0;
  return {
    ...echoed,
    mchid,
    order_id: newOrderId(now),
    total_amount,
    need_collection: true,
    accepted_time: beijing14(now),
    ledger: [ledgerEntry({ event: 'created', request_id, charged: 0, total_amount }, now)],
  } as const;
}

function stateBy(
  policy: Policies,
  behaviour: Behaviour,
): Pick<Order, 'state' | 'state_description' | 'query_id'> {
  if (policy.create_state === 'CREATED' || behaviour.creation === 'stays_created') {
    return { state: 'CREATED', query_id: newQueryId() };
  }
  return inService;
}

/** Without any confirmation by the user. */
export const inService = { state: 'DOING', state_description: 'USER_CONFIRM' } as const;

/** Why a creation failed stands in `message`, also in a 200. */
function answerOf(order: Order, policy: Policies) {
  const view = viewOf(order, 'create', policy);
  return order.state === 'CREATED' ? { ...view, message: '综合评估不通过' } : view;
}
