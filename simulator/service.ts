/** The merchant's services: whose calls they take, and how much each may risk. */
import * as z from 'zod';
import type { Merchant } from './credentials/merchant.ts';
import type { Collection } from './journal.ts';
import { RefusalError } from './transport/refusal-error.ts';

/** How a service is set up with WeChat Pay. */
export interface ServiceSetting {
  readonly service_id: string;
  /** The merchant's applications that may use it. */
  readonly appids: readonly string[];
  /** 服务风险金额 in fen: neither an order's risk fund nor its total may be higher. */
  readonly risk_cap: number;
  /** How many orders one person may have open, in all services, to open one more in this; null for any number. */
  readonly open_orders_limit: number | null;
}

/** The merchant, its first application and its first service: those that `merchant.json` names. */
export interface Service {
  readonly mchid: string;
  readonly appid: string;
  readonly service_id: string;
  /** Of all services of the merchant, the first one included. */
  settings(): readonly ServiceSetting[];
  setting(service_id: string): ServiceSetting | undefined;
  set(setting: ServiceSetting): void;
}

export interface ServiceParts {
  readonly merchant: Omit<Merchant, 'base_url'>;
  readonly kept: Collection<ServiceSetting>;
  /** Of the first service, in fen; by default what is kept, or 1000 yuan. */
  readonly riskCap: number | undefined;
}

const DEFAULT_RISK_CAP = 100_000;

export function createService({ merchant, kept, riskCap }: ServiceParts): Service {
  const { mchid, appid, service_id } = merchant;
  const before = kept.get(service_id) ?? {
    service_id,
    appids: [appid],
    risk_cap: DEFAULT_RISK_CAP,
    open_orders_limit: null,
  };
  kept.put(service_id, { ...before, risk_cap: riskCap ?? before.risk_cap });
  return {
    mchid,
    appid,
    service_id,
    settings: () => kept.values(),
    setting: (id) => kept.get(id),
    set: (setting) => kept.put(setting.service_id, setting),
  };
}

/** Which application and service a call is about. */
export const Identity = z.object({
  appid: z.string().min(1).max(32),
  service_id: z.string().min(1).max(32),
});
export type Identity = z.infer<typeof Identity>;

/** A call must name an application of the merchant, and a service of the merchant that the application may use. */
export function checkIdentity({ appid, service_id }: Identity, service: Service): ServiceSetting {
  const isBound = service.settings().some(({ appids }) => appids.includes(appid));
  if (!isBound) throw new RefusalError('notBound');
  const setting = checkService({ service_id }, service);
  if (!setting.appids.includes(appid)) throw new RefusalError('noPermission');
  return setting;
}

export function checkService(
  { service_id }: Pick<Identity, 'service_id'>,
  service: Service,
): ServiceSetting {
  const setting = service.setting(service_id);
  if (setting === undefined) throw new RefusalError('noPermission');
  return setting;
}
