/** AES-256-GCM, by vectors from openssl and the definition of GCM: see ../fixtures/openssl/README.md. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DecryptionError } from '../../wechatpay/errors.ts';
import { decryptResource, encryptResource } from '../../wechatpay/resource.ts';
import { sealedVector, withOneByteChanged } from './vectors.ts';

const algorithm = 'AEAD_AES_256_GCM';
const vector = sealedVector('resource.json');
const key = Buffer.from(vector.key);
const sealed = Buffer.from(vector.ciphertext, 'base64');
const resource = { ...vector, algorithm };

const refuses = (change: Partial<typeof resource>, withKey: Buffer = key) => {
  assert.throws(() => decryptResource({ ...resource, ...change }, withKey), DecryptionError);
};

for (const [what, name] of Object.entries({
  'a resource': 'resource.json',
  'a resource with a nonce of 16 bytes': 'resource.16-byte-nonce.json',
  'a resource without associated data': 'resource.no-associated-data.json',
  'a resource that is empty': 'resource.empty.json',
})) {
  const { plaintext, ciphertext, nonce, associated_data } = sealedVector(name);

  test(`opens ${what}`, () => {
    const given = { algorithm, ciphertext, nonce, associated_data };
    assert.equal(decryptResource(given, key).toString(), plaintext);
  });

  test(`seals ${what} into the bytes of the vector`, () => {
    const made = encryptResource({ text: plaintext, nonce, associated_data }, key);
    assert.deepEqual(made, { algorithm, ciphertext, nonce, associated_data });
  });
}

test('absent associated data is empty associated data', () => {
  const { plaintext, ciphertext, nonce } = sealedVector('resource.no-associated-data.json');
  assert.equal(decryptResource({ algorithm, ciphertext, nonce }, key).toString(), plaintext);
});

test('does not open a resource with one changed byte, wherever it is', () => {
  for (const changed of withOneByteChanged(sealed)) {
    refuses({ ciphertext: changed.toString('base64') });
  }
});

for (let length = 0; length < 16; length++) {
  test(`does not open a resource whose tag is cut to ${length} bytes`, () => {
    const cut = sealed.subarray(0, sealed.length - 16 + length);
    refuses({ ciphertext: cut.toString('base64') });
    const tagOnly = Buffer.from(sealedVector('resource.empty.json').ciphertext, 'base64');
    refuses({ ciphertext: tagOnly.subarray(0, length).toString('base64') });
  });
}

for (const [what, change] of Object.entries({
  'another nonce': { nonce: 'fdasflkja485' },
  'a longer nonce': { nonce: 'fdasflkja484 ' },
  'no nonce': { nonce: '' },
  'a nonce of ten thousand bytes': { nonce: 'n'.repeat(10_000) },
  'other associated data': { associated_data: 'refund' },
  'empty associated data': { associated_data: '' },
  'another algorithm': { algorithm: 'AEAD_AES_128_GCM' },
  'an algorithm in lower case': { algorithm: 'aead_aes_256_gcm' },
  'a ciphertext that is not base64': { ciphertext: '{"state":"DONE"}' },
  'no ciphertext': { ciphertext: '' },
})) {
  test(`does not open a resource with ${what}`, () => refuses(change));
}

// what it is, what is changed, what the operator reads
for (const [what, change, words] of [
  ['of another algorithm', { algorithm: 'AEAD_AES_128_GCM' }, /names an algorithm other than/],
  [
    'shorter than its tag',
    { ciphertext: sealed.toString('base64', 0, 15) },
    /shorter than its tag/,
  ],
  ['without a nonce', { nonce: '' }, /has no nonce/],
  ['in lenient base64', { ciphertext: `${vector.ciphertext}!` }, /not strict base64/],
  ['of a tag alone, of others', { ciphertext: sealed.toString('base64', 0, 16) }, /does not open/],
  ['for other data', { associated_data: 'refund' }, /does not open with this APIv3 key/],
] as const) {
  test(`says of a resource ${what} that it is`, () => {
    assert.throws(() => decryptResource({ ...resource, ...change }, key), { message: words });
  });
}

test('does not open a resource with another key', () => {
  for (const changed of withOneByteChanged(key)) refuses({}, changed);
});

test('the error tells nothing about key, nonce or text', () => {
  const wrong = Buffer.from('wrong-key-wrong-key-wrong-key-32');
  assert.throws(
    () => decryptResource(resource, wrong),
    (error: Error) => {
      const shown = `${error.stack} ${JSON.stringify(error)}`;
      return [String(wrong), vector.nonce, vector.ciphertext, 'DONE'].every(
        (secret) => !shown.includes(secret),
      );
    },
  );
});

test('refuses a ciphertext that only a lenient reader takes for the same base64', () => {
  const { ciphertext } = vector;
  const urlSafe = ciphertext.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  for (const spelt of [`${ciphertext}\n`, ` ${ciphertext}`, `${ciphertext}!`, urlSafe]) {
    if (spelt !== ciphertext) refuses({ ciphertext: spelt });
  }
});
