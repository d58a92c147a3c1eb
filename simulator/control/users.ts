/** What a user does about a service: authorise it, or revoke that. */
import { Router } from 'express';
import * as z from 'zod';
import type { BusinessClock } from '../business-clock.ts';
import { authorise, revoke, type Permissions } from '../permissions/permission.ts';
import type { Service } from '../service.ts';
import { ControlError } from './control-error.ts';

export function usersRouter(
  service: Service,
  permissions: Permissions,
  clock: BusinessClock,
): Router {
  const { mchid, appid } = service;
  const Which = z.object({ service_id: z.string().min(1).max(32).default(service.service_id) });

  return Router()
    .post('/:openid/authorise', (req, res) => {
      const { service_id } = Which.parse(req.body ?? {});
      const user = { openid: req.params.openid, service_id, appid, mchid };
      res.json(authorise(permissions, user, clock.now()));
    })
    .post('/:openid/revoke', (req, res) => {
      const { service_id } = Which.parse(req.body ?? {});
      const { openid } = req.params;
      const revoked = revoke(permissions, { openid, service_id }, clock.now());
      if (revoked === undefined) throw new ControlError(409, 'the user has not authorised this');
      res.json(revoked);
    });
}
