/**
 * Opens WeChat Pay's notifications in the worker: verified first, then decrypted, then read. How old they are was judged by
 * the API as they came; here they count as of the moment that WeChat signed them, however long no worker ran.
 */
import type { SignedNotification } from '../payscore/order/opening.ts';
import { ServiceOrder } from '../schemas/service-order.ts';
import {
  openNotification,
  type Notification,
  type NotificationOpener,
} from '../wechatpay/notification.ts';

export type OpenedNotification =
  | { readonly said: ServiceOrder; readonly id: string }
  /** In words for people; nothing of the message is in them. */
  | { readonly why: string };

export function createNotificationActivities(opener: Omit<NotificationOpener, 'now'>) {
  return {
    /** Never fails, and asks nobody, but once for a certificate that it does not have. */
    async openPaidNotification(signed: SignedNotification): Promise<OpenedNotification> {
      const opened = await openSigned(signed, opener);
      if ('why' in opened) return opened;
      if (opened.event_type !== 'PAYSCORE.USER_PAID') return { why: 'it is about something else' };
      const said = ServiceOrder.safeParse(opened.resource);
      return said.success
        ? { said: said.data, id: opened.id }
        : { why: 'it says too little of the order' };
    },
  };
}

/** As WeChat Pay signed it; or why it is not to be believed, in words for people. */
export async function openSigned(
  { headers, body }: SignedNotification,
  opener: Omit<NotificationOpener, 'now'>,
): Promise<Notification | { readonly why: string }> {
  if (body === '') return { why: 'it was too long to be passed on' };
  const signedAt = new Date(Number(headers['wechatpay-timestamp']) * 1_000);
  const message = { headers, body: Buffer.from(body, 'base64') };
  try {
    return await openNotification(message, { ...opener, now: () => signedAt });
  } catch (error) {
    return { why: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' };
  }
}
