/** Sensitive fields: RSAES-OAEP with SHA-1 and MGF1-SHA-1, in base64. */
import { constants, privateDecrypt, publicEncrypt, type KeyObject } from 'node:crypto';

const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };

/** Undefined for what was not encrypted for this key. */
export function opened(field: string, key: KeyObject): Buffer | undefined {
  try {
    return privateDecrypt({ key, ...OAEP }, Buffer.from(field, 'base64'));
  } catch {
    return undefined;
  }
}

export function sealed(value: Buffer, key: KeyObject): string {
  return publicEncrypt({ key, ...OAEP }, value).toString('base64');
}
