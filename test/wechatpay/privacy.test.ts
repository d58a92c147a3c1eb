/** No error shows an openid, a key, a body or a header's value, however it is printed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { otherKey, textOf } from './vectors.ts';
import { createClient } from '../../wechatpay/client.ts';
import {
  answer,
  authorizationIn,
  startWechat,
  unsigned,
  type Answering,
  type Received,
} from './wechat-server.ts';

const OPENID = 'oSecretSecretSecretSecret';
const body = { openid: OPENID, attach: 'attached-secret', out_order_no: 'R1' };
const detail = { field: '/openid', value: OPENID, issue: `bad: ${OPENID}`, location: 'body' };
const refusal = JSON.stringify({ code: 'PARAM_ERROR', message: '参数错误', detail });
const echo = JSON.stringify({ ...body, state: 'DOING' });
const shortSignature = { 'wechatpay-signature': 'c2hvcnQtc2lnbmF0dXJl' };
const longHeaders = { 'x-secret': 'header-secret'.repeat(10_000) };

/** A refusal that has what was sent in this place of its own. */
function quoting(place: 'message' | 'code' | 'field'): string {
  const quoted = place === 'message' ? `bad: {"openid":"${OPENID}"}` : OPENID;
  return JSON.stringify({
    code: place === 'code' ? quoted : 'PARAM_ERROR',
    message: place === 'message' ? quoted : '参数错误',
    detail: { field: place === 'field' ? quoted : '/openid' },
  });
}

const answers: Record<string, Answering> = {
  'a proven refusal': answer(400, refusal),
  'an unproven refusal': unsigned(403, refusal),
  'a proven refusal that quotes the openid': answer(400, quoting('message')),
  'an unproven refusal that quotes the body': unsigned(400, quoting('message')),
  'a refusal whose code is the openid': answer(400, quoting('code')),
  'a refusal about a field named by the openid': answer(400, quoting('field')),
  'an unproven success': unsigned(200, echo),
  'a wrongly signed success': answer(200, echo, shortSignature),
  'a success that is not JSON': answer(200, `openid=${OPENID}`),
  'a gateway’s page': unsigned(502, `<html>${OPENID}</html>`),
  'a cut connection': (res) => res.destroy(),
  'an answer that is no HTTP': (res) => res.socket?.end(`${OPENID}\r\n\r\n`),
  'headers that are too long': answer(200, echo, longHeaders),
  'an answer that is too long': answer(200, JSON.stringify({ openid: OPENID.repeat(60_000) })),
};

function assertTellsNothing(error: unknown, received: Received | undefined) {
  assert.ok(error instanceof Error);
  const shown = [
    error.message,
    error.stack,
    JSON.stringify(error),
    inspect(error, { depth: 9, showHidden: true }),
  ].join('\n');
  const { nonce = '', timestamp = '' } = received ? authorizationIn(received) : {};
  const secrets = [
    ...[OPENID, 'attached-secret', 'header-secret', 'WECHATPAY2', 'c2hvcnQtc2lnbmF0dXJl'],
    ...textOf('merchant_key.pem').split('\n').slice(1, 3),
    ...(nonce ? [nonce, `"${timestamp}"`] : []),
  ];
  for (const secret of secrets) assert.ok(!shown.includes(secret), `shows ${secret}`);
}

for (const [what, answering] of Object.entries(answers)) {
  test(`tells nothing private after ${what}`, async (t) => {
    const { client, requests } = await startWechat(t, answering);
    const calls = [
      () => client.createServiceOrder(body),
      () => client.getPermissionByOpenid({ openid: OPENID, service_id: '2002', appid: 'wx1' }),
    ];
    for (const call of calls) {
      const error: unknown = await call().then(
        () => assert.fail('the call succeeds'),
        (reason: unknown) => reason,
      );
      assertTellsNothing(error, requests.at(-1));
    }
  });
}

test('tells nothing private about a connection that is refused', async (t) => {
  const { options } = await startWechat(t, answer(200, '{}'));
  const merchant = { ...options.merchant, privateKey: otherKey };
  const client = createClient({ ...options, merchant, baseUrl: 'http://127.0.0.1:1' });
  t.after(() => client.close());
  const error: unknown = await client.createServiceOrder(body).catch((reason: unknown) => reason);
  assertTellsNothing(error, undefined);
});

test('tells nothing private about a path parameter that it refuses', async (t) => {
  const { client } = await startWechat(t, answer(200, '{}'));
  const call = async () =>
    client.getPermissionByOpenid({ openid: `${OPENID}/..`, service_id: '2002', appid: 'wx1' });
  const error: unknown = await call().catch((reason: unknown) => reason);
  assertTellsNothing(error, undefined);
});
