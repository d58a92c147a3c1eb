/** Keys, messages and signatures that the openssl command line made: ../fixtures/openssl. */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** When every vector was signed: 2030-01-01T00:00:00Z, in seconds. */
export const SIGNED_AT = 1_893_456_000;
export const NONCE = 'c5ac7061fccab6bf3e254dcf98995b8c';

export const PUBLIC_KEY_ID = 'PUB_KEY_ID_0119000000012026010100000001';
export const MERCHANT_SERIAL = '5A11000000000000000000000000000000000001';
export const PLATFORM_SERIAL = '5B22000000000000000000000000000000000002';

export function bytesOf(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/openssl/${name}`, import.meta.url));
}

export function textOf(name: string): string {
  return bytesOf(name).toString('utf8');
}

export const merchantKey = createPrivateKey(bytesOf('merchant_key.pem'));
export const wechatKey = createPrivateKey(bytesOf('wechatpay_key.pem'));
export const platformKey = createPrivateKey(bytesOf('platform_key.pem'));
export const otherKey = createPrivateKey(bytesOf('other_key.pem'));
export const merchantPublicKey = createPublicKey(bytesOf('merchant_cert.pem'));
export const wechatPublicKey = createPublicKey(bytesOf('wechatpay_pub.pem'));

export interface SealedVector {
  readonly key: string;
  readonly nonce: string;
  readonly associated_data: string;
  readonly plaintext: string;
  readonly ciphertext: string;
}

export function sealedVector(name: string): SealedVector {
  return JSON.parse(textOf(name)) as SealedVector;
}

/** Every position of these bytes, changed in one bit. */
export function* withOneByteChanged(bytes: Buffer): Generator<Buffer> {
  for (let position = 0; position < bytes.length; position++) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(position) ^ 1, position);
    yield changed;
  }
}
