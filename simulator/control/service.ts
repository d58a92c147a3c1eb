/** How the merchant's services are set up with WeChat Pay, to be read and, in part, changed. */
import { Router } from 'express';
import * as z from 'zod';
import { Amount, NotifyUrl } from '../orders/shared-fields.ts';
import type { CallbackAddress } from '../permissions/callback-address.ts';
import { checkService, Identity, type Service } from '../service.ts';

const RiskCap = Amount.min(1);

const Setting = z.strictObject({
  appids: z.array(Identity.shape.appid).min(1).optional(),
  risk_cap: RiskCap.optional(),
  open_orders_limit: z.int().min(0).nullable().optional(),
});

const Change = Setting.omit({ appids: true }).extend({
  authorization_notify_url: NotifyUrl.nullable().optional(),
});

export function serviceRouter(service: Service, callback: CallbackAddress): Router {
  const { mchid, appid, service_id } = service;
  const first = () => checkService({ service_id }, service);
  const told = () => ({
    mchid,
    appid,
    service_id,
    risk_cap: first().risk_cap,
    open_orders_limit: first().open_orders_limit,
    authorization_notify_url: callback.get() ?? null,
    services: service.settings(),
  });

  /** A service that nobody knew is opened like the first one. */
  function set(id: string, change: z.infer<typeof Setting>): void {
    const before = service.setting(id) ?? first();
    const { appids = before.appids, risk_cap = before.risk_cap } = change;
    const { open_orders_limit = before.open_orders_limit } = change;
    service.set({ service_id: id, appids, risk_cap, open_orders_limit });
  }

  return Router()
    .get('/', (_req, res) => {
      res.json(told());
    })
    .patch('/', (req, res) => {
      const { authorization_notify_url, ...change } = Change.parse(req.body ?? {});
      if (authorization_notify_url !== undefined)
        callback.set(authorization_notify_url ?? undefined);
      set(service_id, change);
      res.json(told());
    })
    .put('/:service_id', (req, res) => {
      set(Identity.shape.service_id.parse(req.params.service_id), Setting.parse(req.body ?? {}));
      res.json(told());
    });
}
