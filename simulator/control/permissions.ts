/** The page that a pre-permission's token opens, where a user authorises. */
import { Router } from 'express';
import * as z from 'zod';
import type { BusinessClock } from '../business-clock.ts';
import { Openid } from '../permissions/permission-fields.ts';
import type { Permissions } from '../permissions/permission-book.ts';
import type { Service } from '../service.ts';
import { ControlError } from './control-error.ts';

const Presented = z.object({ apply_permissions_token: z.string().min(1).max(300), openid: Openid });

export interface PermissionsRouterParts {
  readonly service: Service;
  readonly permissions: Permissions;
  readonly clock: BusinessClock;
}

export function permissionsRouter(parts: PermissionsRouterParts): Router {
  const { service, permissions, clock } = parts;

  return Router().post('/authorise', (req, res) => {
    const { apply_permissions_token, openid } = Presented.parse(req.body ?? {});
    const preparation = permissions.preparation(apply_permissions_token);
    if (preparation === undefined) throw new ControlError(404, 'there is no such token');
    if (preparation.expires_ms <= clock.now()) throw new ControlError(409, 'the token has expired');
    const { authorization_code } = preparation;
    const agreement = permissions.agreement(authorization_code);
    const { mchid, appid, service_id } = agreement ?? service;
    if ((agreement?.openid ?? openid) !== openid)
      throw new ControlError(409, 'the code is bound to another user');
    res.json(permissions.authorise({ openid, service_id, appid, mchid }, authorization_code));
  });
}
