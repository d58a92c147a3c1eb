/** Which event is told to whom, and repeated by which schedule. */
import type { Order } from '../orders/order.ts';
import type { Permission } from '../permissions/permission.ts';
import type { PolicyBook } from '../policy-book.ts';
import type { Refund } from '../refunds/refund.ts';
import { changedBy, type Change } from './change.ts';
import {
  orderNotification,
  permissionNotification,
  refundNotification,
  type Notification,
  type RefundEvent,
} from './notification.ts';
import type { Outbox } from './outbox.ts';

export interface Notifier {
  /** To the order's `notify_url`; the order is the one after the event. The change is of what is said about it. */
  order(
    event: 'USER_CONFIRM' | 'USER_PAID',
    order: Order,
    nowMs: number,
    change?: Change,
  ): Notification;
  /** To nobody where neither the pre-permission nor the service has an address. */
  permission(
    event: 'USER_OPEN_SERVICE' | 'USER_CLOSE_SERVICE',
    permission: Permission,
    notify_url: string | undefined,
    nowMs: number,
    change?: Change,
  ): Notification | undefined;
  /** What the refund has become, unless an event is given; to nobody where neither it nor the console has an address. */
  refund(
    refund: Refund,
    notify_url: string | undefined,
    nowMs: number,
    told?: { readonly event?: RefundEvent | undefined; readonly change?: Change },
  ): Notification | undefined;
}

export interface NotifierParts {
  readonly outbox: Pick<Outbox, 'add'>;
  readonly policies: PolicyBook;
  /** Who is told: refunds say so. */
  readonly mchid: string;
}

export function createNotifier({ outbox, policies, mchid }: NotifierParts): Notifier {
  function send(planned: Notification, change: Change): Notification {
    const notification = { ...planned, resource: changedBy(change, planned.resource) };
    outbox.add(notification);
    return notification;
  }

  return {
    order(event, order, nowMs, change = {}) {
      return send(orderNotification(event, order, policies.now(), nowMs), change);
    },
    permission(event, permission, notify_url, nowMs, change = {}) {
      if (notify_url === undefined) return undefined;
      const { permission_schedule: schedule } = policies.now();
      const planned = permissionNotification(event, permission, notify_url, schedule, nowMs);
      return send(planned, change);
    },
    refund(refund, notify_url, nowMs, { event = eventOf(refund), change = {} } = {}) {
      if (notify_url === undefined || event === undefined) return undefined;
      const { refund_schedule } = policies.now();
      const to = { mchid, notify_url };
      return send(refundNotification(event, refund, to, refund_schedule, nowMs), change);
    },
  };
}

function eventOf({ status }: Refund): RefundEvent | undefined {
  return status === 'PROCESSING' ? undefined : status;
}
