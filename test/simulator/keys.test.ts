/** Key modes, and changes of keys on both sides: which key signs what, and what stays under which. */
import assert from 'node:assert/strict';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfiguration } from '../../simulator/configuration.ts';
import { type SimulatorOptions, startSimulator } from '../../simulator/create.ts';
import { createControl } from '../../simulator/control.ts';
import { merchantOf, open, OPENID, signedBy, type Sent } from './merchant.ts';
import { openReceiver, until } from './receiver.ts';
import { opened } from './wechat-keys.ts';

const asking = (serial: string | undefined) => (sent: Sent) => {
  sent.headers['Wechatpay-Serial'] = serial;
};

type Which = 'platform_serial_no' | 'public_key_id';

const answers: [keyMode: SimulatorOptions['keyMode'], asked: Which | undefined, signs: Which][] = [
  ['both', undefined, 'platform_serial_no'],
  ['both', 'platform_serial_no', 'platform_serial_no'],
  ['both', 'public_key_id', 'public_key_id'],
  ['certificate', undefined, 'platform_serial_no'],
  ['certificate', 'public_key_id', 'platform_serial_no'],
  ['public-key', undefined, 'public_key_id'],
  ['public-key', 'platform_serial_no', 'public_key_id'],
];

test('answers under the key that is asked for if the mode has it, else under the mode’s own', async (t) => {
  const { control, send, simulator } = await open(t);
  for (const [mode, asked, signs] of answers) {
    await control.setKeys({ mode: mode ?? 'both' });
    const serial = asked && simulator.merchant[asked];
    const got = await send('GET', '/v3/nowhere', '', asking(serial));
    const name = `${mode}, asked for ${asked}`;
    assert.equal(signedBy(got, simulator.merchant), simulator.merchant[signs], name);
  }
});

test('answers under the public key when a migrating merchant’s certificates have expired', async (t) => {
  const { control, send, simulator } = await open(t);
  const { platform_serial_no, public_key_id } = simulator.merchant;
  await control.expireCertificate(platform_serial_no);
  const got = await send('GET', '/v3/nowhere', '', asking(platform_serial_no));
  assert.equal(signedBy(got, simulator.merchant), public_key_id);
});

test('is in the mode of its options, and remembers it', async (t) => {
  const folder = newFolder(t);
  const first = await startSimulator({ folder, keyMode: 'public-key', notifyWith: 'certificate' });
  await first.stop();
  const second = await startSimulator({ folder });
  t.after(() => second.stop());
  const { mode, notify_with } = await createControl(second.url).keys();
  assert.deepEqual([mode, notify_with], ['public-key', 'certificate']);
});

test('reads the mode from SIMULATOR_KEY_MODE, and refuses one that does not exist', () => {
  assert.equal(readConfiguration({ SIMULATOR_KEY_MODE: 'public-key' }).keyMode, 'public-key');
  assert.equal(readConfiguration({}).keyMode, undefined);
  assert.throws(() => readConfiguration({ SIMULATOR_KEY_MODE: 'none' }), /SIMULATOR_KEY_MODE/);
});

test('notifies under the key that is set, if the mode has it', async (t) => {
  const { control, bill, simulator } = await open(t);
  const { received, notify_url } = await openReceiver(t);
  await bill('K1', { notify_url });
  const { platform_serial_no, public_key_id } = simulator.merchant;
  await control.pay('K1');
  await until(() => received.length === 1);
  const [notification] = await control.notifications('K1');
  const settings = [
    [{ notify_with: 'certificate' }, platform_serial_no],
    [{ notify_with: 'public-key' }, public_key_id],
    [{ mode: 'certificate' }, platform_serial_no],
    [{ mode: 'public-key', notify_with: 'certificate' }, public_key_id],
  ] as const;
  for (const [setting, serial] of settings) {
    await control.setKeys(setting);
    await control.resend(notification?.id ?? '');
    assert.equal(signedBy(received.at(-1), simulator.merchant), serial, JSON.stringify(setting));
  }
});

for (const share of [0, 0.25, 1]) {
  test(`notifies ${share * 100} % under the public key in a grey release of that share`, async (t) => {
    const notifyWith = { public_key_share: share };
    const { control, bill, simulator } = await open(t, { notifyWith });
    const { received, notify_url } = await openReceiver(t);
    await control.holdNotifications();
    await bill('K1', { notify_url });
    await control.pay('K1');
    const [notification] = await control.notifications('K1');
    for (let nth = 0; nth < 8; nth += 1) await control.resend(notification?.id ?? '');
    const serials = received.map((it) => signedBy(it, simulator.merchant));
    const { public_key_id, platform_serial_no } = simulator.merchant;
    assert.equal(serials.filter((it) => it === public_key_id).length, 8 * share);
    assert.equal(serials.filter((it) => it === platform_serial_no).length, 8 - 8 * share);
  });
}

test('encrypts what arises after a change of the APIv3 key under the new one, the rest under the old', async (t) => {
  const { control, bill, send, simulator } = await open(t);
  const { received, notify_url } = await openReceiver(t);
  const before = simulator.merchant.api_v3_key;
  await control.holdNotifications();
  await bill('K1', { notify_url });
  await bill('K2', { notify_url });
  await control.pay('K1');
  const { api_v3_key } = await control.changeApiV3Key();
  await control.pay('K2');
  await control.releaseNotifications();
  await until(() => received.length === 2);

  assert.match(api_v3_key, /^[0-9A-Za-z]{32}$/);
  assert.equal(simulator.merchant.api_v3_key, api_v3_key);
  const read = (key: string) =>
    received.flatMap(({ json }) => {
      try {
        return [JSON.parse(opened(json.resource, key)).out_order_no];
      } catch {
        return [];
      }
    });
  assert.deepEqual(read(before), ['K1']);
  assert.deepEqual(read(api_v3_key), ['K2']);
  const [entry] = (await send('GET', '/v3/certificates')).json.data;
  assert.match(opened(entry.encrypt_certificate, api_v3_key), /BEGIN CERTIFICATE/);
});

test('takes an APIv3 key of one’s own, of 32 letters and digits only', async (t) => {
  const { control, simulator } = await open(t);
  const key = 'abcdefghijklmnopqrstuvwxyz012345';
  assert.equal((await control.changeApiV3Key(key)).api_v3_key, key);
  assert.equal(simulator.merchant.api_v3_key, key);
  await assert.rejects(control.changeApiV3Key('short'), { status: 400 });
});

test('writes a changed APIv3 key into the folder, and finds both keys again', async (t) => {
  const folder = newFolder(t);
  const { received, notify_url } = await openReceiver(t);
  const first = await startSimulator({ folder });
  const control = createControl(first.url);
  await control.authorise(OPENID);
  const { api_v3_key: before } = first.merchant;
  await control.holdNotifications();
  await merchantOf(first).bill('K1', { notify_url });
  await control.pay('K1');
  const { api_v3_key } = await control.changeApiV3Key();
  assert.equal(readFileSync(join(folder, 'apiv3_key.txt'), 'utf8'), api_v3_key);
  await first.stop();

  const second = await startSimulator({ folder });
  t.after(() => second.stop());
  assert.equal(second.merchant.api_v3_key, api_v3_key);
  await createControl(second.url).releaseNotifications();
  await until(() => received.length === 1);
  assert.match(opened(received[0]?.json.resource, before), /"K1"/);
});

test('takes requests under each of a merchant’s active certificates, and of none that was revoked', async (t) => {
  const folder = newFolder(t);
  const simulator = await startSimulator({ folder });
  t.after(() => simulator.stop());
  const control = createControl(simulator.url);
  await control.authorise(OPENID);
  const old = merchantOf(simulator);
  const { serial_no: oldSerial } = simulator.merchant;
  const added = await control.addApiCertificate();
  assert.equal(simulator.merchant.serial_no, added.serial_no);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const certificate = new X509Certificate(read('apiclient_cert.pem'));
  assert.equal(certificate.serialNumber, added.serial_no);
  assert.ok(certificate.checkPrivateKey(createPrivateKey(read('apiclient_key.pem'))));
  assert.equal(JSON.parse(read('merchant.json')).serial_no, added.serial_no);

  const recent = merchantOf(simulator);
  assert.equal((await old.permission(OPENID)).status, 200);
  assert.equal((await recent.permission(OPENID)).status, 200);
  await control.revokeApiCertificate(oldSerial);
  const refused = await old.permission(OPENID);
  assert.deepEqual([refused.status, refused.json.code], [401, 'SIGN_ERROR']);
  assert.equal((await recent.permission(OPENID)).status, 200);
});

test('has at most three active certificates of a merchant, and at least one', async (t) => {
  const { control } = await open(t);
  await control.addApiCertificate();
  await control.addApiCertificate();
  await assert.rejects(control.addApiCertificate(), { status: 409 });
  const [first, second, third] = (await control.keys()).api_certificates;
  await control.revokeApiCertificate(first ?? '');
  await control.revokeApiCertificate(second ?? '');
  await assert.rejects(control.revokeApiCertificate(first ?? ''), { status: 404 });
  await assert.rejects(control.revokeApiCertificate(third ?? ''), { status: 409 });
});

function newFolder(t: { after(fn: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}
