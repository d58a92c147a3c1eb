/** Sensitive fields: opened by the key that they were sealed for, and by no other. */
import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { test } from 'node:test';
import { DecryptionError } from '../../wechatpay/errors.ts';
import { openField, sealField } from '../../wechatpay/sensitive-field.ts';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const { publicKey, privateKey } = pair();

test('a field is RSAES-OAEP with SHA-1 in base64, and opens again', () => {
  const sealed = sealField('秘密', publicKey);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const bytes = Buffer.from(sealed, 'base64');
  assert.equal(sealed, bytes.toString('base64'));
  assert.equal(
    privateDecrypt({ key: privateKey, padding, oaepHash: 'sha1' }, bytes).toString(),
    '秘密',
  );
  assert.equal(openField(sealed, privateKey), '秘密');
});

test('a field for another key, or of other bytes, does not open', () => {
  for (const field of [sealField('秘密', pair().publicKey), 'bm90IGVuY3J5cHRlZA==', '']) {
    assert.throws(() => openField(field, privateKey), DecryptionError);
  }
});
