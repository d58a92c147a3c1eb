/** Every key of WeChat Pay's for this merchant and of the merchant's own: looked up, changed, found again. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Collection } from '../journal.ts';
import { firstKeyState, type KeyMode, type KeyState, type NotifyWith } from './key-state.ts';
import type { Credentials } from './merchant.ts';
import { usableAt } from './platform-certificates.ts';

export interface KeyRing {
  state(): KeyState;
  /** Takes effect at once; the promise is kept when the folder shows it too. */
  change(changed: Partial<KeyState>): Promise<void>;
  /** The credentials as they stand: the certificate that signs, the newest of the merchant's keys. */
  credentials(): Credentials;
  /** The id of the WeChat Pay public key, in every mode. */
  publicKeyId(): string;
  /** WeChat Pay's private key of this serial or id, in use or not. */
  wechatKey(serial: string): KeyObject | undefined;
  /** The key by which a request under this active certificate of the merchant is verified. */
  merchantKey(serial_no: string): KeyObject | undefined;
}

export interface KeyRingParts {
  /** As they were made, or as the folder shows them; what was changed by command is in `states`. */
  readonly credentials: Credentials;
  /** By mchid: a folder whose credentials were made anew has another merchant. */
  readonly states: Collection<KeyState>;
  /** Asked for at the start; by default what is remembered. */
  readonly mode?: KeyMode | undefined;
  readonly notifyWith?: NotifyWith | undefined;
  /** Shows the credentials to those who read the folder. */
  readonly publish: (credentials: Credentials) => Promise<void>;
}

export function createKeyRing(parts: KeyRingParts): KeyRing {
  const { states, publish } = parts;
  const { merchant, wechat } = parts.credentials;
  const remembered = states.get(merchant.mchid) ?? firstKeyState(parts.credentials);
  let state: KeyState = {
    ...remembered,
    mode: parts.mode ?? remembered.mode,
    notify_with: parts.notifyWith ?? remembered.notify_with,
  };
  states.put(merchant.mchid, state);
  const keyOf = rememberedBy(createPrivateKey);
  const publicKeyOf = rememberedBy(createPublicKey);
  let published = Promise.resolve();

  function credentials(): Credentials {
    const platform = usableAt(Date.now(), state.platform).at(-1) ?? state.platform.at(-1);
    const api = state.api_certificates.at(-1);
    return {
      merchant: {
        ...merchant,
        ...api,
        api_v3_key: state.api_v3_keys.at(-1) ?? merchant.api_v3_key,
        platform_serial_no: platform?.serial_no ?? merchant.platform_serial_no,
        platform_certificate: platform?.pem ?? merchant.platform_certificate,
      },
      wechat: { ...wechat, platform_key: platform?.private_key ?? wechat.platform_key },
    };
  }

  return {
    state: () => state,
    change(changed) {
      state = { ...state, ...changed };
      states.put(merchant.mchid, state);
      published = published.catch(() => undefined).then(() => publish(credentials()));
      return published;
    },
    credentials,
    publicKeyId: () => merchant.public_key_id,
    wechatKey(serial) {
      if (serial === merchant.public_key_id) return keyOf(wechat.public_key_key);
      const certificate = state.platform.find((it) => it.serial_no === serial);
      return certificate && keyOf(certificate.private_key);
    },
    merchantKey(serial_no) {
      const api = state.api_certificates.find((it) => it.serial_no === serial_no);
      return api && publicKeyOf(api.certificate);
    },
  };
}

function rememberedBy(read: (pem: string) => KeyObject): (pem: string) => KeyObject {
  const keys = new Map<string, KeyObject>();
  return (pem) => {
    const key = keys.get(pem) ?? read(pem);
    keys.set(pem, key);
    return key;
  };
}
