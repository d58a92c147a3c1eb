/** The body of a notification: the envelope in clear, the resource under the merchant's APIv3 key. */
import { encryptResource } from '../../wechatpay/resource.ts';
import { canonicalJson } from '../transport/canonical-json.ts';
import type { Message } from './message.ts';

export const ORIGINAL_TYPE = 'payscore';

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
      original_type: ORIGINAL_TYPE,
    },
  });
}
