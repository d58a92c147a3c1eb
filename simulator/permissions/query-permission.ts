/** GET /v3/payscore/permissions/openid/{openid}: whether a user has authorised a service. */
import * as z from 'zod';
import { checkIdentity, Identity, type Service } from '../service.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields, readQuery } from '../transport/fields.ts';
import { permissionOf, type Permissions } from './permission.ts';

const Path = z.object({ openid: z.string().min(1).max(128) });

/** By openid, never having authorised looks like having revoked: UNAVAILABLE. */
export function queryPermissionHandler(service: Service, permissions: Permissions): Handler {
  return ({ params, target }) => {
    const { openid } = readFields(Path, params, 'url');
    const query = readFields(Identity, readQuery(target), 'query');
    checkIdentity(query, service);
    const { mchid, appid, service_id } = service;
    const never = { mchid, appid, service_id, openid, authorization_state: 'UNAVAILABLE' };
    return permissionOf(permissions, { openid, service_id }) ?? never;
  };
}
