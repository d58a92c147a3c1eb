/** The client's twelve rules, one test each; the files beside this one go into each of them. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { createClient } from '../../wechatpay/client.ts';
import {
  DecryptionError,
  InvalidParameterError,
  TransportError,
  VerificationError,
} from '../../wechatpay/errors.ts';
import { createVerificationKeys } from '../../wechatpay/keys.ts';
import { openNotification } from '../../wechatpay/notification.ts';
import { decryptResource } from '../../wechatpay/resource.ts';
import {
  bytesOf,
  MERCHANT_SERIAL,
  PLATFORM_SERIAL,
  platformKey,
  PUBLIC_KEY_ID,
  sealedVector,
  textOf,
} from './vectors.ts';
import { answer, authorizationIn, startWechat, unsigned, type Answering } from './wechat-server.ts';
import { bothKeys, clockAt, signedHeaders, vectorHeaders } from './wechat.ts';

const key = { out_order_no: 'R1', service_id: '2002', appid: 'wx1' };
const order = { out_order_no: 'R1', openid: 'oSecret', service_introduction: '充电宝租借' };
const DOING = '{"state":"DOING"}';
const other = { 'wechatpay-signature': Buffer.alloc(256, 7).toString('base64') };
const now = () => String(Math.floor(Date.now() / 1000));

test('rule 1: what is signed is what is sent, byte for byte', async (t) => {
  const { client, requests } = await startWechat(t, answer(200, DOING));
  await client.createServiceOrder(order);
  await client.getServiceOrder({ ...key, out_order_no: '中 文/?&=%|*' });
  assert.equal(requests.length, 2);
  for (const received of requests) assert.ok(authorizationIn(received).fits, received.target);
});

test('rule 2: every answer is verified, the empty one too; of a bill, the hash is', async (t) => {
  const bill = Buffer.from('`1\r\n');
  const turns: Answering[] = [
    answer(200, DOING, other),
    answer(204, '', other),
    unsigned(404, '{"code":"ORDER_NOT_EXIST"}'),
    (res) => res.writeHead(200).end(gzipSync(bill)),
    (res) => res.writeHead(200).end(gzipSync(Buffer.from('`2\r\n'))),
  ];
  const { client, url } = await startWechat(t, (...all) => turns.shift()?.(...all));
  await assert.rejects(client.getServiceOrder(key), VerificationError);
  await assert.rejects(client.terminatePermissionByOpenid('o1', {}), VerificationError);
  await assert.rejects(client.getServiceOrder(key), { status: 404, proven: false });
  const link = {
    download_url: `${url}/v3/billdownload/file?token=1`,
    hash_value: createHash('sha1').update(bill).digest('hex'),
  };
  const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  assert.equal(await client.downloadBill(link, nowhere()), bill.length);
  await assert.rejects(client.downloadBill(link, nowhere()), { reason: 'hash' });
});

test('rule 3: 300 s both ways by a clock that is given, and only whole seconds', async (t) => {
  const { options } = await startWechat(t, answer(200, DOING));
  for (const [seconds, believed] of [
    [-302, false],
    [-290, true],
    [290, true],
    [302, false],
  ] as const) {
    const client = createClient({
      ...options,
      now: () => new Date(Date.now() + seconds * 1000),
    });
    t.after(() => client.close());
    const asking = client.getServiceOrder(key);
    if (believed) await asking;
    else await assert.rejects(asking, { reason: 'timestamp' });
  }
  for (const timestamp of [`${now()}.0`, `-${now()}`, '', undefined]) {
    const headers = { 'wechatpay-timestamp': timestamp };
    const { client } = await startWechat(t, answer(200, DOING, headers));
    await assert.rejects(client.getServiceOrder(key), { reason: 'header' });
  }
});

test('rule 4: GCM with the whole tag, any nonce and empty associated data', () => {
  for (const name of ['resource.json', 'resource.16-byte-nonce.json', 'resource.empty.json']) {
    const { key: apiV3Key, plaintext, ...sealed } = sealedVector(name);
    const resource = { ...sealed, algorithm: 'AEAD_AES_256_GCM' };
    const open = (change: object) =>
      decryptResource({ ...resource, ...change }, Buffer.from(apiV3Key)).toString();
    assert.equal(open({}), plaintext);
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    for (const cut of [1, 4, 8, 12, 15, 16]) {
      const ciphertext = bytes.subarray(0, -cut).toString('base64');
      assert.throws(() => open({ ciphertext }), DecryptionError, `the tag less ${cut} bytes`);
    }
  }
});

test('rule 5: certificates and the public key in one map, never the merchant’s own', async (t) => {
  const { client } = await startWechat(t, (res, received) => {
    const byCertificate = { timestamp: now(), serial: PLATFORM_SERIAL, key: platformKey };
    answer(200, DOING, signedHeaders(DOING, byCertificate))(res, received);
  });
  await client.getServiceOrder(key);
  assert.ok(bothKeys.find(PUBLIC_KEY_ID, new Date()));
  const certificates = [textOf('merchant_cert.pem')];
  assert.throws(() => createVerificationKeys({ certificates, ownSerial: MERCHANT_SERIAL }));
});

test('rule 6: every request names the key that it expects, and who sends it', async (t) => {
  const { client, requests } = await startWechat(t, answer(200, DOING));
  await client.getServiceOrder(key);
  await client.createServiceOrder(order);
  for (const { headers } of requests) {
    assert.equal(headers['wechatpay-serial'], PUBLIC_KEY_ID);
    assert.match(headers['user-agent'] ?? '', /^payscore-orders /);
  }
});

test('rule 7: unknown serials cause one download, and a proven 404 is tolerated', async (t) => {
  const none = answer(404, '{"code":"RESOURCE_NOT_EXISTS","message":""}');
  const unknown = answer(200, DOING, { 'wechatpay-serial': 'PUB_KEY_ID_0' });
  const { options, requests } = await startWechat(t, (res, received) =>
    (received.target === '/v3/certificates' ? none : unknown)(res, received),
  );
  const failures: unknown[] = [];
  let skewMs = 0;
  const client = createClient({
    ...options,
    now: () => new Date(Date.now() + skewMs),
    certificates: {
      apiV3Keys: { current: Buffer.from('k'.repeat(32)) },
      onFailure: (error) => void failures.push(error),
    },
  });
  t.after(() => client.close());
  await client.refreshCertificates();
  const downloads = () => requests.filter(({ target }) => target === '/v3/certificates').length;
  const atTheStart = downloads();
  skewMs = 60_000;
  for (let i = 0; i < 3; i++) {
    await assert.rejects(client.getServiceOrder(key), { reason: 'serial' });
  }
  assert.equal(downloads() - atTheStart, 1);
  assert.deepEqual(failures, []);
});

test('rule 8: what would rewrite a path is not sent, and the rest is encoded', async (t) => {
  const { client, requests } = await startWechat(t, answer(200, DOING));
  await assert.rejects(client.cancelServiceOrder('../R1', {}), InvalidParameterError);
  await client.cancelServiceOrder('a|b', {});
  assert.deepEqual(
    requests.map(({ target }) => target),
    ['/v3/payscore/serviceorder/a%7Cb/cancel'],
  );
});

test('rule 9: every attempt is signed anew, only who was not connected goes to the backup', async (t) => {
  const failing = answer(500, '{"code":"SYSTEM_ERROR"}');
  const { client, requests, options, url } = await startWechat(t, failing);
  for (let i = 0; i < 2; i++) await assert.rejects(client.createServiceOrder(order));
  const nonces = requests.map((received) => authorizationIn(received).nonce);
  assert.deepEqual([requests.length, new Set(nonces).size], [2, 2]);
  const lonely = createClient({ ...options, baseUrl: 'http://127.0.0.1:1', backupUrl: url });
  t.after(() => lonely.close());
  await assert.rejects(lonely.createServiceOrder(order), { errorCode: 'SYSTEM_ERROR' });
  assert.equal(requests.length, 3);
});

test('rule 10: errors tell code, status, Request-ID and proof, and nothing of the message', async (t) => {
  const detail = { field: '/openid', value: order.openid, issue: order.openid };
  const refusal = JSON.stringify({ code: 'PARAM_ERROR', message: '参数错误', detail });
  const turns = [answer(400, refusal), answer(400, `<html>${order.openid}`)];
  const { client } = await startWechat(t, (...all) => turns.shift()?.(...all));
  const failing = () => client.createServiceOrder(order).catch((error: unknown) => error);
  const [refused, garbled] = [await failing(), await failing()];
  const { status, errorCode, proven } = refused as Record<string, unknown>;
  assert.deepEqual([status, errorCode, proven], [400, 'PARAM_ERROR', true]);
  assert.ok(garbled instanceof TransportError);
  for (const error of [refused, garbled]) {
    assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes(order.openid));
  }
});

test('rule 11: a probing signature fails like any other, and is counted', async (t) => {
  const reasons: string[] = [];
  const probe = { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/dGVzdA==' };
  const { options } = await startWechat(t, answer(200, DOING, probe));
  const client = createClient({ ...options, onUnverified: (reason) => void reasons.push(reason) });
  t.after(() => client.close());
  await assert.rejects(client.getServiceOrder(key), VerificationError);
  assert.deepEqual(reasons, ['probe']);
});

test('rule 12: the previous APIv3 key opens what is still on its way, until its end', async () => {
  const { key: apiV3Key } = sealedVector('resource.json');
  const message = {
    headers: vectorHeaders('notification.sig'),
    body: bytesOf('notification.json'),
  };
  const openUntil = (secondsLater: number) =>
    openNotification(message, {
      keys: bothKeys,
      now: clockAt(0),
      apiV3Keys: {
        current: Buffer.from('f'.repeat(32)),
        previous: { key: Buffer.from(apiV3Key), until: clockAt(secondsLater)() },
      },
    });
  assert.equal((await openUntil(1)).event_type, 'PAYSCORE.USER_PAID');
  await assert.rejects(openUntil(-1), DecryptionError);
});
