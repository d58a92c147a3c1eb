/** Notifications: what was sent, and whether they go out. */
import type { Notification } from '../notifications/notification.ts';
import { at, type Call } from './call.ts';

export type ToldNotification = Omit<Notification, 'due_ms' | 'nonce' | 'scheduled_sends'> & {
  /** Business time, RFC 3339; only while pending. */
  readonly next_attempt_time?: string;
};

export function notifications(call: Call) {
  return {
    async notifications(out_order_no?: string): Promise<ToldNotification[]> {
      const query = out_order_no === undefined ? '' : `?out_order_no=${at(out_order_no)}`;
      const told = await call<{ notifications: ToldNotification[] }>(
        'GET',
        `/notifications${query}`,
      );
      return told.notifications;
    },
    resend: (id: string) => call<ToldNotification>('POST', `/notifications/${at(id)}/resend`),
    holdNotifications: () => call<{ held: boolean }>('POST', '/notifications/hold'),
    releaseNotifications: () => call<{ held: boolean }>('POST', '/notifications/release'),
  };
}
