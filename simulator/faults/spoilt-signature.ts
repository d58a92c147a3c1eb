/** Signatures that must not be believed, of answers and notifications alike. */
import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { answerMessage } from '../../wechatpay/message.ts';
import { sign } from '../../wechatpay/signature.ts';
import type { WechatSigner } from '../transport/wechat-signature.ts';

const STALE_MS = 600_000;
const PROBE = 'WECHATPAY/SIGNTEST/';

type Headers = Record<string, string>;
type Sign = (signer: Pick<WechatSigner, 'headersFor'>, body: string, serial: string) => Headers;

export const SPOILT_SIGNATURES = {
  /** Of other bytes than those that are sent. */
  'bad-signature': (signer, body, serial) => signer.headersFor(`${body} `, serial),
  /** WeChat Pay's own probe of whether the merchant verifies at all (docs/wechatpay-facts.md#signature-probes). */
  signtest(signer, body, serial) {
    const headers = signer.headersFor(body, serial);
    const signature = headers['Wechatpay-Signature'] ?? '';
    return { ...headers, 'Wechatpay-Signature': `${PROBE}${signature.slice(PROBE.length)}` };
  },
  /** True ten minutes ago. */
  'stale-signature': (signer, body, serial) =>
    signer.headersFor(body, serial, new Date(Date.now() - STALE_MS)),
  /** By a key that WeChat Pay does not have, under a serial that it has. */
  'foreign-signature': (_signer, body, serial) => strangerHeaders(body, serial),
  /** By a key that WeChat Pay does not have, under a serial of its own. */
  'unknown-serial': (_signer, body) =>
    strangerHeaders(body, randomBytes(20).toString('hex').toUpperCase()),
} satisfies Record<string, Sign>;

export type SpoiltSignature = keyof typeof SPOILT_SIGNATURES;

let stranger: KeyObject | undefined;

/** Made when it is first needed: few simulators ever do. */
function strangerKey(): KeyObject {
  stranger ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  return stranger;
}

function strangerHeaders(body: string, serial: string): Headers {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const message = answerMessage({ timestamp, nonce, body: Buffer.from(body) });
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': sign(message, strangerKey()),
    'Wechatpay-Serial': serial,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  };
}
