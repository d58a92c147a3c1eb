/** GET /v3/payscore/permissions/…: whether a user has authorised a service, by openid or by authorization code. */
import * as z from 'zod';
import { behaviourOf, permissionRefusalFor, type Behaviours } from '../orders/user-behaviour.ts';
import type { Policies } from '../policies.ts';
import type { PolicyBook } from '../policy-book.ts';
import { checkIdentity, checkService, Identity, type Service } from '../service.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields, readQuery } from '../transport/fields.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { Agreement, Permission } from './permission.ts';
import type { Permissions } from './permission-book.ts';
import { AuthorizationCode, Openid } from './permission-fields.ts';

const ByOpenid = z.object({ openid: Openid });
const ByCode = z.object({ authorization_code: AuthorizationCode });
const OfService = Identity.pick({ service_id: true });

export interface QueryPermissionParts {
  readonly service: Service;
  readonly permissions: Permissions;
  readonly behaviours: Behaviours;
  readonly policies: PolicyBook;
}

export function queryPermissionHandler(parts: QueryPermissionParts): Handler {
  const { service, permissions, behaviours, policies } = parts;

  return ({ params, target }) => {
    const { openid } = readFields(ByOpenid, params, 'url');
    const query = readFields(Identity, readQuery(target), 'query');
    checkIdentity(query, service);
    const refusal = permissionRefusalFor(behaviourOf(behaviours, openid));
    if (refusal !== undefined) throw new RefusalError(refusal);
    const { service_id } = query;
    const permission = permissions.of({ openid, service_id });
    if (permission !== undefined) return told(permission, policies.now());
    if (policies.now().never_authorised === 'ORDER_NOT_EXIST') {
      throw new RefusalError('permissionNotFound');
    }
    return { mchid: service.mchid, ...query, openid, authorization_state: 'UNAVAILABLE' };
  };
}

export function queryByCodeHandler(parts: QueryPermissionParts): Handler {
  const { service, permissions, policies } = parts;

  return ({ params, target }) => {
    const { authorization_code } = readFields(ByCode, params, 'url');
    const { service_id } = checkService(readFields(OfService, readQuery(target), 'query'), service);
    const agreement = permissions.agreement(authorization_code);
    if (agreement?.service_id !== service_id) throw new RefusalError('codeUnknown');
    return told(agreement, policies.now());
  };
}

function told(permission: Permission | Agreement, { authorization_times }: Policies): object {
  const { authorization_success_time: _time, ...timeless } = permission;
  return authorization_times === 'absent' ? timeless : permission;
}
