/** Which of WeChat Pay's keys signed a message, judged with node:crypto alone, and opens what is encrypted. */
import {
  createDecipheriv,
  createPublicKey,
  createVerify,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import type { Json, Got } from './merchant.ts';

/** Keys by serial or id. */
export type KnownKeys = Map<string, KeyObject>;

export function knownKeys(certificates: string[], publicKey?: { id: string; pem: string }) {
  const keys: KnownKeys = new Map();
  for (const pem of certificates) {
    const certificate = new X509Certificate(pem);
    keys.set(certificate.serialNumber, certificate.publicKey);
  }
  if (publicKey !== undefined) keys.set(publicKey.id, createPublicKey(publicKey.pem));
  return keys;
}

/** The serial under which it verifies; undefined if it does not. */
export function verifiedBy(got: Pick<Got, 'headers' | 'text'>, keys: KnownKeys) {
  const header = (name: string) => got.headers.get(`Wechatpay-${name}`) ?? '';
  const key = keys.get(header('Serial'));
  if (key === undefined) return undefined;
  const verify = createVerify('sha256');
  verify.update(`${header('Timestamp')}\n${header('Nonce')}\n${got.text}\n`);
  return verify.verify(key, header('Signature'), 'base64') ? header('Serial') : undefined;
}

/** AEAD_AES_256_GCM; throws under another key. */
export function opened({ ciphertext, nonce, associated_data }: Json, apiV3Key: string): string {
  const sealed = Buffer.from(ciphertext, 'base64');
  const cipher = createDecipheriv('aes-256-gcm', apiV3Key, nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(associated_data)).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]).toString();
}
