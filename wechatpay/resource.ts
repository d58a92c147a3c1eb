/** AEAD_AES_256_GCM resources: how WeChat Pay encrypts notifications and certificates. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { DecryptionError } from './errors.ts';
import type { JsonObject } from './json.ts';

const TAG_BYTES = 16;

export interface EncryptedResource {
  readonly algorithm: string;
  /** base64 of the ciphertext followed by the 16-byte tag. */
  readonly ciphertext: string;
  /** 12 characters in practice, up to 16 by the documents; its raw bytes are the IV. */
  readonly nonce: string;
  readonly associated_data?: string | undefined;
}

/** The merchant's APIv3 keys, 32 bytes each. */
export interface ApiV3Keys {
  readonly current: Buffer;
  /** After a change, what WeChat had encrypted before still comes: the old key is tried as well, until then. */
  readonly previous?: { readonly key: Buffer; readonly until: Date } | undefined;
}

/**
 * Decrypts a resource with the APIv3 key, or with the previous one while that still counts.
 *
 * @throws {DecryptionError} as {@link decryptResource}
 */
export function openResource(resource: EncryptedResource, keys: ApiV3Keys, at: Date): Buffer {
  const { current, previous } = keys;
  try {
    return decryptResource(resource, current);
  } catch (error) {
    if (!previous || at > previous.until) throw error;
    return decryptResource(resource, previous.key);
  }
}

/** The encrypted resource in what WeChat Pay sent; a field that is no text opens nothing. */
export function encryptedResourceIn(sealed: JsonObject): EncryptedResource {
  const textOf = (field: string) => (typeof sealed[field] === 'string' ? sealed[field] : '');
  return {
    algorithm: textOf('algorithm'),
    ciphertext: textOf('ciphertext'),
    nonce: textOf('nonce'),
    associated_data: textOf('associated_data'),
  };
}

/**
 * Decrypts a resource with an APIv3 key.
 *
 * @param key the 32 bytes of the APIv3 key
 * @throws {DecryptionError} for another algorithm, a damaged ciphertext or another key; the cause is not told apart
 */
export function decryptResource(resource: EncryptedResource, key: Buffer): Buffer {
  if (resource.algorithm !== 'AEAD_AES_256_GCM') {
    throw new DecryptionError('the resource names an algorithm other than AEAD_AES_256_GCM');
  }
  const sealed = Buffer.from(resource.ciphertext, 'base64');
  const nonce = Buffer.from(resource.nonce);
  if (sealed.length < TAG_BYTES || nonce.length === 0) {
    throw new DecryptionError('the resource is shorter than its tag or has no nonce');
  }
  if (sealed.toString('base64') !== resource.ciphertext) {
    throw new DecryptionError('the resource’s ciphertext is not strict base64');
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(resource.associated_data ?? ''));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new DecryptionError('the resource does not open with this APIv3 key');
  }
}

export interface Plaintext {
  readonly text: string;
  readonly nonce: string;
  readonly associated_data: string;
}

/** Encrypts a text as WeChat Pay does; the key is the 32 bytes of the APIv3 key. */
export function encryptResource(plaintext: Plaintext, key: Buffer): EncryptedResource {
  const { text, nonce, associated_data } = plaintext;
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.from(nonce), {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(Buffer.from(associated_data));
  const sealed = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealed.toString('base64'),
    nonce,
    associated_data,
  };
}
