/** Whose signature counts: serials, both kinds of keys, validity. */
import assert from 'node:assert/strict';
import { createPublicKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import 'reflect-metadata'; // @peculiar/x509 refuses to load without it
import { X509CertificateGenerator } from '@peculiar/x509';
import { createVerificationKeys } from '../../wechatpay/keys.ts';
import { MERCHANT_SERIAL, PLATFORM_SERIAL, PUBLIC_KEY_ID, textOf } from './vectors.ts';
import { bothKeys, certificateOnly, clockAt } from './wechat.ts';

const now = clockAt(0)();
const certificate = new X509Certificate(textOf('platform_cert.pem'));
const publicKey = { id: PUBLIC_KEY_ID, pem: textOf('wechatpay_pub.pem') };

test('asks for the public key where there is one, and for the certificate otherwise', () => {
  assert.equal(bothKeys.expectedSerial(now), PUBLIC_KEY_ID);
  assert.equal(certificateOnly.expectedSerial(now), PLATFORM_SERIAL);
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

test('believes nobody and expects nothing before it holds a key', () => {
  const keys = createVerificationKeys({ ownSerial: MERCHANT_SERIAL });
  assert.equal(keys.expectedSerial(now), undefined);
  assert.equal(keys.find(PLATFORM_SERIAL, now), undefined);
  assert.deepEqual(keys.certificates(now), []);
});

test('takes in certificates later, and keeps those it has', () => {
  const keys = createVerificationKeys({ publicKey, ownSerial: MERCHANT_SERIAL });
  keys.add([{ pem: textOf('platform_cert.pem') }], now);
  keys.add([], now);
  assert.ok(keys.find(PLATFORM_SERIAL, now)?.equals(certificate.publicKey));
  assert.deepEqual(keys.certificates(now), [
    { pem: textOf('platform_cert.pem'), expires: new Date(certificate.validTo) },
  ]);
});

test('a certificate counts no longer than WeChat Pay says, even if it would itself', () => {
  const keys = createVerificationKeys({ ownSerial: MERCHANT_SERIAL });
  const expires = clockAt(60)();
  keys.add([{ pem: textOf('platform_cert.pem'), expires }], now);
  assert.ok(keys.find(PLATFORM_SERIAL, clockAt(60)()));
  assert.equal(keys.find(PLATFORM_SERIAL, clockAt(61)()), undefined);
  assert.equal(keys.expectedSerial(clockAt(61)()), undefined);
});

test('a certificate that ends at this very second is kept when others are taken in', () => {
  const keys = createVerificationKeys({ ownSerial: MERCHANT_SERIAL });
  keys.add([{ pem: textOf('platform_cert.pem'), expires: clockAt(60)() }], now);
  keys.add([], clockAt(60)());
  assert.ok(keys.find(PLATFORM_SERIAL, clockAt(60)()));
  keys.add([], clockAt(61)());
  assert.equal(keys.find(PLATFORM_SERIAL, clockAt(60)()), undefined);
});

test('a certificate counts no longer than it would itself, even if WeChat Pay says so', () => {
  const keys = createVerificationKeys({ ownSerial: MERCHANT_SERIAL });
  const expires = new Date('2999-01-01T00:00:00Z');
  keys.add([{ pem: textOf('platform_cert.pem'), expires }], now);
  assert.deepEqual(keys.certificates(now)[0]?.expires, new Date(certificate.validTo));
});

test('an end that is brought forward counts', () => {
  const keys = createVerificationKeys({ ownSerial: MERCHANT_SERIAL });
  for (const seconds of [3_600, 60]) {
    keys.add([{ pem: textOf('platform_cert.pem'), expires: clockAt(seconds)() }], now);
  }
  assert.deepEqual(keys.certificates(now)[0]?.expires, clockAt(60)());
});

test('takes in nothing at all when the merchant’s own certificate is among it', () => {
  const keys = createVerificationKeys({ ownSerial: MERCHANT_SERIAL });
  const pems = [textOf('platform_cert.pem'), textOf('merchant_cert.pem')];
  assert.throws(
    () =>
      keys.add(
        pems.map((pem) => ({ pem })),
        now,
      ),
    /own certificate/,
  );
  assert.deepEqual(keys.certificates(now), []);
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

test('never lengthens the end of a certificate that is listed again', () => {
  const keys = createVerificationKeys({ ownSerial: MERCHANT_SERIAL });
  const pem = textOf('platform_cert.pem');
  keys.add([{ pem, expires: clockAt(60)() }], now);
  keys.add([{ pem }], now);
  keys.add([{ pem, expires: clockAt(3_600)() }], now);
  assert.ok(keys.find(PLATFORM_SERIAL, clockAt(60)()));
  assert.equal(keys.find(PLATFORM_SERIAL, clockAt(61)()), undefined);
});

test('refuses another key under a serial that it holds', async () => {
  const keys = createVerificationKeys({
    certificates: [textOf('platform_cert.pem')],
    ownSerial: MERCHANT_SERIAL,
  });
  const impostor = await issued({ serialNumber: PLATFORM_SERIAL });
  assert.throws(() => keys.add([{ pem: impostor }], now), /two keys carry one serial/);
  assert.ok(keys.find(PLATFORM_SERIAL, now)?.equals(certificate.publicKey));
});

test('refuses the merchant’s own key under whatever serial', () => {
  const ownKey = createPublicKey(textOf('merchant_cert.pem'));
  const pem = ownKey.export({ type: 'spki', format: 'pem' }).toString();
  const own = { id: PUBLIC_KEY_ID, pem };
  assert.throws(
    () => createVerificationKeys({ publicKey: own, ownSerial: MERCHANT_SERIAL, ownKey }),
    /own certificate/,
  );
});

test('refuses a certificate whose key is not RSA', async () => {
  const pem = await issued({ curve: true });
  const keys = createVerificationKeys({ ownSerial: MERCHANT_SERIAL });
  assert.throws(() => keys.add([{ pem }], new Date()), /not RSA/);
});

test('expects the newest of the certificates that are valid', async () => {
  const hour = 3_600_000;
  const [older, newer, later] = await Promise.all(
    [-2 * hour, -hour, hour].map((ms) => issued({ notBefore: new Date(Date.now() + ms) })),
  );
  const serialOf = (pem = '') => new X509Certificate(pem).serialNumber;
  for (const certificates of [
    [older, newer, later],
    [later, newer, older],
  ]) {
    const keys = createVerificationKeys({ ownSerial: MERCHANT_SERIAL });
    keys.add(
      certificates.map((pem = '') => ({ pem })),
      new Date(),
    );
    assert.equal(keys.expectedSerial(new Date()), serialOf(newer));
  }
});

/** A self-signed certificate. */
async function issued(change: { serialNumber?: string; notBefore?: Date; curve?: boolean }) {
  const { curve, ...parameters } = change;
  const algorithm = curve
    ? { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
    : {
        name: 'RSASSA-PKCS1-v1_5',
        hash: 'SHA-256',
        modulusLength: 2048,
        publicExponent: new Uint8Array([1, 0, 1]),
      };
  const { subtle } = webcrypto;
  const keys = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned({
    serialNumber: `40${randomBytes(19).toString('hex')}`,
    name: 'CN=Tenpay.com sign',
    notAfter: new Date(Date.now() + 86_400_000),
    signingAlgorithm: algorithm,
    keys,
    ...parameters,
  });
  return made.toString('pem');
}
