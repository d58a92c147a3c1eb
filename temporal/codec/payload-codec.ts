/**
 * What Temporal stores is encrypted before it leaves the process: AES-256-GCM, under the newest key, with the key's id beside it.
 * Whatever any of the keys encrypted is opened again, and what was never encrypted is let through: an order that was begun in
 * clear goes on.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { codecKey, type CodecKey } from './key.ts';
import { UnreadablePayloadError } from './unreadable-payload.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

const CIPHER = 'aes-256-gcm';
const ENCODING = 'binary/encrypted';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface CodecSetting {
  /** 32 random bytes each, the newest first. */
  readonly secrets: readonly Buffer[];
  /** False writes in clear, and still reads. */
  readonly encrypts: boolean;
  /** Told of each payload that was encrypted or opened, and of each that could not be. */
  readonly onUse?: (use: CodecUse) => void;
}

export type CodecUse = 'encrypted' | 'decrypted' | 'unreadable';

export interface OrderCodec extends PayloadCodec {
  /** Of the key that encrypts; undefined where none does. */
  readonly keyId: string | undefined;
  /** Of all keys that decrypt, the newest first. */
  readonly keyIds: readonly string[];
}

/** @throws {TypeError} where it is to encrypt without a key */
export function createPayloadCodec({ secrets, encrypts, onUse }: CodecSetting): OrderCodec {
  const keys = secrets.map(codecKey);
  const [newest] = keys;
  if (encrypts && !newest) throw new TypeError('a codec that encrypts needs a key');
  const byId = new Map(keys.map((key) => [key.id, key]));

  return {
    keyId: encrypts ? newest?.id : undefined,
    keyIds: keys.map(({ id }) => id),
    async encode(payloads) {
      if (!encrypts || !newest) return payloads;
      return payloads.map((payload) => {
        onUse?.('encrypted');
        return encrypted(payload, newest);
      });
    },
    async decode(payloads) {
      return payloads.map((payload) => {
        if (!isEncrypted(payload)) return payload;
        try {
          const opened = decrypted(payload, byId);
          onUse?.('decrypted');
          return opened;
        } catch (error) {
          onUse?.('unreadable');
          throw error;
        }
      });
    },
  };
}

function encrypted(payload: Payload, { id, secret }: CodecKey): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, secret, nonce).setAAD(authenticated(id));
  const content = cipher.update(PayloadMessage.encode(payload).finish());
  return {
    metadata: { encoding: Buffer.from(ENCODING), 'encryption-key-id': Buffer.from(id) },
    data: Buffer.concat([nonce, content, cipher.final(), cipher.getAuthTag()]),
  };
}

function decrypted({ metadata, data }: Payload, keys: ReadonlyMap<string, CodecKey>): Payload {
  const id = Buffer.from(metadata?.['encryption-key-id'] ?? []).toString();
  const key = keys.get(id);
  if (!key) throw new UnreadablePayloadError(id, 'is not among CODEC_KEY_FILES');
  const bytes = Buffer.from(data ?? []);
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new UnreadablePayloadError(id, CHANGED);
  const decipher = createDecipheriv(CIPHER, key.secret, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(authenticated(id))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const content = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return PayloadMessage.decode(Buffer.concat([content, decipher.final()]));
  } catch {
    throw new UnreadablePayloadError(id, CHANGED);
  }
}

const CHANGED = 'did not encrypt this: it was changed, or cut';

/** Nothing that the codec endpoint does not know: the web UI hands it payloads alone. */
function authenticated(keyId: string): Buffer {
  return Buffer.from(`${ENCODING} ${keyId}`);
}

export function isEncrypted({ metadata }: Payload): boolean {
  return Buffer.from(metadata?.['encoding'] ?? []).toString() === ENCODING;
}
