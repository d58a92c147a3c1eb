/** The page that a pre-permission's token opens, where a user authorises. */
import { Router } from 'express';
import * as z from 'zod';
import { Openid } from '../permissions/permission-fields.ts';
import { createAuthorise, type AuthorisingParts } from './authorising.ts';

const Presented = z.object({ apply_permissions_token: z.string().min(1).max(300), openid: Openid });

export function permissionsRouter(parts: AuthorisingParts): Router {
  const authorise = createAuthorise(parts);

  return Router().post('/authorise', (req, res) => {
    const { apply_permissions_token, openid } = Presented.parse(req.body ?? {});
    res.json(authorise(apply_permissions_token, openid));
  });
}
