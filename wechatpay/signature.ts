/** SHA256-RSA2048 signatures over bytes: what both ends of APIv3 sign and verify. */
import { sign as rsaSign, verify as rsaVerify, type KeyObject } from 'node:crypto';

/**
 * Signs a message with RSA PKCS#1 v1.5 over SHA-256.
 *
 * @returns the signature in base64 without line breaks (WECHATPAY2-SHA256-RSA2048)
 */
export function sign(message: string | Buffer, privateKey: KeyObject): string {
  return rsaSign('sha256', Buffer.from(message), privateKey).toString('base64');
}

/**
 * Tells whether a base64 signature belongs to this message and key.
 * Anything that is not strict base64 is a false signature, never an exception.
 */
export function isSignedBy(
  message: string | Buffer,
  signature: string,
  publicKey: KeyObject,
): boolean {
  const bytes = Buffer.from(signature, 'base64');
  if (bytes.toString('base64') !== signature) return false;
  return rsaVerify('sha256', Buffer.from(message), publicKey, bytes);
}
