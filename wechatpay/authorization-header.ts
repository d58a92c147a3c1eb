/** The `Authorization` header: who calls, and the signature over what is called. */
import { randomBytes, type KeyObject } from 'node:crypto';
import { requestMessage } from './message.ts';
import { sign } from './signature.ts';

export interface Merchant {
  readonly mchid: string;
  /** Serial of the merchant's API certificate, 40 hex digits in upper case. */
  readonly serial: string;
  readonly privateKey: KeyObject;
}

export interface RequestLine {
  readonly method: string;
  /** Path and query exactly as they will be sent. */
  readonly target: string;
  readonly body: string;
}

/** Signs one attempt. Every attempt has its own nonce and timestamp, a repeated one too. */
export function authorizationOf(request: RequestLine, merchant: Merchant, now: Date): string {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const signature = sign(requestMessage({ ...request, timestamp, nonce }), merchant.privateKey);
  return (
    `WECHATPAY2-SHA256-RSA2048 mchid="${merchant.mchid}",nonce_str="${nonce}",` +
    `signature="${signature}",timestamp="${timestamp}",serial_no="${merchant.serial}"`
  );
}
