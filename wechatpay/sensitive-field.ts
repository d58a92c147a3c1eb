/** Sensitive fields (敏感信息加解密): RSAES-OAEP with SHA-1 and MGF1-SHA-1, in base64. */
import { constants, privateDecrypt, publicEncrypt, type KeyObject } from 'node:crypto';
import { DecryptionError } from './errors.ts';

const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };

/** @param key of WeChat Pay's, which the request must name in `Wechatpay-Serial` */
export function sealField(text: string, key: KeyObject): string {
  return publicEncrypt({ key, ...OAEP }, Buffer.from(text)).toString('base64');
}

/**
 * @param key the merchant's private key
 * @throws {DecryptionError} where it was encrypted for another key
 */
export function openField(field: string, key: KeyObject): string {
  try {
    return privateDecrypt({ key, ...OAEP }, Buffer.from(field, 'base64')).toString('utf8');
  } catch {
    throw new DecryptionError('the field does not open with this private key');
  }
}
