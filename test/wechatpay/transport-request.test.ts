/** What is sent: signed over exactly its own bytes, and anew for every attempt. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTransport } from '../../wechatpay/transport.ts';
import { MERCHANT_SERIAL, PLATFORM_SERIAL, PUBLIC_KEY_ID } from './vectors.ts';
import { certificateOnly } from './wechat.ts';
import { answer, authorizationIn, startWechat } from './wechat-server.ts';

const get = {
  name: 'getServiceOrder',
  method: 'GET',
  target: '/v3/x?name=%E4%B8%AD%E6%96%87&b=a%7Cb&c=+%2B',
} as const;
const post = {
  name: 'createServiceOrder',
  method: 'POST',
  target: '/v3/payscore/serviceorder',
  body: { service_introduction: '充电宝租借 “½ €”', amount: 9900, attach: '\u2028"\\' },
} as const;

for (const call of [get, post]) {
  test(`a ${call.method} is signed over exactly what is sent`, async (t) => {
    const { transport, requests } = await startWechat(t, answer(200, '{}'));
    await transport.send(call);
    const [received] = requests;
    assert.ok(received);
    assert.equal(received.target, call.target);
    const { fits, serial } = authorizationIn(received);
    assert.deepEqual([fits, serial], [true, MERCHANT_SERIAL]);
  });

  test(`a ${call.method} names the key it expects, itself and what it accepts`, async (t) => {
    const { transport, requests } = await startWechat(t, answer(200, '{}'));
    await transport.send(call);
    const headers = requests[0]?.headers ?? {};
    assert.equal(headers['wechatpay-serial'], PUBLIC_KEY_ID);
    assert.match(headers['user-agent'] ?? '', /^payscore-orders /);
    assert.equal(headers.accept, 'application/json');
  });
}

test('sends a body as JSON in UTF-8, and says so', async (t) => {
  const { transport, requests } = await startWechat(t, answer(200, '{}'));
  await transport.send(post);
  assert.deepEqual(JSON.parse(requests[0]?.body ?? ''), post.body);
  assert.equal(requests[0]?.headers['content-type'], 'application/json');
});

test('sends no body and no content type with a GET', async (t) => {
  const { transport, requests } = await startWechat(t, answer(200, '{}'));
  await transport.send(get);
  assert.equal(requests[0]?.body, '');
  assert.equal(requests[0]?.headers['content-type'], undefined);
});

test('names the platform certificate where there is no public key', async (t) => {
  const { options, requests } = await startWechat(t, answer(200, '{}'));
  const transport = createTransport({ ...options, keys: certificateOnly });
  t.after(() => transport.close());
  await transport.send(get).catch(() => undefined);
  assert.equal(requests[0]?.headers['wechatpay-serial'], PLATFORM_SERIAL);
});

test('takes a new nonce and a new timestamp for every attempt', async (t) => {
  const { options, requests } = await startWechat(t, answer(200, '{}'));
  let now = Date.now();
  const transport = createTransport({ ...options, now: () => new Date((now += 2_000)) });
  t.after(() => transport.close());
  for (let attempt = 0; attempt < 5; attempt++) await transport.send(post);
  const sent = requests.map(authorizationIn);
  assert.ok(sent.every(({ fits }) => fits));
  for (const part of ['nonce', 'timestamp'] as const) {
    assert.equal(new Set(sent.map((one) => one[part])).size, 5, part);
  }
});
