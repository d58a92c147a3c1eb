/** What is told of each call for figures and logs: its name, what it came to, and nothing of what it carried. */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import type { CallEnd } from '../../wechatpay/call-end.ts';
import { createClient, type WechatpayClient } from '../../wechatpay/client.ts';
import { answer, optionsFor, REQUEST_ID, startWechat, unsigned } from './wechat-server.ts';

const body = { openid: 'o-secret' };
const key = { out_order_no: 'R1', service_id: '1', appid: 'wx1' };
const LATE = { moment: new Date(0), isOver: () => true };

/** Each of the client's functions, by which it is told. */
const CALLS: Readonly<Record<string, (client: WechatpayClient) => Promise<unknown>>> = {
  createServiceOrder: (it) => it.createServiceOrder(body),
  getServiceOrder: (it) => it.getServiceOrder(key),
  getServiceOrderByQueryId: (it) => it.getServiceOrderByQueryId({ ...key, query_id: 'q' }),
  cancelServiceOrder: (it) => it.cancelServiceOrder('R1', body),
  modifyServiceOrder: (it) => it.modifyServiceOrder('R1', body),
  completeServiceOrder: (it) => it.completeServiceOrder('R1', body),
  syncServiceOrder: (it) => it.syncServiceOrder('R1', body),
  payServiceOrder: (it) => it.payServiceOrder('R1', body),
  getPermissionByOpenid: (it) => it.getPermissionByOpenid({ ...key, openid: 'o-secret' }),
  getPermissionByAuthorizationCode: (it) =>
    it.getPermissionByAuthorizationCode({ authorization_code: 'R1', service_id: '1' }),
  preparePermission: (it) => it.preparePermission(body),
  terminatePermissionByOpenid: (it) => it.terminatePermissionByOpenid('o-secret', body),
  terminatePermissionByAuthorizationCode: (it) =>
    it.terminatePermissionByAuthorizationCode('R1', body),
  applyForTradeBill: (it) => it.applyForTradeBill({ bill_date: '2026-10-01' }),
  applyForFundFlowBill: (it) => it.applyForFundFlowBill({ bill_date: '2026-10-01' }),
};

async function toldOf(
  url: string,
  call: (client: WechatpayClient) => Promise<unknown>,
): Promise<CallEnd[]> {
  const told: CallEnd[] = [];
  const client = createClient({ ...optionsFor(url), onCall: (end) => void told.push(end) });
  await call(client).catch(() => undefined);
  await client.close();
  return told;
}

for (const [name, call] of Object.entries(CALLS)) {
  test(`${name} is told once, under its own name`, async (t) => {
    const link = '{"download_url":"http://x/","hash_value":"0","hash_type":"SHA1"}';
    const { url } = await startWechat(t, answer(200, link));
    const [end, ...others] = await toldOf(url, call);
    assert.deepEqual(others, []);
    assert.ok(end && end.seconds > 0 && end.seconds < 10);
    const { seconds: _seconds, ...rest } = end;
    assert.deepEqual(rest, {
      ...{ call: name, outcome: 'ok', status: 200, code: undefined, requestId: REQUEST_ID },
    });
  });
}

for (const [what, answering, expected] of [
  [
    'a proven refusal',
    answer(400, '{"code":"INVALID_REQUEST","message":"o-secret"}'),
    { outcome: 'refused', status: 400, code: 'INVALID_REQUEST', requestId: REQUEST_ID },
  ],
  [
    'a proven 429',
    answer(429, '{"code":"FREQUENCY_LIMITED","message":""}'),
    { outcome: 'throttled', status: 429, code: 'FREQUENCY_LIMITED', requestId: REQUEST_ID },
  ],
  [
    'a proven 401',
    answer(401, '{"code":"SIGN_ERROR","message":""}'),
    { outcome: 'misconfigured', status: 401, code: 'SIGN_ERROR', requestId: REQUEST_ID },
  ],
  [
    'a proven 404',
    answer(404, '{"code":"ORDER_NOT_EXIST","message":""}'),
    { outcome: 'not_found', status: 404, code: 'ORDER_NOT_EXIST', requestId: REQUEST_ID },
  ],
  [
    'an answer that nobody signed',
    unsigned(200, '{"openid":"o-secret"}'),
    { outcome: 'unknown', status: 200, code: 'unverified', requestId: REQUEST_ID },
  ],
] as const) {
  test(`${what} is told by its status, code and Request-ID`, async (t) => {
    const { url } = await startWechat(t, answering);
    const [end] = await toldOf(url, (it) => it.getServiceOrder(key));
    const { seconds: _seconds, call, ...rest } = end ?? ({} as CallEnd);
    assert.equal(call, 'getServiceOrder');
    assert.deepEqual(rest, expected);
    assert.doesNotMatch(JSON.stringify(end), /secret/);
  });
}

test('what nobody answers has no status, and what was too late to be signed was not sent', async (t) => {
  const { url } = await startWechat(t, (res) => res.destroy());
  const [cut] = await toldOf(url, (it) => it.getServiceOrder(key));
  assert.deepEqual([cut?.outcome, cut?.status, cut?.code], ['unknown', undefined, 'no_answer']);
  const [late] = await toldOf(url, (it) => it.createServiceOrder(body, LATE));
  assert.deepEqual([late?.outcome, late?.code], ['not_sent', 'not_sent']);
});

test('what was never to be sent is no call', async (t) => {
  const { url, requests } = await startWechat(t, answer(200, '{}'));
  const elsewhere = { download_url: 'https://example.com/', hash_value: '0' };
  assert.deepEqual(await toldOf(url, (it) => it.downloadBill(elsewhere, new PassThrough())), []);
  assert.equal(requests.length, 0);
});

test('the download of a bill is told by what became of the whole', async (t) => {
  const { url } = await startWechat(t, (res) => res.writeHead(200).end('not zipped'));
  const link = { download_url: `${url}/bill`, hash_value: '0' };
  const [end] = await toldOf(url, (it) => it.downloadBill(link, new PassThrough()));
  assert.deepEqual([end?.call, end?.outcome, end?.status], ['downloadBill', 'unknown', 200]);
});

test('whoever is told cannot fail the call', async (t) => {
  const { url } = await startWechat(t, answer(200, '{"state":"DOING"}'));
  const client = createClient({
    ...optionsFor(url),
    onCall() {
      throw new Error('a figure that cannot be counted');
    },
  });
  assert.deepEqual((await client.getServiceOrder(key)).json, { state: 'DOING' });
  await client.close();
});
