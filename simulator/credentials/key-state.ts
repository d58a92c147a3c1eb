/** Which keys WeChat Pay and the merchant hold now: all of it that commands change, as one snapshot. */
import { X509Certificate } from 'node:crypto';
import * as z from 'zod';
import type { Credentials } from './merchant.ts';
import type { PlatformCertificate } from './platform-certificates.ts';

/** What the merchant has of WeChat Pay's: platform certificates, the public key, or, while it migrates, both. */
export const KeyMode = z.enum(['certificate', 'public-key', 'both']);
export type KeyMode = z.infer<typeof KeyMode>;

/** What notifications are signed with; by share while WeChat Pay releases the public key in grey steps. */
export const NotifyWith = z.union([
  z.enum(['public-key', 'certificate']),
  z.object({ public_key_share: z.number().min(0).max(1) }),
]);
export type NotifyWith = z.infer<typeof NotifyWith>;

/** A certificate under which the merchant signs its requests. */
export interface ApiCertificate {
  readonly serial_no: string;
  readonly certificate: string;
  readonly private_key: string;
}

export interface KeyState {
  readonly mode: KeyMode;
  readonly notify_with: NotifyWith;
  /** Oldest first. */
  readonly platform: readonly PlatformCertificate[];
  /** Those that are active, newest last: the merchant signs with that one. */
  readonly api_certificates: readonly ApiCertificate[];
  /** All there ever were, newest last: what was encrypted under an older one stays so. */
  readonly api_v3_keys: readonly string[];
}

/** How it is when nothing has been changed by command. */
export function firstKeyState({ merchant, wechat }: Credentials): KeyState {
  const { platform_serial_no: serial_no, platform_certificate: pem } = merchant;
  const { validFrom, validTo } = new X509Certificate(pem);
  return {
    mode: 'both',
    notify_with: 'public-key',
    platform: [
      {
        serial_no,
        pem,
        private_key: wechat.platform_key,
        effective_ms: Date.parse(validFrom),
        expire_ms: Date.parse(validTo),
      },
    ],
    api_certificates: [
      {
        serial_no: merchant.serial_no,
        certificate: merchant.certificate,
        private_key: merchant.private_key,
      },
    ],
    api_v3_keys: [merchant.api_v3_key],
  };
}
