/** POST /v3/security/echo: says what it heard, so that a merchant can try its keys in both directions. */
import * as z from 'zod';
import type { BusinessClock } from '../business-clock.ts';
import type { KeyRing } from '../credentials/key-ring.ts';
import { echoNotification } from '../notifications/notification.ts';
import type { Outbox } from '../notifications/outbox.ts';
import { NotifyUrl } from '../orders/shared-fields.ts';
import { strictly } from '../orders/strict-fields.ts';
import type { PolicyBook } from '../policy-book.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields } from '../transport/fields.ts';
import { readJson } from '../transport/json-body.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { WechatSigner } from '../transport/wechat-signature.ts';
import { opened, sealed } from './sensitive-field.ts';

const EchoFields = z.object({
  echo_message: z.string().min(1).max(256),
  encrypted_echo_message: z.string().min(1).max(1024).optional(),
  notify_url: NotifyUrl.optional(),
});

export interface EchoParts {
  readonly keys: KeyRing;
  readonly signer: WechatSigner;
  readonly policies: PolicyBook;
  readonly outbox: Outbox;
  readonly clock: BusinessClock;
}

export function echoHandler({ keys, signer, policies, outbox, clock }: EchoParts): Handler {
  const Fields = EchoFields.superRefine(strictly(policies));

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
    const fields = readFields(Fields, readJson(body), 'body');
    const { echo_message, notify_url } = fields;
    const serial = String(headers['wechatpay-serial'] ?? '');
    const encrypted = returned(fields.encrypted_echo_message, serial);
    if (notify_url !== undefined) {
      outbox.add(echoNotification(notify_url, echo_message, encrypted, clock.now()));
    }
    return { echo_message, encrypted_echo_message: encrypted };
  };
}
