/** The calls: which method, which path, which query, and what may not enter them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WechatpayClient } from '../../wechatpay/client.ts';
import { InvalidParameterError } from '../../wechatpay/errors.ts';
import { answer, authorizationIn, startWechat } from './wechat-server.ts';

const key = { out_order_no: 'R_1-a', service_id: '20020000', appid: 'wx1' };
const user = { openid: 'oUpF8_-1', service_id: '20020000', appid: 'wx1' };
const body = { appid: 'wx1', total_amount: 800 };

const calls: Record<string, (client: WechatpayClient) => Promise<unknown>> = {
  'GET /v3/payscore/permissions/openid/oUpF8_-1?service_id=20020000&appid=wx1': (client) =>
    client.getPermissionByOpenid(user),
  'POST /v3/payscore/serviceorder': (client) => client.createServiceOrder(body),
  'GET /v3/payscore/serviceorder?service_id=20020000&out_order_no=R_1-a&appid=wx1': (client) =>
    client.getServiceOrder(key),
  'GET /v3/payscore/serviceorder?service_id=20020000&query_id=Q1&appid=wx1': (client) =>
    client.getServiceOrderByQueryId({ query_id: 'Q1', service_id: '20020000', appid: 'wx1' }),
  'POST /v3/payscore/serviceorder/R_1-a/complete': (client) =>
    client.completeServiceOrder('R_1-a', body),
  'POST /v3/payscore/serviceorder/R_1-a/cancel': (client) =>
    client.cancelServiceOrder('R_1-a', body),
  'POST /v3/payscore/serviceorder/R_1-a/modify': (client) =>
    client.modifyServiceOrder('R_1-a', body),
  'POST /v3/payscore/serviceorder/R_1-a/sync': (client) => client.syncServiceOrder('R_1-a', body),
  'POST /v3/payscore/serviceorder/R_1-a/pay': (client) => client.payServiceOrder('R_1-a', body),
  'GET /v3/payscore/permissions/authorization-code/C_1-a?service_id=20020000': (client) =>
    client.getPermissionByAuthorizationCode({
      authorization_code: 'C_1-a',
      service_id: '20020000',
    }),
  'POST /v3/payscore/permissions': (client) => client.preparePermission(body),
  'POST /v3/payscore/permissions/openid/oUpF8_-1/terminate': (client) =>
    client.terminatePermissionByOpenid('oUpF8_-1', body),
  'POST /v3/payscore/permissions/authorization-code/C_1-a/terminate': (client) =>
    client.terminatePermissionByAuthorizationCode('C_1-a', body),
};

/** Every call that puts something of its caller into the path: under which name. */
const callsWithPath: readonly [
  name: string,
  call: (client: WechatpayClient, value: string) => Promise<unknown>,
][] = [
  ['openid', (client, openid) => client.getPermissionByOpenid({ ...user, openid })],
  [
    'authorization_code',
    (client, authorization_code) =>
      client.getPermissionByAuthorizationCode({ authorization_code, service_id: '2002' }),
  ],
  ['openid', (client, openid) => client.terminatePermissionByOpenid(openid, body)],
  [
    'authorization_code',
    (client, code) => client.terminatePermissionByAuthorizationCode(code, body),
  ],
  ['out_order_no', (client, number) => client.completeServiceOrder(number, body)],
  ['out_order_no', (client, number) => client.cancelServiceOrder(number, body)],
  ['out_order_no', (client, number) => client.modifyServiceOrder(number, body)],
  ['out_order_no', (client, number) => client.syncServiceOrder(number, body)],
  ['out_order_no', (client, number) => client.payServiceOrder(number, body)],
];

for (const [line, call] of Object.entries(calls)) {
  test(`calls ${line}`, async (t) => {
    const { client, requests } = await startWechat(t, answer(200, '{}'));
    await call(client);
    const [received] = requests;
    assert.equal(`${received?.method} ${received?.target}`, line);
    assert.equal(received?.body, line.startsWith('POST') ? JSON.stringify(body) : '');
  });
}

for (const value of ['中文', 'a&appid=wx2', 'a b', 'a+b', '../x', 'a?b#c', '|*', '%2e']) {
  test(`encodes '${value}' in a query, and signs what it sends`, async (t) => {
    const { client, requests } = await startWechat(t, answer(200, '{}'));
    await client.getServiceOrder({ ...key, out_order_no: value });
    const [received] = requests;
    assert.ok(received && authorizationIn(received).fits);
    assert.match(received.target, /^\/v3\/payscore\/serviceorder\?[\w=&%.*+-]+$/);
    const query = new URL(received.target, 'http://x').searchParams;
    assert.deepEqual(query.getAll('out_order_no'), [value]);
    assert.deepEqual(query.getAll('appid'), ['wx1']);
  });
}

test('encodes the two signs that a number may have and a path may not', async (t) => {
  const { client, requests } = await startWechat(t, answer(200, '{}'));
  await client.completeServiceOrder('a|b*c', body);
  const [received] = requests;
  assert.match(received?.target ?? '', /\/serviceorder\/a%7Cb(\*|%2A)c\/complete$/);
  assert.ok(received && authorizationIn(received).fits);
});

for (const value of [
  '',
  '.',
  '..',
  '../cancel',
  'a/b',
  'a\\b',
  'a%2Fb',
  'a?b',
  'a#b',
  'a b',
  'a\n',
  'a\r\nX-Forged: 1',
  'a\0',
  '中文',
  'ａ',
  'a;b',
  'x'.repeat(129),
]) {
  test(`sends nothing for the path parameter ${JSON.stringify(value.slice(0, 20))}`, async (t) => {
    const { client, requests } = await startWechat(t, answer(200, '{}'));
    for (const [name, call] of callsWithPath) {
      await assert.rejects(async () => call(client, value), {
        name: InvalidParameterError.name,
        message: `${name} has characters outside 0-9 A-Z a-z _ - | *`,
      });
    }
    assert.equal(requests.length, 0);
  });
}

test('rejects a path parameter as a promise, as every other failure of a call', async (t) => {
  const { client } = await startWechat(t, answer(200, '{}'));
  assert.doesNotThrow(() => {
    for (const [, call] of callsWithPath) call(client, '../x').catch(() => undefined);
  });
});
