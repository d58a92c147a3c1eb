/** The bodies that we send to WeChat: what business code asked for, and what configuration and the clock add. */
import { beijingTimeOf, instantOf } from './beijing-time.ts';
import { endTimeOf } from './end-time.ts';
import type { Opening, Order } from './order.ts';
import type { CompleteServiceOrder } from '../schemas/complete-service-order.ts';

export type JsonBody = { readonly [name: string]: unknown };

/** 创建支付分订单. WeChat compares every field of a repetition (原参重入), so it depends on the opening alone. */
export function createBodyOf({ service, request }: Opening): JsonBody {
  const { appid, service_id, notify_url } = service;
  return { ...request, appid, service_id, notify_url };
}

/** 完结支付分订单, with the end of the service where business code left it out. */
export function completeBodyOf(
  order: Order,
  request: CompleteServiceOrder,
  clock: { readonly receivedAt: Date; readonly now: Date },
): JsonBody {
  const { appid, service_id } = order.opening.service;
  const start_time = request.time_range?.start_time ?? startTimeOf(order, clock.now);
  const end_time = request.time_range?.end_time ?? endTimeOf({ start_time, ...clock });
  return { ...request, appid, service_id, time_range: { ...request.time_range, end_time } };
}

/** As WeChat says it; where it only repeats `OnAccept`, the moment at which we knew of the creation. */
function startTimeOf({ serviceOrder, inServiceSince }: Order, now: Date): string {
  const said = serviceOrder?.time_range?.start_time;
  if (said !== undefined && instantOf(said)) return said;
  return inServiceSince ?? beijingTimeOf(now, 14);
}
