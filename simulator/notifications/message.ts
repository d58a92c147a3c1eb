/** What one attempt to deliver a notification will say, and how it will be sealed: all that a fault may change. */
import type { WechatSigner } from '../transport/wechat-signature.ts';
import type { Notification } from './notification.ts';

export interface Message extends Omit<Notification, 'event_type'> {
  readonly event_type: string;
  /** Undefined where the envelope does not mention any, which means the same as empty. */
  readonly associated_data: string | undefined;
  readonly apiV3Key: string;
  readonly signer: WechatSigner;
  readonly serial: string;
  readonly sign: (signer: WechatSigner, body: string, serial: string) => Record<string, string>;
}
