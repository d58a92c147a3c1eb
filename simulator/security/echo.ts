/** POST /v3/security/echo: says what it heard, so that a merchant can try its keys in both directions. */
import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { rfc3339 } from '../beijing-time.ts';
import type { BusinessClock } from '../business-clock.ts';
import type { KeyRing } from '../credentials/key-ring.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Outbox } from '../notifications/outbox.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields } from '../transport/fields.ts';
import { readJson } from '../transport/json-body.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { WechatSigner } from '../transport/wechat-signature.ts';
import { opened, sealed } from './sensitive-field.ts';

const EchoFields = z.object({
  echo_message: z.string().min(1).max(256),
  encrypted_echo_message: z.string().min(1).max(1024).optional(),
  notify_url: z
    .string()
    .max(255)
    .regex(/^https?:\/\/[^\s/?#]+\/[^\s?#]*$/)
    .optional(),
});

export interface EchoParts {
  readonly keys: KeyRing;
  readonly signer: WechatSigner;
  readonly outbox: Outbox;
  readonly clock: BusinessClock;
}

export function echoHandler({ keys, signer, outbox, clock }: EchoParts): Handler {
  /** What was encrypted for WeChat Pay, encrypted for the merchant; undefined where there is nothing. */
  function returned(field: string | undefined, serial: string): string | undefined {
    if (field === undefined) return undefined;
    const wechatKey = signer.serialFor(serial) === serial ? keys.wechatKey(serial) : undefined;
    if (wechatKey === undefined) throw new RefusalError('sensitiveSerial');
    const plain = opened(field, wechatKey);
    if (plain === undefined) throw new RefusalError('sensitiveField');
    const merchantKey = keys.merchantKey(keys.credentials().merchant.serial_no);
    return merchantKey && sealed(plain, merchantKey);
  }

  return ({ body, headers }) => {
    const fields = readFields(EchoFields, readJson(body), 'body');
    const { echo_message, notify_url } = fields;
    const serial = String(headers['wechatpay-serial'] ?? '');
    const encrypted = returned(fields.encrypted_echo_message, serial);
    if (notify_url !== undefined) {
      const resource = { echo_message, encrypt_echo_message: encrypted };
      outbox.add(echoNotification(notify_url, resource, clock.now()));
    }
    return { echo_message, encrypted_echo_message: encrypted };
  };
}

/** The field is `encrypt_…` here and `encrypted_…` in the answer: so the documents have it. */
function echoNotification(
  notify_url: string,
  resource: Record<string, unknown>,
  nowMs: number,
): Notification {
  return {
    id: randomUUID(),
    event_type: 'SECURITY_ECHO.SUCCESS',
    original_type: 'security',
    summary: '回调通知成功',
    create_time: rfc3339(nowMs),
    notify_url,
    resource,
    nonce: randomBytes(6).toString('hex'),
    state: 'pending',
    scheduled_sends: 0,
    due_ms: nowMs,
    attempts: [],
  };
}
