/** A key of the payload codec, known by its fingerprint: no key can go by another's name. */
import { createHash, createSecretKey, type KeyObject } from 'node:crypto';

export interface CodecKey {
  /** Stands in clear beside every payload that the key encrypts. */
  readonly id: string;
  readonly secret: KeyObject;
}

const ID_DIGITS = 16;

/** @param bytes 32, random */
export function codecKey(bytes: Buffer): CodecKey {
  const fingerprint = createHash('sha256').update('payscore-orders codec key').update(bytes);
  return {
    id: fingerprint.digest('hex').slice(0, ID_DIGITS),
    secret: createSecretKey(bytes),
  };
}
