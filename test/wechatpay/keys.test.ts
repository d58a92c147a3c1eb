/** Whose signature counts: serials, both kinds of keys, validity. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { createVerificationKeys } from '../../wechatpay/keys.ts';
import { MERCHANT_SERIAL, PLATFORM_SERIAL, PUBLIC_KEY_ID, textOf } from './vectors.ts';
import { bothKeys, certificateOnly, clockAt } from './wechat.ts';

const now = clockAt(0)();
const certificate = new X509Certificate(textOf('platform_cert.pem'));
const publicKey = { id: PUBLIC_KEY_ID, pem: textOf('wechatpay_pub.pem') };

test('asks for the public key where there is one, and for the certificate otherwise', () => {
  assert.equal(bothKeys.expectedSerial, PUBLIC_KEY_ID);
  assert.equal(certificateOnly.expectedSerial, PLATFORM_SERIAL);
});

test('holds both kinds of keys at once, each under its own serial', () => {
  const found = [PUBLIC_KEY_ID, PLATFORM_SERIAL].map((serial) => bothKeys.find(serial, now));
  assert.ok(found[1]?.equals(certificate.publicKey));
  assert.ok(found[0] && !found[0].equals(certificate.publicKey));
});

test('finds a certificate whose serial is written in lower case', () => {
  assert.ok(bothKeys.find(PLATFORM_SERIAL.toLowerCase(), now));
});

for (const serial of [
  MERCHANT_SERIAL,
  `${PLATFORM_SERIAL}0`,
  PLATFORM_SERIAL.slice(1),
  'PUB_KEY_ID_',
  'constructor',
]) {
  test(`holds no key under ${serial}`, () => {
    assert.equal(bothKeys.find(serial, now), undefined);
  });
}

test('a certificate counts from its first second to its last', () => {
  const { validFrom, validTo } = certificate;
  const counts = (base: string, secondsLater: number) =>
    bothKeys.find(PLATFORM_SERIAL, new Date(Date.parse(base) + secondsLater * 1000)) !== undefined;
  assert.deepEqual(
    [counts(validFrom, -1), counts(validFrom, 0), counts(validTo, 0), counts(validTo, 1)],
    [false, true, true, false],
  );
});

test('the public key does not expire', () => {
  assert.ok(bothKeys.find(PUBLIC_KEY_ID, new Date('2999-01-01T00:00:00Z')));
});

test('refuses to work without any key', () => {
  assert.throws(() => createVerificationKeys({ ownSerial: MERCHANT_SERIAL }), TypeError);
  assert.throws(
    () => createVerificationKeys({ certificates: [], ownSerial: MERCHANT_SERIAL }),
    TypeError,
  );
});

test('refuses the merchant’s own certificate among WeChat Pay’s', () => {
  const certificates = [textOf('platform_cert.pem'), textOf('merchant_cert.pem')];
  for (const ownSerial of [MERCHANT_SERIAL, MERCHANT_SERIAL.toLowerCase()]) {
    assert.throws(
      () => createVerificationKeys({ publicKey, certificates, ownSerial }),
      /own certificate/,
    );
  }
});

test('refuses a public key that is declared under the merchant’s own serial', () => {
  assert.throws(
    () =>
      createVerificationKeys({
        publicKey: { ...publicKey, id: MERCHANT_SERIAL },
        ownSerial: MERCHANT_SERIAL,
      }),
    /own certificate/,
  );
});
