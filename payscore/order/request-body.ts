/** The bodies that we send to WeChat: what business code asked for, and what configuration and the clock add. */
import { beijingTimeOf, instantOf } from '../times/beijing-time.ts';
import { endTimeOf } from '../times/end-time.ts';
import type { JsonBody, Requests } from './operation.ts';
import type { AskedOperation } from './operation-name.ts';
import type { Order } from './order.ts';
import type { Opened } from './opening.ts';
import type { CompleteServiceOrder } from '../../schemas/complete-service-order.ts';

export interface SendingClock {
  readonly receivedAt: Date;
  readonly now: Date;
}

/** 创建支付分订单. WeChat compares every field of a repetition (原参重入), so it depends on the opening alone. */
export function createBodyOf({ service, request }: Opened): JsonBody {
  const { appid, service_id, notify_url } = service;
  const { deadlines: _, ...fields } = request;
  return { ...fields, appid, service_id, notify_url };
}

/** 商户预授权: the order's number is the number of the contract with its user. */
export function prepareBodyOf({ opening, out_order_no }: Order) {
  const { appid, service_id, notify_url } = opening.service;
  return { service_id, appid, authorization_code: out_order_no, notify_url };
}

/** The body of an operation, fixed before its first send. */
export function bodyOf<Name extends AskedOperation>(
  order: Order,
  operation: Name,
  request: Requests[Name],
  clock: SendingClock,
): JsonBody {
  const { appid, service_id } = order.opening.service;
  const fields: JsonBody = BODIES[operation](request, order, clock);
  return { ...fields, appid, service_id };
}

type Bodies = {
  readonly [Name in AskedOperation]: (
    request: Requests[Name],
    order: Order,
    clock: SendingClock,
  ) => JsonBody;
};

const BODIES: Bodies = {
  complete: completeFields,
  modify: (request) => request,
  cancel: (request) => request,
  // An eight-digit day would mean its midnight, which lies before the completion (guide 3.2.9).
  sync: ({ paid_time }) => ({
    type: 'Order_Paid',
    detail: { paid_time: beijingTimeOf(new Date(paid_time), 14) },
  }),
};

/** 完结支付分订单, with the end of the service where business code left it out. */
function completeFields(
  request: CompleteServiceOrder,
  order: Order,
  clock: SendingClock,
): JsonBody {
  const start_time = request.time_range?.start_time ?? startTimeOf(order, clock.now);
  const end_time = request.time_range?.end_time ?? endTimeOf({ start_time, ...clock });
  return { ...request, time_range: { ...request.time_range, end_time } };
}

/** As WeChat says it; where it only repeats `OnAccept`, the moment at which we knew of the creation. */
function startTimeOf({ serviceOrder, inServiceSince }: Order, now: Date): string {
  const said = serviceOrder?.time_range?.start_time;
  if (said !== undefined && instantOf(said)) return said;
  return inServiceSince ?? beijingTimeOf(now, 14);
}
