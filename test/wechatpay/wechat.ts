/** WeChat Pay's side: signs with node:crypto alone, and the keys by which a merchant knows it. */
import { createSign, type KeyObject } from 'node:crypto';
import { createVerificationKeys } from '../../wechatpay/keys.ts';
import type { Headers } from '../../wechatpay/message.ts';
import {
  bytesOf,
  MERCHANT_SERIAL,
  NONCE,
  PUBLIC_KEY_ID,
  SIGNED_AT,
  textOf,
  wechatKey,
} from './vectors.ts';

export interface Signing {
  readonly timestamp?: string;
  readonly nonce?: string;
  readonly serial?: string;
  readonly key?: KeyObject;
}

export function signedHeaders(body: string | Buffer, signing: Signing = {}) {
  const { timestamp = String(SIGNED_AT), nonce = NONCE } = signing;
  const { serial = PUBLIC_KEY_ID, key = wechatKey } = signing;
  const signer = createSign('sha256').update(`${timestamp}\n${nonce}\n`).update(body).update('\n');
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': signer.sign(key, 'base64'),
    'wechatpay-serial': serial,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  };
}

/** The headers of a vector, with the signature that openssl made. */
export function vectorHeaders(signatureFile: string, serial = PUBLIC_KEY_ID): Headers {
  return {
    'wechatpay-timestamp': String(SIGNED_AT),
    'wechatpay-nonce': NONCE,
    'wechatpay-signature': textOf(signatureFile),
    'wechatpay-serial': serial,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  };
}

/** The public key and the platform certificate, both at once, as during a migration. */
export const bothKeys = createVerificationKeys({
  publicKey: { id: PUBLIC_KEY_ID, pem: textOf('wechatpay_pub.pem') },
  certificates: [textOf('platform_cert.pem')],
  ownSerial: MERCHANT_SERIAL,
});

/** A merchant without the public key. */
export const certificateOnly = createVerificationKeys({
  certificates: [textOf('platform_cert.pem')],
  ownSerial: MERCHANT_SERIAL,
});

export const answerBody = bytesOf('answer.json');

/** A clock that stands so many seconds after the vectors were signed. */
export const clockAt = (secondsLater: number) => () => new Date((SIGNED_AT + secondsLater) * 1000);
