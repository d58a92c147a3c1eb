/** WeChat Pay's certificates and the self-test of keys, by wechatpay-axios-plugin's own decryption. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { Aes, Rsa } from 'wechatpay-axios-plugin';
import { until } from '../simulator/receiver.ts';
import { certificateOf, pluginOf, publicKeyOf, type Certs } from './plugin.ts';
import { openStory } from './story.ts';

const story = await openStory();
const { merchant } = story.simulator;
const { private_key, api_v3_key } = merchant;

async function download(certs: Certs): Promise<Certs> {
  const { data } = await pluginOf(merchant, certs).get('v3/certificates');
  return Object.fromEntries(
    data.data.map(({ serial_no, encrypt_certificate }: any) => {
      const { ciphertext, nonce, associated_data } = encrypt_certificate;
      return [serial_no, Aes.AesGcm.decrypt(ciphertext, api_v3_key, nonce, associated_data)];
    }),
  );
}

test('downloads and decrypts the certificate, and believes answers under it', async () => {
  const certs = await download(publicKeyOf(merchant));
  const [[serial, pem] = ['', '']] = Object.entries(certs);
  assert.equal(new X509Certificate(pem).serialNumber, serial);
  const out_order_no = await story.serve();
  const { data, headers } = await pluginOf(merchant, certs).query(out_order_no);
  assert.deepEqual([data.state, headers['wechatpay-serial']], ['DOING', serial]);
});

test('after a rotation believes answers under the certificate that it downloaded', async () => {
  const before = certificateOf(story.simulator.merchant);
  await story.control.rotateCertificate();
  const both = await download(before);
  assert.equal(Object.keys(both).length, 2);
  await story.control.switchCertificate();
  const after = certificateOf(story.simulator.merchant);
  assert.notDeepEqual(Object.keys(after), Object.keys(before));
  const out_order_no = await story.serve();
  for (const serial of Object.keys(both)) {
    const asking = pluginOf(merchant, { [serial]: both[serial] ?? '' });
    assert.equal((await asking.query(out_order_no)).headers['wechatpay-serial'], serial);
  }
});

test('hears its echo, encrypted in both directions, and is notified of it', async () => {
  const { plugin, receiver } = story;
  const { data } = await plugin.post('v3/security/echo', {
    echo_message: '你好',
    encrypted_echo_message: Rsa.encrypt('秘密', merchant.public_key),
    notify_url: receiver.notify_url,
  });
  assert.equal(data.echo_message, '你好');
  assert.equal(Rsa.decrypt(data.encrypted_echo_message, private_key), '秘密');

  await until(() => receiver.received.length > 0);
  const { event_type, resource } = receiver.received[0]!.json;
  assert.equal(event_type, 'SECURITY_ECHO.SUCCESS');
  const { ciphertext, nonce, associated_data } = resource;
  const told = JSON.parse(Aes.AesGcm.decrypt(ciphertext, api_v3_key, nonce, associated_data));
  assert.equal(told.echo_message, '你好');
  assert.equal(Rsa.decrypt(told.encrypt_echo_message, private_key), '秘密');
});
