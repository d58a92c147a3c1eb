/** The Wechatpay-* headers under which WeChat Pay's answers and notifications travel. */
import { createPrivateKey, randomBytes, type KeyObject } from 'node:crypto';
import { answerMessage } from '../../wechatpay/message.ts';
import { sign } from '../../wechatpay/signature.ts';
import type { Credentials } from '../credentials/merchant.ts';

/** Which of its two kinds of keys WeChat Pay signs with. */
export type KeyKind = 'public-key' | 'certificate';

export interface WechatSigner {
  /** The key that a request asks for by its `Wechatpay-Serial`. */
  keyAskedFor(serial: string | undefined): KeyKind;
  /** Signs a body now: a new timestamp and nonce at every call. */
  headersFor(body: string, kind: KeyKind): Record<string, string>;
}

export function createWechatSigner({ merchant, wechat }: Credentials): WechatSigner {
  const keys: Record<KeyKind, { serial: string; privateKey: KeyObject }> = {
    'public-key': {
      serial: merchant.public_key_id,
      privateKey: createPrivateKey(wechat.public_key_key),
    },
    certificate: {
      serial: merchant.platform_serial_no,
      privateKey: createPrivateKey(wechat.platform_key),
    },
  };

  return {
    keyAskedFor: (serial) => (serial === merchant.public_key_id ? 'public-key' : 'certificate'),
    headersFor(body, kind) {
      const { serial, privateKey } = keys[kind];
      const timestamp = String(Math.floor(Date.now() / 1000));
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
