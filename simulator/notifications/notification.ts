/** A notification as WeChat Pay keeps it: what it says, to whom, and every attempt to say it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { beijing14, rfc3339 } from '../beijing-time.ts';
import { viewOf } from '../orders/order-view.ts';
import type { Order } from '../orders/order.ts';
import type { Permission } from '../permissions/permission.ts';
import type { Policies } from '../policies.ts';
import type { Refund } from '../refunds/refund.ts';
import { refundResource } from '../refunds/refund-view.ts';

/** When it is repeated (`schedule.ts`). */
export type Schedule = 'current' | '2020' | 'fifteen_sends' | 'three_days';

/** What is told of a refund: that it was accepted is not. */
export type RefundEvent = 'SUCCESS' | 'ABNORMAL' | 'CLOSED';

export interface Attempt {
  /** Business time, RFC 3339. */
  readonly time: string;
  /** The receiver's answer; absent when there was none. */
  readonly status?: number;
  /** Why there was no answer. */
  readonly error?: string;
  /** The fault that struck it. */
  readonly fault?: string;
}

const SUMMARIES = {
  'PAYSCORE.USER_OPEN_SERVICE': '微信支付分授权服务开启成功',
  'PAYSCORE.USER_CLOSE_SERVICE': '微信支付分授权服务解除成功',
  'PAYSCORE.USER_CONFIRM': '微信支付分服务订单确认成功',
  'PAYSCORE.USER_PAID': '微信支付分服务订单支付成功',
  'REFUND.SUCCESS': '退款成功',
  'REFUND.ABNORMAL': '退款异常',
  'REFUND.CLOSED': '退款关闭',
  'SECURITY_ECHO.SUCCESS': '回调通知成功',
};

export interface Notification {
  readonly id: string;
  readonly event_type: keyof typeof SUMMARIES;
  /** Absent for `payscore`. */
  readonly original_type?: 'refund' | 'security';
  readonly summary: string;
  readonly create_time: string;
  /** Absent where it is not about an order. */
  readonly out_order_no?: string;
  /** Only of refunds. */
  readonly out_refund_no?: string;
  readonly notify_url: string;
  /** What the receiver finds when it decrypts. */
  readonly resource: Record<string, unknown>;
  /** Fixed, so that every attempt sends the same bytes. */
  readonly nonce: string;
  /** Which of the APIv3 keys, counted from 0, encrypts it; absent for the first. */
  readonly api_v3_key_number?: number;
  /** Default `current`. */
  readonly schedule?: Schedule;
  readonly state: 'pending' | 'delivered' | 'given_up';
  /** How many sends of the schedule have been used up. */
  readonly scheduled_sends: number;
  /** When the next send is due, business time in milliseconds; only while pending. */
  readonly due_ms?: number;
  readonly attempts: readonly Attempt[];
}

type Told = Pick<Notification, 'event_type' | 'notify_url' | 'resource' | 'schedule'> &
  Pick<Partial<Notification>, 'out_order_no' | 'out_refund_no' | 'original_type'>;

function newNotification(told: Told, nowMs: number): Notification {
  return {
    ...told,
    id: randomUUID(),
    summary: SUMMARIES[told.event_type],
    create_time: rfc3339(nowMs),
    nonce: randomBytes(6).toString('hex'),
    state: 'pending',
    scheduled_sends: 0,
    due_ms: nowMs,
    attempts: [],
  };
}

/** Tells what an order has become: the whole of it, as a query would show it then. */
export function orderNotification(
  event: 'USER_CONFIRM' | 'USER_PAID',
  order: Order,
  policies: Policies,
  nowMs: number,
): Notification {
  const { out_order_no, notify_url } = order;
  const resource = viewOf(order, 'query', policies);
  const schedule = policies.order_schedule;
  const event_type = `PAYSCORE.${event}` as const;
  return newNotification({ event_type, out_order_no, notify_url, resource, schedule }, nowMs);
}

/** Tells that a user has opened or closed the service; its time is written in Beijing's way, not in RFC 3339. */
export function permissionNotification(
  event: 'USER_OPEN_SERVICE' | 'USER_CLOSE_SERVICE',
  permission: Permission,
  notify_url: string,
  schedule: Schedule,
  nowMs: number,
): Notification {
  const { appid, mchid, service_id, openid, authorization_code } = permission;
  const resource = {
    appid,
    mchid,
    service_id,
    openid,
    user_service_status: event,
    openorclose_time: beijing14(timeOf(event, permission) ?? nowMs),
    ...(authorization_code !== undefined && { authorization_code }),
  };
  return newNotification(
    { event_type: `PAYSCORE.${event}`, notify_url, resource, schedule },
    nowMs,
  );
}

/** Undefined for a closing that never was. */
function timeOf(
  event: 'USER_OPEN_SERVICE' | 'USER_CLOSE_SERVICE',
  { authorization_success_time, cancel_authorization_time }: Permission,
): number | undefined {
  const time =
    event === 'USER_OPEN_SERVICE' ? authorization_success_time : cancel_authorization_time;
  return time === undefined ? undefined : Date.parse(time);
}

/** Tells what a refund has become, or what it is said to have become. */
export function refundNotification(
  event: RefundEvent,
  refund: Refund,
  to: { readonly mchid: string; readonly notify_url: string },
  schedule: Schedule,
  nowMs: number,
): Notification {
  const { out_order_no, out_refund_no } = refund;
  const resource = { ...refundResource(refund, to.mchid), refund_status: event };
  const told = { notify_url: to.notify_url, out_order_no, out_refund_no, resource, schedule };
  return newNotification(
    { event_type: `REFUND.${event}`, original_type: 'refund', ...told },
    nowMs,
  );
}

/** The field is `encrypt_…` here and `encrypted_…` in the answer: so the documents have it. */
export function echoNotification(
  notify_url: string,
  echo_message: string,
  encrypt_echo_message: string | undefined,
  nowMs: number,
): Notification {
  const event_type = 'SECURITY_ECHO.SUCCESS';
  const resource = { echo_message, encrypt_echo_message };
  return newNotification({ event_type, original_type: 'security', notify_url, resource }, nowMs);
}
