/** /v3/certificates: what it lists, how it is encrypted, and how one certificate takes over from another. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { createControl } from '../../simulator/control.ts';
import { startSimulator } from '../../simulator/create.ts';
import { merchantOf, open, type Opened, type Sent } from './merchant.ts';
import { knownKeys, opened, verifiedBy } from './wechat-keys.ts';

const asking = (serial: string | undefined) => (sent: Sent) => {
  sent.headers['Wechatpay-Serial'] = serial;
};

const list = ({ send }: Pick<Opened, 'send'>, serial?: string) =>
  send('GET', '/v3/certificates', '', asking(serial));

test('lists the platform certificate, encrypted under the APIv3 key, and is verified by what it lists', async (t) => {
  const merchant = await open(t);
  const { api_v3_key, platform_serial_no, platform_certificate } = merchant.simulator.merchant;
  const got = await list(merchant);
  assert.equal(got.status, 200);
  assert.equal(got.json.data.length, 1);
  const [entry] = got.json.data;
  assert.deepEqual(Object.keys(entry), [
    'effective_time',
    'encrypt_certificate',
    'expire_time',
    'serial_no',
  ]);
  const { algorithm, associated_data, nonce } = entry.encrypt_certificate;
  assert.deepEqual([algorithm, associated_data], ['AEAD_AES_256_GCM', 'certificate']);
  assert.match(nonce, /^[0-9a-f]{12}$/);
  const pem = opened(entry.encrypt_certificate, api_v3_key);
  assert.equal(pem, platform_certificate);
  assert.equal(new X509Certificate(pem).serialNumber, entry.serial_no);
  assert.match(entry.effective_time, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/);
  const years = (Date.parse(entry.expire_time) - Date.parse(entry.effective_time)) / 31_536e6;
  assert.equal(years, 5);
  assert.equal(verifiedBy(got, knownKeys([pem])), platform_serial_no);
});

test('lists two while one takes over from another, whose end has been brought forward', async (t) => {
  const merchant = await open(t);
  const { control, simulator } = merchant;
  const { platform_serial_no: old, api_v3_key } = simulator.merchant;
  await control.rotateCertificate({ effective_in_seconds: 600, overlap_seconds: 60 });
  const { data } = (await list(merchant)).json;
  assert.equal(data.length, 2);
  const next = data[1].serial_no;
  assert.equal(data[0].serial_no, old);
  assert.notEqual(next, old);
  assert.equal(
    new X509Certificate(opened(data[1].encrypt_certificate, api_v3_key)).serialNumber,
    next,
  );
  assert.notEqual(data[0].encrypt_certificate.nonce, data[1].encrypt_certificate.nonce);
  const inSeconds = (time: string) => (Date.parse(time) - Date.now()) / 1000;
  assert.ok(Math.abs(inSeconds(data[1].effective_time) - 600) < 20);
  assert.ok(Math.abs(inSeconds(data[0].expire_time) - 660) < 20);
  const notAfter = new X509Certificate(simulator.merchant.platform_certificate).validTo;
  assert.ok(Date.parse(data[0].expire_time) < Date.parse(notAfter));
});

test('signs with the old certificate until the switch, then with the new one', async (t) => {
  const merchant = await open(t);
  const { control, simulator } = merchant;
  const { platform_serial_no: old, platform_certificate } = simulator.merchant;
  const { certificates } = await control.rotateCertificate();
  const keys = knownKeys(certificates.map(({ pem }) => pem));
  const next = certificates.find(({ serial_no }) => serial_no !== old)?.serial_no;
  assert.ok(next);
  assert.equal(verifiedBy(await list(merchant), keys), old);
  assert.equal(
    verifiedBy(await list(merchant, next), keys),
    old,
    'not valid yet, though asked for',
  );
  assert.equal(simulator.merchant.platform_certificate, platform_certificate);

  await control.switchCertificate();
  assert.equal(verifiedBy(await list(merchant), keys), next);
  assert.equal(verifiedBy(await list(merchant, old), keys), old, 'still valid, and asked for');
  assert.equal(simulator.merchant.platform_serial_no, next);
  assert.equal((await list(merchant)).json.data.length, 2);
});

test('takes over by itself when the time has come, and then drops the old one', async (t) => {
  const merchant = await open(t);
  const { control, simulator } = merchant;
  const old = simulator.merchant.platform_serial_no;
  const told = await control.rotateCertificate({ effective_in_seconds: 1, overlap_seconds: 1 });
  const keys = knownKeys(told.certificates.map(({ pem }) => pem));
  await sleep(2100);
  const got = await list(merchant, old);
  assert.equal(got.json.data.length, 1);
  assert.notEqual(verifiedBy(got, keys), old);
  assert.equal(verifiedBy(got, keys), got.json.data[0].serial_no);
});

test('ends the overlap at once when the switch says so', async (t) => {
  const merchant = await open(t);
  await merchant.control.rotateCertificate();
  const { certificates } = await merchant.control.switchCertificate({ overlap_seconds: 0 });
  assert.deepEqual(
    certificates.map(({ signs }) => signs),
    [true],
  );
});

test('refuses a second rotation during the first, and a switch without any', async (t) => {
  const { control } = await open(t);
  await assert.rejects(control.switchCertificate(), { status: 409 });
  await control.rotateCertificate();
  await assert.rejects(control.rotateCertificate(), { status: 409 });
  await control.switchCertificate();
  assert.equal((await control.rotateCertificate()).certificates.length, 3);
  await assert.rejects(control.expireCertificate('none'), { status: 404 });
});

test('refuses a merchant whose certificates have all expired, under a signature all the same', async (t) => {
  const merchant = await open(t, { keyMode: 'certificate' });
  const { platform_serial_no, platform_certificate } = merchant.simulator.merchant;
  await merchant.control.expireCertificate(platform_serial_no);
  const got = await list(merchant);
  assert.deepEqual([got.status, got.json.code], [403, 'NOT_ENOUGH']);
  assert.equal(verifiedBy(got, knownKeys([platform_certificate])), platform_serial_no);
});

test('has no certificates for a merchant in public-key mode, and issues none', async (t) => {
  const merchant = await open(t, { keyMode: 'public-key' });
  const { public_key, public_key_id } = merchant.simulator.merchant;
  const got = await list(merchant);
  assert.deepEqual([got.status, got.json.code], [404, 'RESOURCE_NOT_EXISTS']);
  const keys = knownKeys([], { id: public_key_id, pem: public_key });
  assert.equal(verifiedBy(got, keys), public_key_id);
  await assert.rejects(merchant.control.rotateCertificate(), { status: 409 });
});

test('finds rotated certificates and their keys again after a restart', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const first = await startSimulator({ folder });
  const before = createControl(first.url);
  await before.rotateCertificate();
  await before.switchCertificate();
  const { certificates } = await before.rotateCertificate();
  const signing = certificates.find(({ signs }) => signs);
  assert.equal(first.merchant.platform_serial_no, signing?.serial_no);
  assert.equal(readFileSync(join(folder, 'wechatpay_cert.pem'), 'utf8'), signing?.pem);
  const named = JSON.parse(readFileSync(join(folder, 'merchant.json'), 'utf8'));
  assert.equal(named.platform_serial_no, signing?.serial_no);
  await first.stop();

  const second = await startSimulator({ folder });
  t.after(() => second.stop());
  assert.deepEqual(await createControl(second.url).keys(), await beforeKeys());
  const got = await list(merchantOf(second));
  assert.deepEqual(
    got.json.data.map(({ serial_no }: { serial_no: string }) => serial_no),
    certificates.map(({ serial_no }) => serial_no),
  );
  const keys = knownKeys(certificates.map(({ pem }) => pem));
  assert.equal(verifiedBy(got, keys), signing?.serial_no);
  await createControl(second.url).switchCertificate();
  const next = certificates.at(-1)?.serial_no;
  assert.equal(verifiedBy(await list(merchantOf(second)), keys), next);

  async function beforeKeys() {
    const { mode, notify_with, public_key_id, api_certificates } = await createControl(
      second.url,
    ).keys();
    return { mode, notify_with, public_key_id, certificates, api_certificates };
  }
});
