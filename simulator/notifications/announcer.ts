/** Which event is told to whom, and repeated by which schedule. */
import type { Order } from '../orders/order.ts';
import type { Permission } from '../permissions/permission.ts';
import type { PolicyBook } from '../policies.ts';
import { orderNotification, permissionNotification } from './notification.ts';
import type { Outbox } from './outbox.ts';

export interface Announcer {
  /** To the order's `notify_url`; the order is the one after the event. */
  order(event: 'USER_CONFIRM' | 'USER_PAID', order: Order, nowMs: number): void;
  /** To nobody where neither the pre-permission nor the service has an address. */
  permission(
    event: 'USER_OPEN_SERVICE' | 'USER_CLOSE_SERVICE',
    permission: Permission,
    notify_url: string | undefined,
    nowMs: number,
  ): void;
}

export function createAnnouncer(outbox: Pick<Outbox, 'add'>, policies: PolicyBook): Announcer {
  return {
    order(event, order, nowMs) {
      outbox.add(orderNotification(event, order, policies.now().order_schedule, nowMs));
    },
    permission(event, permission, notify_url, nowMs) {
      if (notify_url === undefined) return;
      const { permission_schedule } = policies.now();
      outbox.add(permissionNotification(event, permission, notify_url, permission_schedule, nowMs));
    },
  };
}
