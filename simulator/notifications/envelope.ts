/** The body of a notification: the envelope in clear, the resource under the merchant's APIv3 key. */
import { encryptResource } from '../../wechatpay/resource.ts';
import { canonicalJson } from '../transport/canonical-json.ts';
import type { Message } from './message.ts';
import type { Notification } from './notification.ts';

/** The additional data by original type: the guide's samples have it empty for the self-test. */
const ASSOCIATED_DATA = { payscore: 'payscore', refund: 'refund', security: '' };

export function associatedDataOf(notification: Notification): string {
  return ASSOCIATED_DATA[notification.original_type ?? 'payscore'];
}

export function envelopeOf(message: Message): string {
  const { id, create_time, event_type, summary, resource, nonce, apiV3Key } = message;
  const text = canonicalJson(resource);
  const sealed = { text, nonce, associated_data: message.associated_data ?? '' };
  return canonicalJson({
    id,
    create_time,
    event_type,
    summary,
    resource_type: 'encrypt-resource',
    resource: {
      ...encryptResource(sealed, Buffer.from(apiV3Key)),
      associated_data: message.associated_data,
      original_type: message.original_type ?? 'payscore',
    },
  });
}
