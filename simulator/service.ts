/** The merchant's service: whose calls it takes, and how much it may risk. */
import * as z from 'zod';
import type { Merchant } from './credentials/merchant.ts';
import { RefusalError } from './transport/refusal-error.ts';

export interface Service {
  readonly mchid: string;
  readonly appid: string;
  readonly service_id: string;
  /** 服务风险金额 in fen: neither an order's risk fund nor its total may be higher. */
  readonly riskCap: number;
}

export function serviceOf(merchant: Omit<Merchant, 'base_url'>, riskCap: number): Service {
  const { mchid, appid, service_id } = merchant;
  return { mchid, appid, service_id, riskCap };
}

/** Which application and service a call is about. */
export const Identity = z.object({
  appid: z.string().min(1).max(32),
  service_id: z.string().min(1).max(32),
});
export type Identity = z.infer<typeof Identity>;

/** A call must name the application and the service that belong to the merchant. */
export function checkIdentity(call: Identity, service: Service): void {
  if (call.appid !== service.appid) throw new RefusalError('notBound');
  checkService(call, service);
}

export function checkService(call: Pick<Identity, 'service_id'>, service: Service): void {
  if (call.service_id !== service.service_id) throw new RefusalError('noPermission');
}
