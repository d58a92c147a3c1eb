/** The body of a notification: the envelope in clear, the resource under the merchant's APIv3 key. */
import { encryptResource } from '../../wechatpay/resource.ts';
import { canonicalJson } from '../transport/canonical-json.ts';
import type { Notification } from './notification.ts';

/** The additional data by original type: the guide's samples have it empty for the self-test. */
const ASSOCIATED_DATA = { payscore: 'payscore', security: '' };

export function envelopeOf(notification: Notification, apiV3Key: string): string {
  const { id, create_time, event_type, summary, resource, nonce } = notification;
  const { original_type = 'payscore' } = notification;
  const text = canonicalJson(resource);
  const sealed = { text, nonce, associated_data: ASSOCIATED_DATA[original_type] };
  return canonicalJson({
    id,
    create_time,
    event_type,
    summary,
    resource_type: 'encrypt-resource',
    resource: {
      ...encryptResource(sealed, Buffer.from(apiV3Key)),
      original_type,
    },
  });
}
