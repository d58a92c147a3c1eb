/** Notifications: what was sent, and whether they go out. */
import type { Change } from '../notifications/change.ts';
import type { Notification, RefundEvent } from '../notifications/notification.ts';
import { at, type Call } from './call.ts';

export type ToldNotification = Omit<Notification, 'due_ms' | 'nonce' | 'scheduled_sends'> & {
  /** Business time, RFC 3339; only while pending. */
  readonly next_attempt_time?: string;
};

/** Whose authorisation: by openid as it is now, by code as it became of that one. */
export type Authorization = { readonly openid: string } | { readonly authorization_code: string };

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
    /** What a message about the order would say now, with this change; null leaves a field out. */
    announce: (
      out_order_no: string,
      change: Change = {},
      event_type: 'PAYSCORE.USER_PAID' | 'PAYSCORE.USER_CONFIRM' = 'PAYSCORE.USER_PAID',
    ) => call<ToldNotification>('POST', '/notifications', { out_order_no, change, event_type }),
    /** The same of an authorisation, as it was told or would have been. */
    announceAuthorization: (
      whose: Authorization,
      change: Change = {},
      event_type: `PAYSCORE.USER_${'OPEN' | 'CLOSE'}_SERVICE` = 'PAYSCORE.USER_OPEN_SERVICE',
    ) =>
      call<ToldNotification>('POST', '/notifications/authorization', {
        ...whose,
        change,
        event_type,
      }),
    /** The same of a refund: what it has become, or another event. */
    announceRefund: (
      out_refund_no: string,
      change: Change = {},
      event_type?: `REFUND.${RefundEvent}`,
    ) =>
      call<ToldNotification>('POST', '/notifications/refund', {
        out_refund_no,
        change,
        ...(event_type && { event_type }),
      }),
    holdNotifications: () => call<{ held: boolean }>('POST', '/notifications/hold'),
    releaseNotifications: () => call<{ held: boolean }>('POST', '/notifications/release'),
  };
}
