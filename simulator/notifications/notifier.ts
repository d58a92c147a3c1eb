/** Which event is told to whom, and repeated by which schedule. */
import type { Order } from '../orders/order.ts';
import type { Permission } from '../permissions/permission.ts';
import type { PolicyBook } from '../policy-book.ts';
import { changedBy, type Change } from './change.ts';
import { orderNotification, permissionNotification, type Notification } from './notification.ts';
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
}

export function createNotifier(outbox: Pick<Outbox, 'add'>, policies: PolicyBook): Notifier {
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
  };
}
