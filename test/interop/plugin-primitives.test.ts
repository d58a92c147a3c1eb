/** The other way round: what is made by wechatpay-axios-plugin's primitives is believed by ours, and what ours makes by it. */
import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { after, test } from 'node:test';
import { text } from 'node:stream/consumers';
import { Aes, Formatter, Hash, Rsa } from 'wechatpay-axios-plugin';
import { authorizationOf } from '../../wechatpay/authorization-header.ts';
import { createClient } from '../../wechatpay/client.ts';
import { DecryptionError, VerificationError } from '../../wechatpay/errors.ts';
import { orderDetailJump } from '../../wechatpay/jump-parameters.ts';
import { createVerificationKeys } from '../../wechatpay/keys.ts';
import { openNotification } from '../../wechatpay/notification.ts';
import { decryptResource, encryptResource } from '../../wechatpay/resource.ts';
import { verify } from '../../wechatpay/verification.ts';
import { portOf } from '../simulator/receiver.ts';

const PUBLIC_KEY_ID = 'PUB_KEY_ID_0119000000012026112500000000000001';
const API_V3_KEY = 'Secret-of-32-bytes-for-the-tests';
const API_V2_KEY = '0123456789abcdefABCDEF9876543210';

function newPair() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
const [wechat, own] = [newPair(), newPair()];
const merchant = {
  mchid: '1900000001',
  serial: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
  privateKey: createPrivateKey(own.privateKey),
};
const verifier = {
  keys: createVerificationKeys({
    publicKey: { id: PUBLIC_KEY_ID, pem: wechat.publicKey },
    ownSerial: merchant.serial,
  }),
  now: () => new Date(),
};
const opener = { ...verifier, apiV3Keys: { current: Buffer.from(API_V3_KEY) } };

/** As WeChat Pay would send it, signed by the plugin. */
function signed(body: string, privateKey = wechat.privateKey) {
  const [timestamp, nonce] = [String(Formatter.timestamp()), Formatter.nonce()];
  const headers: Record<string, string> = {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': Rsa.sign(Formatter.response(timestamp, nonce, body), privateKey),
    'wechatpay-serial': PUBLIC_KEY_ID,
  };
  return { headers, body: Buffer.from(body) };
}

function notificationOf(resource: object, key = API_V3_KEY, associated_data = 'payscore') {
  const nonce = Formatter.nonce(12);
  return JSON.stringify({
    id: randomUUID(),
    create_time: '2026-11-25T12:00:00+08:00',
    event_type: 'PAYSCORE.USER_PAID',
    resource_type: 'encrypt-resource',
    resource: {
      original_type: 'payscore',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: Aes.AesGcm.encrypt(JSON.stringify(resource), key, nonce, associated_data),
      nonce,
      associated_data,
    },
  });
}

for (const body of ['', '{"service_introduction":"某某酒店"}']) {
  test(`ours verifies what it signed: ${body || 'nothing, as in a 204'}`, () => {
    verify(signed(body), verifier);
    assert.throws(() => verify(signed(body, own.privateKey), verifier), { reason: 'signature' });
    const changed = { ...signed(body), body: Buffer.from(`${body} `) };
    assert.throws(() => verify(changed, verifier), VerificationError);
  });
}

for (const associated_data of ['payscore', '']) {
  test(`ours opens the notification that it made, with associated data '${associated_data}'`, async () => {
    const resource = { out_order_no: 'R1', state: 'DONE', service_introduction: '某某酒店' };
    const body = notificationOf(resource, API_V3_KEY, associated_data);
    const notification = await openNotification(signed(body), opener);
    assert.deepEqual(notification.resource, resource);
    assert.equal(notification.event_type, 'PAYSCORE.USER_PAID');
  });
}

test('ours does not open the notification that it made under another APIv3 key', async () => {
  const message = signed(notificationOf({ state: 'DONE' }, 'x'.repeat(32)));
  await assert.rejects(openNotification(message, opener), DecryptionError);
});

test('it opens what ours encrypted, and ours what it encrypted', () => {
  for (const [nonce, associated_data] of [
    ['abcdefghijkl', 'payscore'],
    ['abcdefghijklmnop', ''],
  ] as const) {
    const plain = '{"总金额":800}';
    const key = Buffer.from(API_V3_KEY);
    const sealed = encryptResource({ text: plain, nonce, associated_data }, key);
    const { algorithm, ciphertext } = sealed;
    assert.equal(Aes.AesGcm.decrypt(ciphertext, API_V3_KEY, nonce, associated_data), plain);
    assert.equal(Aes.AesGcm.encrypt(plain, API_V3_KEY, nonce, associated_data), ciphertext);
    const theirs = Aes.AesGcm.encrypt(plain, API_V3_KEY, nonce, associated_data);
    const resource = { algorithm, ciphertext: theirs, nonce, associated_data };
    assert.equal(decryptResource(resource, key).toString(), plain);
  }
});

/** What the merchant signed, verified by the plugin; empty where nothing was. */
function isRequestSigned(authorization: string, method: string, target: string, body: string) {
  const parts = Object.fromEntries(
    [...authorization.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  const { mchid, serial_no, timestamp = '', nonce_str = '', signature = '' } = parts;
  assert.deepEqual([mchid, serial_no], [merchant.mchid, merchant.serial]);
  const message = Formatter.request(method, target, timestamp, nonce_str, body);
  return Rsa.verify(message, signature, own.publicKey);
}

test('it verifies the requests that ours signed', () => {
  for (const [method, target, body] of [
    ['GET', '/v3/payscore/serviceorder?service_id=1&out_order_no=a%7Cb&appid=wx1', ''],
    ['POST', '/v3/payscore/serviceorder', '{"service_introduction":"某某酒店"}'],
  ] as const) {
    const authorization = authorizationOf({ method, target, body }, merchant, new Date());
    assert.equal(isRequestSigned(authorization, method, target, body), true);
    assert.equal(isRequestSigned(authorization, method, `${target}x`, body), false);
    assert.equal(isRequestSigned(authorization, method, target, `${body} `), false);
  }
});

test('ours talks to a WeChat Pay that is made of its primitives', async () => {
  const seen: [method: string, target: string, isSigned: boolean][] = [];
  const answer = (res: ServerResponse, status: number, json: string) => {
    const { headers } = signed(json);
    res.writeHead(status, { ...headers, 'Request-ID': '08F1A2B3C4-0' }).end(json);
  };
  const server = createServer((req, res) => {
    void text(req).then((body) => {
      const { method = '', url = '', headers } = req;
      const authorization = headers.authorization ?? '';
      seen.push([method, url, isRequestSigned(authorization, method, url, body)]);
      if (url.endsWith('/terminate')) return answer(res, 204, '');
      if (method === 'GET') {
        return answer(res, 404, '{"code":"ORDER_NOT_EXIST","message":"查询单据不存在"}');
      }
      return answer(res, 200, body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => server.close());
  const baseUrl = `http://127.0.0.1:${portOf(server)}`;
  const client = createClient({ ...verifier, baseUrl, merchant });
  after(() => client.close());

  const body = { service_introduction: '某某酒店' };
  assert.deepEqual((await client.createServiceOrder(body)).json, body);
  assert.deepEqual((await client.terminatePermissionByOpenid('o1', { reason: '换绑' })).json, {});
  const unknown = client.getServiceOrder({ out_order_no: 'a|b', service_id: '1', appid: 'wx1' });
  await assert.rejects(unknown, { errorCode: 'ORDER_NOT_EXIST', proven: true });
  assert.deepEqual(seen, [
    ['POST', '/v3/payscore/serviceorder', true],
    ['POST', '/v3/payscore/permissions/openid/o1/terminate', true],
    ['GET', '/v3/payscore/serviceorder?service_id=1&out_order_no=a%7Cb&appid=wx1', true],
  ]);
});

test('the order page is signed by ours as by its Hash', () => {
  const order = { mch_id: merchant.mchid, service_id: '2002', out_order_no: 'R_1-a|*' };
  const { extraData } = orderDetailJump(order, API_V2_KEY, new Date()).mini_program;
  const { sign, ...fields } = extraData;
  assert.equal(Hash.sign('HMAC-SHA256', fields, API_V2_KEY), sign);
  const joined = Formatter.queryStringLike(Formatter.ksort(extraData));
  assert.equal(Hash.hmac(joined, API_V2_KEY).toUpperCase(), sign);
});
