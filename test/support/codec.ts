/** All tests are played with what Temporal stores encrypted, under a key of theirs. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Payload } from '@temporalio/common';
import { dataConverterOf } from '../../temporal/codec/data-converter.ts';
import { createPayloadCodec, type CodecSetting } from '../../temporal/codec/payload-codec.ts';

export const CODEC_KEY_FILE = fileURLToPath(new URL('../fixtures/codec.key', import.meta.url));
export const SECRET = Buffer.from(readFileSync(CODEC_KEY_FILE, 'utf8').trim(), 'hex');

export const testCodec = (setting: Partial<CodecSetting> = {}) =>
  createPayloadCodec({ secrets: [SECRET], encrypts: true, ...setting });

export const TEST_CONVERTER = dataConverterOf(testCodec());

const { decode } = testCodec();

/** Events, or whatever holds payloads, with all of them opened. */
export async function opened<T>(message: T): Promise<T> {
  if (typeof message !== 'object' || message === null) return message;
  // Bytes, and numbers of 64 bits.
  if (message instanceof Uint8Array || 'unsigned' in message) return message;
  if (Array.isArray(message)) return (await Promise.all(message.map(opened))) as T;
  if ('metadata' in message && 'data' in message) {
    const [payload] = await decode([message as Payload]);
    return payload as T;
  }
  const fields = Object.entries(message);
  const pairs = fields.map(async ([name, it]) => [name, await opened<unknown>(it)] as const);
  return Object.fromEntries(await Promise.all(pairs)) as T;
}

/** All that its payloads hold, opened, as text. */
export async function textIn(message: unknown): Promise<string> {
  return textsIn(await opened(message)).join('\n');
}

function textsIn(message: unknown): string[] {
  if (message instanceof Uint8Array) return [Buffer.from(message).toString()];
  if (typeof message !== 'object' || message === null) return [];
  return Object.values(message).flatMap(textsIn);
}
