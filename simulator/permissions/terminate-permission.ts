/** POST /v3/payscore/permissions/…/terminate: the merchant ends a user's authorisation, by openid or by code. */
import * as z from 'zod';
import { checkExcess } from '../orders/strict-fields.ts';
import { isFinal } from '../orders/state-table.ts';
import type { Orders } from '../orders/order.ts';
import type { PolicyBook } from '../policy-book.ts';
import { checkIdentity, checkService, Identity, type Service } from '../service.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields } from '../transport/fields.ts';
import { readJson } from '../transport/json-body.ts';
import { reasonOf } from '../orders/shared-fields.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { UserOfService } from './permission.ts';
import type { Permissions } from './permission-book.ts';
import { AuthorizationCode, Openid } from './permission-fields.ts';

const ByOpenid = z.object({ openid: Openid });
const ByCode = z.object({ authorization_code: AuthorizationCode });

export interface TerminatePermissionParts {
  readonly service: Service;
  readonly orders: Orders;
  readonly permissions: Permissions;
  readonly policies: PolicyBook;
}

export function terminateByOpenidHandler(parts: TerminatePermissionParts): Handler {
  const { service, permissions, policies } = parts;
  const reason = reasonOf(() => policies.now().terminate_reason_length);
  const Fields = Identity.extend({ reason });

  return ({ params, body }) => {
    const { openid } = readFields(ByOpenid, params, 'url');
    const json = readJson(body);
    const fields = readFields(Fields, json, 'body');
    checkExcess(json, fields, params, policies.now());
    checkIdentity(fields, service);
    const user = { openid, service_id: fields.service_id };
    if (permissions.of(user) === undefined) throw new RefusalError('notAuthorised');
    return terminate(parts, user);
  };
}

/** Ends the agreement of this code only: a user who is authorised under another one stays so. */
export function terminateByCodeHandler(parts: TerminatePermissionParts): Handler {
  const { service, permissions, policies } = parts;
  const reason = reasonOf(() => policies.now().terminate_reason_length);
  const Fields = Identity.pick({ service_id: true }).extend({ reason });

  return ({ params, body }) => {
    const { authorization_code } = readFields(ByCode, params, 'url');
    const json = readJson(body);
    const fields = readFields(Fields, json, 'body');
    checkExcess(json, fields, params, policies.now());
    const { service_id } = checkService(fields, service);
    const agreement = permissions.agreement(authorization_code);
    if (agreement?.service_id !== service_id) throw new RefusalError('codeUnknown');
    const { openid, authorization_state } = agreement;
    if (openid === undefined) throw new RefusalError('notAuthorised');
    if (authorization_state !== 'AVAILABLE') return alreadyEnded(policies);
    return terminate(parts, { openid, service_id });
  };
}

function terminate(parts: TerminatePermissionParts, user: UserOfService): undefined {
  const { orders, permissions, policies } = parts;
  if (!permissions.isAvailable(user)) return alreadyEnded(policies);
  for (const order of orders.each()) {
    const isOfUser = order.openid === user.openid && order.service_id === user.service_id;
    if (isOfUser && !isFinal(order)) throw new RefusalError('unfinishedOrders');
  }
  permissions.revoke(user);
  return undefined;
}

function alreadyEnded(policies: PolicyBook): undefined {
  if (policies.now().repeated_termination === 'refused') throw new RefusalError('notAuthorised');
  return undefined;
}
