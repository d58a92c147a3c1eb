/**
 * Opens WeChat Pay's notifications in the worker: verified first, then decrypted, then read. How old they are was judged by
 * the API as they came; here they count as of the moment that WeChat signed them, however long no worker ran.
 */
import type { SignedNotification } from '../payscore/order/opening.ts';
import { ServiceOrder } from '../schemas/service-order.ts';
import { openNotification, type NotificationOpener } from '../wechatpay/notification.ts';

export type OpenedNotification =
  | { readonly said: ServiceOrder; readonly id: string }
  /** In words for people; nothing of the message is in them. */
  | { readonly why: string };

export function createNotificationActivities(opener: Omit<NotificationOpener, 'now'>) {
  return {
    /** Never fails, and asks nobody, but once for a certificate that it does not have. */
    async openPaidNotification(signed: SignedNotification): Promise<OpenedNotification> {
      if (signed.body === '') return { why: 'it was too long to be passed on' };
      const { headers } = signed;
      const body = Buffer.from(signed.body, 'base64');
      const signedAt = new Date(Number(headers['wechatpay-timestamp']) * 1_000);
      try {
        const opened = await openNotification(
          { headers, body },
          { ...opener, now: () => signedAt },
        );
        if (opened.event_type !== 'PAYSCORE.USER_PAID')
          return { why: 'it is about something else' };
        const said = ServiceOrder.safeParse(opened.resource);
        return said.success
          ? { said: said.data, id: opened.id }
          : { why: 'it says too little of the order' };
      } catch (error) {
        return { why: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' };
      }
    },
  };
}
