/** A notification as WeChat Pay keeps it: what it says, to whom, and every attempt to say it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { rfc3339 } from '../beijing-time.ts';
import { viewOf } from '../orders/order-view.ts';
import type { Order } from '../orders/order.ts';

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

export interface Notification {
  readonly id: string;
  readonly event_type: 'PAYSCORE.USER_PAID';
  readonly summary: string;
  readonly create_time: string;
  readonly out_order_no: string;
  readonly notify_url: string;
  /** What the receiver finds when it decrypts. */
  readonly resource: Record<string, unknown>;
  /** Fixed, so that every attempt sends the same bytes. */
  readonly nonce: string;
  readonly state: 'pending' | 'delivered' | 'given_up';
  /** How many sends of the schedule have been used up. */
  readonly scheduled_sends: number;
  /** When the next send is due, business time in milliseconds; only while pending. */
  readonly due_ms?: number;
  readonly attempts: readonly Attempt[];
}

/** Tells that an order was paid; the order is the one after the payment. */
export function paidNotification(order: Order, nowMs: number): Notification {
  return {
    id: randomUUID(),
    event_type: 'PAYSCORE.USER_PAID',
    summary: '微信支付分服务订单支付成功',
    create_time: rfc3339(nowMs),
    out_order_no: order.out_order_no,
    notify_url: order.notify_url,
    resource: viewOf(order, 'query'),
    nonce: randomBytes(6).toString('hex'),
    state: 'pending',
    scheduled_sends: 0,
    due_ms: nowMs,
    attempts: [],
  };
}
