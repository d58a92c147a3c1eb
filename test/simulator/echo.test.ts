/** /v3/security/echo: the self-test of both sides' keys. */
import assert from 'node:assert/strict';
import { constants, privateDecrypt, publicEncrypt, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { open, signedBy, type Sent } from './merchant.ts';
import { openReceiver, until } from './receiver.ts';
import { opened } from './wechat-keys.ts';

const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
const ECHO = '/v3/security/echo';

const encryptedFor = (key: string | Parameters<typeof publicEncrypt>[0], text: string) =>
  publicEncrypt({ key: key as string, ...OAEP }, Buffer.from(text)).toString('base64');
const decryptedBy = (key: string, field: string) =>
  privateDecrypt({ key, ...OAEP }, Buffer.from(field, 'base64')).toString();
const naming = (serial: string | undefined) => (sent: Sent) => {
  sent.headers['Wechatpay-Serial'] = serial;
};

test('says what it heard, under the key that was asked for', async (t) => {
  const { send, simulator } = await open(t);
  const { public_key_id, platform_serial_no } = simulator.merchant;
  for (const serial of [public_key_id, platform_serial_no]) {
    const got = await send('POST', ECHO, { echo_message: '你好' }, naming(serial));
    assert.deepEqual([got.status, got.json], [200, { echo_message: '你好' }]);
    assert.equal(signedBy(got, simulator.merchant), serial);
  }
});

test('returns what was encrypted for either of its keys, encrypted for the merchant', async (t) => {
  const { send, simulator } = await open(t);
  const { public_key_id, public_key, platform_serial_no, platform_certificate, private_key } =
    simulator.merchant;
  const certified = new X509Certificate(platform_certificate).publicKey;
  for (const [serial, key] of [
    [public_key_id, public_key],
    [platform_serial_no, certified.export({ type: 'spki', format: 'pem' })],
  ] as const) {
    const encrypted_echo_message = encryptedFor(key.toString(), '秘密');
    const body = { echo_message: 'x', encrypted_echo_message };
    const got = await send('POST', ECHO, body, naming(serial));
    assert.equal(got.status, 200, got.text);
    assert.notEqual(got.json.encrypted_echo_message, encrypted_echo_message);
    assert.equal(decryptedBy(private_key, got.json.encrypted_echo_message), '秘密');
  }
});

test('refuses what is encrypted for another key than the one named, or for none', async (t) => {
  const { send, simulator } = await open(t);
  const { public_key, public_key_id, platform_serial_no } = simulator.merchant;
  const encrypted_echo_message = encryptedFor(public_key, '秘密');
  for (const [serial, message] of [
    [platform_serial_no, encrypted_echo_message],
    [public_key_id, 'bm90IGVuY3J5cHRlZA=='],
    ['PUB_KEY_ID_0', encrypted_echo_message],
    [undefined, encrypted_echo_message],
  ]) {
    const body = { echo_message: 'x', encrypted_echo_message: message };
    const got = await send('POST', ECHO, body, naming(serial));
    assert.deepEqual([got.status, got.json.code], [400, 'PARAM_ERROR'], serial);
    assert.ok(signedBy(got, simulator.merchant));
  }
});

test('refuses what is encrypted for a key that the merchant’s mode does not have', async (t) => {
  const { send, simulator } = await open(t, { keyMode: 'certificate' });
  const { public_key, public_key_id } = simulator.merchant;
  const encrypted_echo_message = encryptedFor(public_key, '秘密');
  const body = { echo_message: 'x', encrypted_echo_message };
  const got = await send('POST', ECHO, body, naming(public_key_id));
  assert.deepEqual([got.status, got.json.code], [400, 'PARAM_ERROR']);
});

test('refuses a request without a message, or with a notify_url that is none', async (t) => {
  const { send } = await open(t);
  for (const [body, field] of [
    [{}, '/echo_message'],
    [{ echo_message: '' }, '/echo_message'],
    [{ echo_message: 'x', notify_url: 'https://merchant.example' }, '/notify_url'],
    [{ echo_message: 'x', notify_url: 'https://merchant.example/a?b=c' }, '/notify_url'],
  ] as const) {
    const got = await send('POST', ECHO, body);
    assert.deepEqual([got.status, got.json.code], [400, 'PARAM_ERROR']);
    assert.equal(got.json.detail.field, field);
  }
});

test('notifies SECURITY_ECHO.SUCCESS where it is told an address, and nobody otherwise', async (t) => {
  const { send, control, simulator } = await open(t);
  const { received, notify_url } = await openReceiver(t);
  const { public_key, private_key, api_v3_key, public_key_id } = simulator.merchant;
  const encrypted_echo_message = encryptedFor(public_key, '秘密');
  await send('POST', ECHO, { echo_message: 'silent' });
  await send('POST', ECHO, { echo_message: 'hello', encrypted_echo_message, notify_url });
  await until(() => received.length === 1);
  const [got] = received;
  assert.ok(got);
  assert.equal(signedBy(got, simulator.merchant), public_key_id);
  const { event_type, resource_type, resource, summary } = got.json;
  assert.deepEqual(
    [event_type, resource_type, resource.original_type, resource.associated_data, summary],
    ['SECURITY_ECHO.SUCCESS', 'encrypt-resource', 'security', '', '回调通知成功'],
  );
  const said = JSON.parse(opened(resource, api_v3_key));
  assert.equal(said.echo_message, 'hello');
  assert.equal(decryptedBy(private_key, said.encrypt_echo_message), '秘密');
  await until(async () => (await control.notifications())[0]?.state === 'delivered');
  assert.equal((await control.notifications()).length, 1);
});

test('takes an address that is not https as long as a creation would', async (t) => {
  const { send, control } = await open(t);
  const body = { echo_message: 'x', notify_url: 'http://127.0.0.1:9/echo' };
  assert.equal((await send('POST', ECHO, body)).status, 200);
  await control.setPolicies({ notify_url_scheme: 'https' });
  const got = await send('POST', ECHO, body);
  assert.deepEqual([got.status, got.json.detail.field], [400, '/notify_url']);
});
