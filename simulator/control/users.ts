/** What a user does about a service, and what WeChat Pay thinks of the user. */
import { Router } from 'express';
import * as z from 'zod';
import {
  changeBehaviour,
  BehaviourChange,
  behaviourOf,
  type Behaviours,
} from '../orders/user-behaviour.ts';
import type { Permissions } from '../permissions/permission-book.ts';
import { Identity, type Service } from '../service.ts';
import { ControlError } from './control-error.ts';

export interface UsersRouterParts {
  readonly service: Service;
  readonly permissions: Permissions;
  readonly behaviours: Behaviours;
}

export function usersRouter({ service, permissions, behaviours }: UsersRouterParts): Router {
  const { mchid } = service;
  const Which = z.object({
    service_id: Identity.shape.service_id.default(service.service_id),
    appid: Identity.shape.appid.default(service.appid),
  });

  return Router()
    .get('/:openid', (req, res) => {
      res.json(behaviourOf(behaviours, req.params.openid));
    })
    .patch('/:openid', (req, res) => {
      const { openid } = req.params;
      changeBehaviour(behaviours, openid, BehaviourChange.parse(req.body ?? {}));
      res.json(behaviourOf(behaviours, openid));
    })
    .post('/:openid/authorise', (req, res) => {
      const carrier = Which.parse(req.body ?? {});
      res.json(permissions.authorise({ openid: req.params.openid, ...carrier, mchid }));
    })
    .post('/:openid/revoke', (req, res) => {
      const { service_id } = Which.parse(req.body ?? {});
      const revoked = permissions.revoke({ openid: req.params.openid, service_id });
      if (revoked === undefined) throw new ControlError(409, 'the user has not authorised this');
      res.json(revoked);
    });
}
