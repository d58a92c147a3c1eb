/** What lies in Temporal: encrypted under the newest key, opened by any, and never half read. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { createPayloadCodec } from '../../../temporal/codec/payload-codec.ts';
import {
  UnreadablePayloadError,
  unreadablePayloadIn,
} from '../../../temporal/codec/unreadable-payload.ts';

const [OLD, NEW] = [randomBytes(32), randomBytes(32)];
const ORDER = { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o', attach: '柜机 17' };
const plain = defaultPayloadConverter.toPayload(ORDER);
const read = (payload: Payload | undefined) => defaultPayloadConverter.fromPayload(payload!);

const codecOf = (...secrets: Buffer[]) => createPayloadCodec({ secrets, encrypts: true });
const encryptedBy = async (...secrets: Buffer[]) => (await codecOf(...secrets).encode([plain]))[0]!;
const textOf = ({ metadata, data }: Payload) =>
  Buffer.concat([...Object.values(metadata ?? {}), data ?? Buffer.of()]).toString('latin1');

describe('the payload codec', () => {
  it('shows nothing of what it encrypts, nor that two are the same', async () => {
    const [first, second] = [await encryptedBy(NEW), await encryptedBy(NEW)];
    for (const clear of ['openid', 'oUpF8', 'attach', 'json/plain']) {
      assert.ok(!textOf(first).includes(clear), clear);
    }
    assert.notDeepEqual(first.data, second.data);
  });

  it('opens again what it encrypted, in the same order', async () => {
    const codec = codecOf(NEW);
    const payloads = [1, '二', null, ORDER].map((value) =>
      defaultPayloadConverter.toPayload(value),
    );
    const opened = await codec.decode(await codec.encode(payloads));
    assert.deepEqual(opened.map(read), [1, '二', null, ORDER]);
  });

  it('encrypts under the newest key and opens with any', async () => {
    const old = await encryptedBy(OLD);
    const both = codecOf(NEW, OLD);
    assert.deepEqual(read((await both.decode([old]))[0]), ORDER);
    const [renewed] = await both.encode([plain]);
    assert.deepEqual(read((await codecOf(NEW).decode([renewed!]))[0]), ORDER);
    assert.equal(both.keyId, codecOf(NEW).keyId);
    assert.deepEqual(both.keyIds, [codecOf(NEW).keyId, codecOf(OLD).keyId]);
  });

  it('lets through what was never encrypted', async () => {
    assert.deepEqual(await codecOf(NEW).decode([plain]), [plain]);
  });

  it('turned off, writes in clear and still reads', async () => {
    const off = createPayloadCodec({ secrets: [NEW], encrypts: false });
    assert.deepEqual(await off.encode([plain]), [plain]);
    assert.deepEqual(read((await off.decode([await encryptedBy(NEW)]))[0]), ORDER);
    assert.equal(off.keyId, undefined);
  });

  it('does not encrypt without a key', () => {
    assert.throws(() => createPayloadCodec({ secrets: [], encrypts: true }), TypeError);
  });

  it('names the key that it lacks, and nothing of what it cannot read', async () => {
    const payload = await encryptedBy(OLD);
    const { keyId } = codecOf(OLD);
    await assert.rejects(codecOf(NEW).decode([payload]), (error: Error) => {
      assert.ok(error instanceof UnreadablePayloadError);
      assert.match(error.message, new RegExp(`codec key ${keyId} is not among CODEC_KEY_FILES`));
      assert.equal(unreadablePayloadIn(new Error('wrapped', { cause: error })), error);
      return true;
    });
    const forged = { ...payload, metadata: { ...payload.metadata, 'encryption-key-id': TEXT } };
    await assert.rejects(codecOf(NEW).decode([forged]), /codec key \(of another form\)/);
  });

  it('believes nothing of which a single bit was changed, and nothing shorter than its tag', async () => {
    const payload = await encryptedBy(NEW);
    const data = Buffer.from(payload.data ?? []);
    const unreadable = async (changed: Buffer) =>
      await assert.rejects(
        codecOf(NEW).decode([{ ...payload, data: changed }]),
        /was changed, or cut/,
      );
    for (const [at] of data.entries()) {
      const changed = Buffer.from(data);
      changed[at]! ^= 1;
      await unreadable(changed);
    }
    for (const length of [0, 11, 12, 27, 28, data.length - 1]) {
      await unreadable(data.subarray(0, length));
    }
  });

  it('believes nothing under the name of another key', async () => {
    const codec = codecOf(NEW, OLD);
    const [old, renewed] = [await encryptedBy(OLD), await encryptedBy(NEW)];
    const swapped: Payload = { ...old, metadata: renewed.metadata ?? {} };
    await assert.rejects(codec.decode([swapped]), UnreadablePayloadError);
  });

  it('tells what it was used for', async () => {
    const uses: string[] = [];
    const onUse = (use: string) => void uses.push(use);
    const codec = createPayloadCodec({ secrets: [NEW], encrypts: true, onUse });
    await codec.decode(await codec.encode([plain]));
    await codec.decode([plain]);
    await codec.decode([await encryptedBy(OLD)]).catch(() => {});
    assert.deepEqual(uses, ['encrypted', 'decrypted', 'unreadable']);
  });
});

/** Whoever may write to Temporal may have put anything there. */
const TEXT = Buffer.from('<script>13812345678</script>');
