/** The files and keys of the configuration: which are taken, and for what. */
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { apiConfig, workerConfig } from '../../config/programs.ts';
import {
  api,
  API_V3_KEY,
  apiFaults,
  apiV2KeyFile,
  faultsOf,
  fileOf,
  fixture,
  folder,
  PUBLIC_KEY_ID,
  secretFile,
  worker,
  workerFaults,
} from './environment.ts';

const NOBODY = 65_534;

test('a file that cannot be read is told apart from one that holds something else', () => {
  const change = (path: string) => ({ ...worker, WECHATPAY_PRIVATE_KEY_FILE: path });
  assert.match(faultsOf(workerConfig, change(join(folder, 'nowhere')))[0] ?? '', /ENOENT/);
  assert.match(faultsOf(workerConfig, change(folder))[0] ?? '', /EISDIR/);
  assert.match(
    faultsOf(workerConfig, change(secretFile))[0] ?? '',
    /does not hold an RSA private key/,
  );
});

test('a file that belongs to somebody else is named with its mode, its owner and our user', () => {
  const key = fileOf('foreign_key.pem', readFileSync(fixture('merchant_key.pem'), 'utf8'));
  const { uid } = statSync(key);
  chmodSync(folder, 0o755);
  chmodSync(key, uid === 0 ? 0o600 : 0o000);
  // Root reads everything: as in a container, somebody else comes.
  if (uid === 0) process.seteuid?.(NOBODY);
  try {
    const faults = faultsOf(workerConfig, { ...worker, WECHATPAY_PRIVATE_KEY_FILE: key }).join();
    const who =
      uid === 0 ? `0600 and its owner 0, and we are ${NOBODY}` : `0000 and its owner ${uid}`;
    assert.match(faults, new RegExp(`WECHATPAY_PRIVATE_KEY_FILE .*EACCES: its mode is ${who}`));
  } finally {
    process.seteuid?.(uid);
  }
});

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ecPrivate = fileOf('ec.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
const ecPublic = fileOf('ec_pub.pem', publicKey.export({ type: 'spki', format: 'pem' }).toString());

for (const [what, path] of Object.entries({
  'a public key': fixture('wechatpay_pub.pem'),
  'a certificate': fixture('merchant_cert.pem'),
  'a key that is not RSA': ecPrivate,
})) {
  test(`does not take ${what} for the merchant’s private key`, () => {
    const change = { WECHATPAY_PRIVATE_KEY_FILE: path };
    assert.deepEqual(workerFaults(change), ['WECHATPAY_PRIVATE_KEY_FILE']);
  });
}

for (const [what, path] of Object.entries({
  'the merchant’s private key': fixture('merchant_key.pem'),
  'the merchant’s certificate': fixture('merchant_cert.pem'),
  'a key that is not RSA': ecPublic,
})) {
  test(`does not take ${what} for WeChat Pay’s public key`, () => {
    assert.deepEqual(apiFaults({ WECHATPAY_PUBLIC_KEY_FILE: path }), ['WECHATPAY_PUBLIC_KEY_FILE']);
  });
}

for (const length of [0, 16, 31, 33]) {
  test(`does not take ${length} bytes for an APIv3 key`, () => {
    const path = fileOf(`key-${length}.txt`, 'k'.repeat(length));
    assert.deepEqual(apiFaults({ WECHATPAY_APIV3_KEY_FILE: path }), ['WECHATPAY_APIV3_KEY_FILE']);
    assert.deepEqual(workerFaults({ WECHATPAY_APIV3_KEY_FILE: path }), [
      'WECHATPAY_APIV3_KEY_FILE',
    ]);
  });
}

test('the worker opens notifications, so it needs the APIv3 key however it knows WeChat’s keys', () => {
  const without = { WECHATPAY_APIV3_KEY_FILE: undefined };
  assert.deepEqual(workerFaults(without), ['WECHATPAY_APIV3_KEY_FILE']);
  const certificates = { WECHATPAY_CERTIFICATE_FILES: fixture('platform_cert.pem') };
  assert.deepEqual(workerFaults({ ...certificates, ...without }), ['WECHATPAY_APIV3_KEY_FILE']);
});

test('the worker signs no links to the order page unless it is given an APIv2 key, of 32 characters', () => {
  assert.equal(workerConfig(worker).WECHATPAY_APIV2_KEY_FILE, undefined);
  const given = { ...worker, WECHATPAY_APIV2_KEY_FILE: apiV2KeyFile };
  assert.equal(workerConfig(given).WECHATPAY_APIV2_KEY_FILE, API_V3_KEY);
  for (const content of ['', 'k'.repeat(31), 'k'.repeat(33), '密'.repeat(32), 'k k'.repeat(11)]) {
    const change = { WECHATPAY_APIV2_KEY_FILE: fileOf('odd-key.txt', content) };
    assert.deepEqual(workerFaults(change), ['WECHATPAY_APIV2_KEY_FILE'], content);
  }
});

test('takes platform certificates in place of the public key, or beside it', () => {
  const certificates = { WECHATPAY_CERTIFICATE_FILES: fixture('platform_cert.pem') };
  const none = { WECHATPAY_PUBLIC_KEY_ID: undefined, WECHATPAY_PUBLIC_KEY_FILE: undefined };
  const at = new Date('2030-01-01');
  const serial = '5B22000000000000000000000000000000000002';
  const only = apiConfig({ ...api, ...none, ...certificates }).verificationKeys;
  assert.equal(only.expectedSerial(at), serial);
  const both = apiConfig({ ...api, ...certificates }).verificationKeys;
  assert.equal(both.expectedSerial(at), PUBLIC_KEY_ID);
  assert.ok(both.find(serial, at));
});

test('a public key and its id go together', () => {
  const certificates = { WECHATPAY_CERTIFICATE_FILES: fixture('platform_cert.pem') };
  for (const missing of ['WECHATPAY_PUBLIC_KEY_ID', 'WECHATPAY_PUBLIC_KEY_FILE']) {
    const change = { ...certificates, [missing]: undefined };
    assert.deepEqual(apiFaults(change), ['WECHATPAY_PUBLIC_KEY_ID']);
  }
});

test('refuses the merchant’s own certificate in place of WeChat Pay’s', () => {
  const path = fixture('merchant_cert.pem');
  assert.deepEqual(workerFaults({ WECHATPAY_CERTIFICATE_FILES: path }), [
    'WECHATPAY_CERTIFICATE_FILES',
  ]);
});

test('refuses the merchant’s own public key in place of WeChat Pay’s, where the private key is at hand', () => {
  const own = createPublicKey(readFileSync(fixture('merchant_key.pem')));
  const path = fileOf('own_pub.pem', own.export({ type: 'spki', format: 'pem' }).toString());
  assert.deepEqual(workerFaults({ WECHATPAY_PUBLIC_KEY_FILE: path }), [
    'WECHATPAY_PUBLIC_KEY_FILE',
  ]);
});

test('a worker that downloads certificates needs no other key of WeChat’s, but the APIv3 key', () => {
  const download = {
    WECHATPAY_PUBLIC_KEY_ID: undefined,
    WECHATPAY_PUBLIC_KEY_FILE: undefined,
    WECHATPAY_CERTIFICATES: 'download',
  };
  assert.deepEqual(workerFaults(download), []);
  const without = { ...download, WECHATPAY_APIV3_KEY_FILE: undefined };
  assert.deepEqual(workerFaults(without), ['WECHATPAY_APIV3_KEY_FILE']);
  assert.deepEqual(apiFaults(download), []);
  assert.deepEqual(apiFaults({ ...download, WECHATPAY_CERTIFICATES: 'files' }), [
    'WECHATPAY_PUBLIC_KEY_FILE',
  ]);
  assert.deepEqual(apiFaults({ WECHATPAY_CERTIFICATES: 'always' }), ['WECHATPAY_CERTIFICATES']);
});

test('a previous APIv3 key and its end go together, and the end carries its zone', () => {
  const file = { WECHATPAY_APIV3_PREVIOUS_KEY_FILE: api.WECHATPAY_APIV3_KEY_FILE };
  const until = (text: string) => ({ WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL: text });
  const faulty = ['WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL'];
  assert.deepEqual(apiFaults(file), faulty);
  assert.deepEqual(apiFaults(until('2026-12-01T00:00:00+08:00')), faulty);
  assert.deepEqual(apiFaults({ ...file, ...until('2026-12-01 00:00') }), faulty);
  const { previousApiV3Key } = apiConfig({
    ...api,
    ...file,
    ...until('2026-12-01T00:00:00+08:00'),
  });
  assert.deepEqual(previousApiV3Key?.until, new Date('2026-11-30T16:00:00Z'));
});

test('takes the merchant’s certificate for its end, and no other than the one that signs', () => {
  const name = 'WECHATPAY_MERCHANT_CERTIFICATE_FILE';
  assert.equal(workerConfig(worker)[name], undefined);
  const own = { [name]: fixture('merchant_cert.pem') };
  assert.deepEqual(workerFaults(own), []);
  assert.deepEqual(workerFaults({ ...own, WECHATPAY_SERIAL_NO: 'A'.repeat(40) }), [name]);
  assert.deepEqual(workerFaults({ [name]: fixture('platform_cert.pem') }), [name]);
  assert.deepEqual(workerFaults({ [name]: fixture('merchant_key.pem') }), [name]);
});
