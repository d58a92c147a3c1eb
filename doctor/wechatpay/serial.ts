/** Under which key an answer says that it is signed. Shown only where it looks like one. */
import type { RawAnswer } from '../../wechatpay/exchange.ts';

const SERIAL = /^(PUB_KEY_ID_\w{1,64}|[\dA-F]{8,40})$/i;

export function serialOf({ headers }: Pick<RawAnswer, 'headers'>): string | undefined {
  const { 'wechatpay-serial': serial } = headers;
  return typeof serial === 'string' && SERIAL.test(serial) ? serial : undefined;
}

export function isPublicKeyId(serial: string): boolean {
  return serial.startsWith('PUB_KEY_ID_');
}
