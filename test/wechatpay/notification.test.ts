/** Notifications: verified first, then decrypted, then read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DecryptionError, VerificationError } from '../../wechatpay/errors.ts';
import { openNotification } from '../../wechatpay/notification.ts';
import { bytesOf, otherKey, sealedVector } from './vectors.ts';
import { bothKeys, clockAt, signedHeaders, vectorHeaders } from './wechat.ts';

const { key, plaintext, ciphertext } = sealedVector('resource.json');
const opener = { keys: bothKeys, now: clockAt(0), apiV3Keys: { current: Buffer.from(key) } };
const body = bytesOf('notification.json');
const envelope = JSON.parse(body.toString()) as { resource: Record<string, unknown> };

/** Who opens with this touches the APIv3 key: that must not happen before the signature was verified. */
const keyUntouched = {
  ...opener,
  get apiV3Keys(): never {
    throw new Error('the APIv3 key was used');
  },
};

const OTHER_KEY = Buffer.from('ffffffffffffffffffffffffffffffff');
const received = (text: string | Buffer, signing = {}) => ({
  headers: signedHeaders(text, signing),
  body: Buffer.from(text),
});
const withResource = (change: object) =>
  received(JSON.stringify({ ...envelope, resource: { ...envelope.resource, ...change } }));

test('opens the notification that openssl signed and sealed', async () => {
  const message = { headers: vectorHeaders('notification.sig'), body };
  assert.deepEqual(await openNotification(message, opener), {
    id: 'EV-2030010100000001',
    event_type: 'PAYSCORE.USER_PAID',
    createdAt: undefined,
    resource: JSON.parse(plaintext) as unknown,
  });
});

test('tells when WeChat Pay made it, where it says so', async () => {
  const createdAt = async (create_time: unknown) =>
    (await openNotification(received(JSON.stringify({ ...envelope, create_time })), opener))
      .createdAt;
  assert.deepEqual(
    await createdAt('2026-11-29T12:00:00+08:00'),
    new Date('2026-11-29T04:00:00.000Z'),
  );
  for (const nothing of ['yesterday', 0, null]) assert.equal(await createdAt(nothing), undefined);
});

for (const [what, name] of Object.entries({
  'a nonce of 16 bytes': 'resource.16-byte-nonce.json',
  'empty associated_data': 'resource.no-associated-data.json',
})) {
  test(`opens a resource with ${what}`, async () => {
    const vector = sealedVector(name);
    const { nonce, associated_data } = vector;
    const message = withResource({ nonce, associated_data, ciphertext: vector.ciphertext });
    assert.deepEqual((await openNotification(message, opener)).resource, { state: 'DONE' });
  });
}

for (const absent of [undefined, null]) {
  test(`opens a resource whose associated_data is ${absent}`, async () => {
    const { nonce, ciphertext: sealed } = sealedVector('resource.no-associated-data.json');
    const message = withResource({ nonce, associated_data: absent, ciphertext: sealed });
    assert.deepEqual((await openNotification(message, opener)).resource, { state: 'DONE' });
  });
}

const garbage = JSON.stringify({ ...envelope, resource: { ciphertext: 'garbage' } });
for (const [what, message] of Object.entries({
  'a forged message': received(body, { key: otherKey }),
  'a stale message': received(body, { timestamp: '1893455699' }),
  'an altered message': { headers: signedHeaders(body), body: Buffer.from(`${String(body)} `) },
  'a message without signature': { headers: {}, body },
  'a forged message with garbage for a ciphertext': received(garbage, { key: otherKey }),
  'a forged message that is not JSON': received('<xml>', { key: otherKey }),
  'a forged message without a body': received('', { key: otherKey }),
})) {
  test(`refuses ${what} before anything of it is decrypted`, async () => {
    await assert.rejects(openNotification(message, keyUntouched), VerificationError);
  });
}

for (const [what, message] of Object.entries({
  'garbage for a ciphertext': withResource({ ciphertext: 'garbage' }),
  'a cut tag': withResource({ ciphertext: ciphertext.slice(0, -4) }),
  'a number for a ciphertext': withResource({ ciphertext: 1 }),
  'no ciphertext': withResource({ ciphertext: undefined }),
  'no nonce': withResource({ nonce: undefined }),
  'a nonce of ten thousand bytes': withResource({ nonce: 'n'.repeat(10_000) }),
  'another nonce': withResource({ nonce: 'fdasflkja485' }),
  'other associated_data': withResource({ associated_data: 'refund' }),
  'a number for associated_data': withResource({ associated_data: 1 }),
  'another algorithm': withResource({ algorithm: 'AEAD_SM4_GCM' }),
  'no algorithm': withResource({ algorithm: undefined }),
  'no resource': received(JSON.stringify({ ...envelope, resource: undefined })),
  'a list for a resource': received(JSON.stringify({ ...envelope, resource: [] })),
  'no id': received(JSON.stringify({ ...envelope, id: undefined })),
  'no event_type': received(JSON.stringify({ ...envelope, event_type: 7 })),
  'no envelope': received('[]'),
  'no JSON': received('<xml/>'),
  'no UTF-8': received(Buffer.concat([body, Buffer.from([0xff])])),
  'no body': received(''),
  'an empty plaintext': withResource({
    ciphertext: sealedVector('resource.empty.json').ciphertext,
  }),
})) {
  test(`tells that it cannot open a verified message with ${what}`, async () => {
    await assert.rejects(openNotification(message, opener), DecryptionError);
  });
}

test('tells that it cannot open a verified message when our key is another', async () => {
  const message = { headers: vectorHeaders('notification.sig'), body };
  const opening = openNotification(message, { ...opener, apiV3Keys: { current: OTHER_KEY } });
  await assert.rejects(opening, DecryptionError);
});

for (const [when, secondsLeft, opens] of [
  ['before its end', 1, true],
  ['at its end', 0, true],
  ['after its end', -1, false],
] as const) {
  test(`${opens ? 'tries' : 'does not try'} the previous APIv3 key ${when}`, async () => {
    const message = { headers: vectorHeaders('notification.sig'), body };
    const previous = { key: Buffer.from(key), until: clockAt(secondsLeft)() };
    const opening = openNotification(message, {
      ...opener,
      apiV3Keys: { current: OTHER_KEY, previous },
    });
    if (opens) assert.equal((await opening).id, 'EV-2030010100000001');
    else await assert.rejects(opening, DecryptionError);
  });
}

test('tells of each message that it does not believe, and why', async () => {
  const reasons: string[] = [];
  const counting = { ...opener, onUnverified: (reason: string) => void reasons.push(reason) };
  const good = { headers: vectorHeaders('notification.sig'), body };
  const signature = 'WECHATPAY/SIGNTEST/abc';
  const probe = { ...good, headers: { ...good.headers, 'wechatpay-signature': signature } };
  await openNotification(good, counting);
  for (const message of [
    probe,
    received(body, { key: otherKey }),
    received(body, { timestamp: '1' }),
  ]) {
    await assert.rejects(openNotification(message, counting), VerificationError);
  }
  assert.deepEqual(reasons, ['probe', 'signature', 'timestamp']);
});
