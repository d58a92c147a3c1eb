/** How the merchant's service is set up with WeChat Pay, to be read and, in part, changed. */
import { Router } from 'express';
import * as z from 'zod';
import { NotifyUrl } from '../orders/shared-fields.ts';
import type { CallbackAddress } from '../permissions/callback-address.ts';
import type { Service } from '../service.ts';

const Setting = z.strictObject({ authorization_notify_url: NotifyUrl.nullable().optional() });

export function serviceRouter(service: Service, callback: CallbackAddress): Router {
  const { riskCap, ...names } = service;
  const told = () => ({
    ...names,
    risk_cap: riskCap,
    authorization_notify_url: callback.get() ?? null,
  });

  return Router()
    .get('/', (_req, res) => {
      res.json(told());
    })
    .patch('/', (req, res) => {
      const { authorization_notify_url } = Setting.parse(req.body ?? {});
      if (authorization_notify_url !== undefined)
        callback.set(authorization_notify_url ?? undefined);
      res.json(told());
    });
}
