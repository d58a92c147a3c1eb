/** The Wechatpay-* headers under which WeChat Pay's answers and notifications travel. */
import { createPrivateKey, randomBytes, type KeyObject } from 'node:crypto';
import { answerMessage } from '../../wechatpay/message.ts';
import { sign } from '../../wechatpay/signature.ts';
import type { Credentials } from '../credentials/merchant.ts';

/** Which of its two kinds of keys WeChat Pay signs with. */
export type KeyKind = 'public-key' | 'certificate';

export interface WechatSigner {
  /** The serial, or public key id, of the key to answer a request with whose `Wechatpay-Serial` is this. */
  serialFor(asked: string | undefined): string;
  /** The serial, or public key id, of the key of this kind that WeChat Pay uses now. */
  serialOf(kind: KeyKind): string;
  /** Signs a body: a new nonce at every call, and now as its time unless another is given. */
  headersFor(body: string, serial: string, at?: Date): Record<string, string>;
}

export function createWechatSigner({ merchant, wechat }: Credentials): WechatSigner {
  const keys = new Map<string, KeyObject>([
    [merchant.public_key_id, createPrivateKey(wechat.public_key_key)],
    [merchant.platform_serial_no, createPrivateKey(wechat.platform_key)],
  ]);

  return {
    serialFor: (asked) =>
      asked === merchant.public_key_id ? merchant.public_key_id : merchant.platform_serial_no,
    serialOf: (kind) =>
      kind === 'public-key' ? merchant.public_key_id : merchant.platform_serial_no,
    headersFor(body, serial, at = new Date()) {
      const privateKey = keys.get(serial);
      if (privateKey === undefined) throw new Error('WeChat Pay has no key of that serial');
      const timestamp = String(Math.floor(at.getTime() / 1000));
      const nonce = randomBytes(16).toString('hex');
      const message = answerMessage({ timestamp, nonce, body: Buffer.from(body) });
      return {
        'Wechatpay-Timestamp': timestamp,
        'Wechatpay-Nonce': nonce,
        'Wechatpay-Signature': sign(message, privateKey),
        'Wechatpay-Serial': serial,
        'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
      };
    },
  };
}
