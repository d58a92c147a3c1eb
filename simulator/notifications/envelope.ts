/** The body of a notification: the envelope in clear, the resource under the merchant's APIv3 key. */
import { encryptResource } from '../../wechatpay/resource.ts';
import { canonicalJson } from '../transport/canonical-json.ts';
import type { Notification } from './notification.ts';

const ORIGINAL_TYPE = 'payscore';

export function envelopeOf(notification: Notification, apiV3Key: string): string {
  const { id, create_time, event_type, summary, resource, nonce } = notification;
  const text = canonicalJson(resource);
  const sealed = { text, nonce, associated_data: ORIGINAL_TYPE };
  return canonicalJson({
    id,
    create_time,
    event_type,
    summary,
    resource_type: 'encrypt-resource',
    resource: {
      ...encryptResource(sealed, Buffer.from(apiV3Key)),
      original_type: ORIGINAL_TYPE,
    },
  });
}
