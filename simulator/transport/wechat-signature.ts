/** The Wechatpay-* headers under which WeChat Pay's answers and notifications travel, and which key signs them. */
import { randomBytes } from 'node:crypto';
import { answerMessage } from '../../wechatpay/message.ts';
import { sign } from '../../wechatpay/signature.ts';
import type { KeyRing } from '../credentials/key-ring.ts';
import type { KeyMode } from '../credentials/key-state.ts';
import { usableAt } from '../credentials/platform-certificates.ts';

/** Which of its two kinds of keys WeChat Pay signs with. */
export type KeyKind = 'public-key' | 'certificate';

export interface WechatSigner {
  /** The serial, or public key id, of the key to answer a request with whose `Wechatpay-Serial` is this. */
  serialFor(asked: string | undefined): string;
  /** The serial, or public key id, of the key of this kind that WeChat Pay uses now. */
  serialOf(kind: KeyKind): string;
  /** The serial, or public key id, of the key for the next attempt of a notification. */
  serialForNotification(): string;
  /** Signs a body: a new nonce at every call, and now as its time unless another is given. */
  headersFor(body: string, serial: string, at?: Date): Record<string, string>;
}

/** The kinds in a mode, the one that signs where nothing else is asked for first: a certificate, while there are any. */
const KINDS: Record<KeyMode, readonly KeyKind[]> = {
  'public-key': ['public-key'],
  certificate: ['certificate'],
  both: ['certificate', 'public-key'],
};

export function createWechatSigner(keys: KeyRing): WechatSigner {
  const isPublicKeyTurn = turnsByShare();

  /** Serials that may be used now, by kind; the one to use comes last. */
  function usable(kind: KeyKind): string[] {
    const { mode, platform } = keys.state();
    if (!KINDS[mode].includes(kind)) return [];
    if (kind === 'public-key') return [keys.publicKeyId()];
    return usableAt(Date.now(), platform).map((it) => it.serial_no);
  }

  function defaultSerial(): string {
    const serials = KINDS[keys.state().mode].map((kind) => usable(kind).at(-1));
    const expired = keys.state().platform.at(-1)?.serial_no; // nothing else is left to sign with
    return serials.find((it) => it !== undefined) ?? expired ?? keys.publicKeyId();
  }

  const serialOf = (kind: KeyKind) => usable(kind).at(-1) ?? defaultSerial();

  return {
    serialFor(asked) {
      const held = [...usable('public-key'), ...usable('certificate')];
      return held.find((serial) => serial === asked) ?? defaultSerial();
    },
    serialOf,
    serialForNotification() {
      const { notify_with } = keys.state();
      if (typeof notify_with === 'string') return serialOf(notify_with);
      return serialOf(isPublicKeyTurn(notify_with.public_key_share) ? 'public-key' : 'certificate');
    },
    headersFor(body, serial, at = new Date()) {
      const privateKey = keys.wechatKey(serial);
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

/** Spreads a share evenly instead of throwing dice: of four turns at 0.25, exactly one. */
function turnsByShare(): (share: number) => boolean {
  let credit = 0;
  return (share) => {
    credit += share;
    if (credit < 1 - Number.EPSILON * 8) return false;
    credit -= 1;
    return true;
  };
}
