/** What an answer is taken for: done, refused, refused without proof, or unknown. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { refusalIn, requestIdOf } from '../../wechatpay/answer.ts';
import { TransportError, VerificationError, WechatpayRefusal } from '../../wechatpay/errors.ts';
import { createTransport } from '../../wechatpay/transport.ts';
import {
  answer,
  optionsFor,
  REQUEST_ID,
  startWechat,
  unsigned,
  type Answering,
} from './wechat-server.ts';
import { signedHeaders } from './wechat.ts';

const DONE = '{"state":"DOING"}';
const REFUSAL = '{"code":"INVALID_REQUEST","message":" 当前订单状态不合法\\t"}';
const call = {
  name: 'getServiceOrder',
  method: 'GET',
  target: '/v3/payscore/serviceorder',
} as const;
const MEBIBYTE = 1_048_576;

const long = (bytes: number) => JSON.stringify({ filler: 'x'.repeat(bytes - 13) });
const otherSignature = { 'wechatpay-signature': Buffer.alloc(256, 7).toString('base64') };
const secondsAgo = (seconds: number) => ({
  timestamp: String(Math.floor(Date.now() / 1000) - seconds),
});
const cutAtOnce: Answering = (res) => res.destroy();
const cutInTheMiddle: Answering = (res) => {
  res.writeHead(200, { 'content-length': '1000' }).write('{"state":');
  setTimeout(() => res.destroy(), 50);
};
const endless: Answering = (res) => {
  res.writeHead(200);
  const more = () => void (res.destroyed || res.write('x'.repeat(65_536), more));
  more();
};

test('gives the JSON of a verified 200, with its Request-ID', async (t) => {
  const { transport } = await startWechat(t, answer(200, DONE));
  assert.deepEqual(await transport.send(call), {
    json: { state: 'DOING' },
    requestId: REQUEST_ID,
  });
});

test('takes a verified 204 for done, over the empty body', async (t) => {
  const { transport } = await startWechat(t, answer(204, ''));
  assert.deepEqual(await transport.send(call), { json: {}, requestId: REQUEST_ID });
});

test('takes an answer of exactly 1 MiB', async (t) => {
  const { transport } = await startWechat(t, answer(200, long(MEBIBYTE)));
  assert.equal(JSON.stringify((await transport.send(call)).json).length, MEBIBYTE);
});

for (const [what, answering] of Object.entries({
  'an unsigned 200': unsigned(200, DONE),
  'an unsigned 204': unsigned(204, ''),
  'a 200 under a wrong signature': answer(200, DONE, otherSignature),
  'a 204 under a wrong signature': answer(204, '', otherSignature),
  'a 200 under the signature of another body': answer(
    200,
    DONE,
    signedHeaders('{}', secondsAgo(0)),
  ),
  'a 200 that was signed 301 s ago': answer(200, DONE, signedHeaders(DONE, secondsAgo(301))),
  'a 200 without a serial': answer(200, DONE, { 'wechatpay-serial': undefined }),
  'a 200 under an unknown serial': answer(200, DONE, { 'wechatpay-serial': 'PUB_KEY_ID_1' }),
  'an unsigned 200 that is not JSON': unsigned(200, '<html>'),
})) {
  test(`does not believe ${what}`, async (t) => {
    const { transport, requests } = await startWechat(t, answering);
    await assert.rejects(transport.send(call), VerificationError);
    assert.equal(requests.length, 1);
  });
}

for (const status of [400, 401, 403, 404, 409, 429, 500, 503]) {
  for (const [how, answering, proven] of [
    ['a signed', answer(status, REFUSAL), true],
    ['an unsigned', unsigned(status, REFUSAL), false],
    ['a wrongly signed', answer(status, REFUSAL, otherSignature), false],
  ] as const) {
    test(`takes ${how} ${status} for a refusal that is ${proven ? '' : 'not '}proven`, async (t) => {
      const { transport } = await startWechat(t, answering);
      await assert.rejects(transport.send(call), (error: unknown) => {
        assert.ok(error instanceof WechatpayRefusal);
        const { errorCode: code, words, requestId } = error;
        assert.deepEqual([error.status, error.proven, requestId], [status, proven, REQUEST_ID]);
        // The words of somebody who may not be WeChat Pay are not passed on.
        assert.deepEqual([code, words], ['INVALID_REQUEST', proven ? '当前订单状态不合法' : '']);
        return true;
      });
    });
  }
}

test('names the field that WeChat Pay objects to, not its value', async (t) => {
  const detail = { field: '/openid', value: 'oSecret', issue: 'oSecret', location: 'body' };
  const body = JSON.stringify({ code: 'PARAM_ERROR', message: '参数错误', detail });
  const { transport } = await startWechat(t, answer(400, body));
  await assert.rejects(transport.send(call), { words: '参数错误 (/openid)' });
});

for (const [what, words] of Object.entries({
  '输入源“/body/service_introduction”映射到值字段“服务信息”规则校验失败': undefined,
  '“/body/post_payments/0/name”长度超过限制': undefined,
  authorization_success_time格式错误: undefined,
  '无法将输入源“/uri_template/out_order_no”映射': undefined,
  '[/body/application_info/0]': undefined,
  '“/body/post_payments/10/name”': undefined,
  'service_introduction/description': undefined,
  '查看指引https://pay.weixin.qq.com/docs/merchant/products/platform-certificate/wxp-pub-key-guide.html':
    undefined,
  'https://pay.weixin.qq.com/doc?openid=oUpF8uMuAJO_M2pxb1Q9zNjWeS6o':
    'https://pay.weixin.qq.com/doc?…',
  '“/query/openid” oUpF8uMuAJO_M2pxb1Q9zNjWeS6o 不存在': '“/query/openid” … 不存在',
  'GET /v3/payscore/permissions/openid/oUpF8uMuAJO_M2pxb1Q9zNjWeS6o': 'GET …',
  'key 9f8e7d6c5b4a39281706f5e4d3c2b1a0 bad': 'key … bad',
  'key abcdefghijklmnopqrstuvwxyzabcdef bad': 'key … bad',
})) {
  test(`keeps the places that a message names, and nothing else that is long: ${what}`, async (t) => {
    const body = JSON.stringify({ code: 'PARAM_ERROR', message: what });
    const { transport } = await startWechat(t, answer(400, body));
    await assert.rejects(transport.send(call), { words: words ?? what });
  });
}

for (const [what, answering] of Object.entries({
  'a signed 202': answer(202, '{}'),
  'a signed 202 with a code': answer(202, REFUSAL),
  'a signed 201': answer(201, DONE),
  'a signed 206': answer(206, DONE),
  'an unsigned 502 in HTML': unsigned(502, '<html>Bad Gateway</html>'),
  'an unsigned 503 without a body': unsigned(503, ''),
  'a signed 500 in HTML': answer(500, '<html>'),
  'a signed 400 without a code': answer(400, '{"message":"no"}'),
  'a signed 400 whose code is a number': answer(400, '{"code":400,"message":"no"}'),
  'a signed 404 that is a list': answer(404, '[{"code":"ORDER_NOT_EXIST"}]'),
  'a signed 200 that is not JSON': answer(200, 'OK'),
  'a signed 200 that is a list': answer(200, '[]'),
  'a signed 200 without a body': answer(200, ''),
  'a connection that is cut before the answer': cutAtOnce,
  'a connection that is cut in the middle of the answer': cutInTheMiddle,
  'an answer of more than 1 MiB': answer(200, long(MEBIBYTE + 1)),
  'an answer without end': endless,
})) {
  test(`takes ${what} for an unknown outcome`, async (t) => {
    const { transport, requests } = await startWechat(t, answering);
    await assert.rejects(transport.send(call), TransportError);
    assert.equal(requests.length, 1, 'an unknown outcome is never repeated here');
  });
}

test('tells status and Request-ID of an answer that it cannot use', async (t) => {
  const { transport } = await startWechat(t, unsigned(502, '<html>'));
  await assert.rejects(transport.send(call), { status: 502, requestId: REQUEST_ID });
});

test('tells status and Request-ID of an answer that is neither a success nor a refusal', async (t) => {
  const { transport } = await startWechat(t, answer(202, REFUSAL));
  await assert.rejects(transport.send(call), {
    name: TransportError.name,
    message: 'HTTP 202 is neither a success nor a refusal',
    ...{ status: 202, requestId: REQUEST_ID },
  });
});

test('passes on no more than 256 characters of a message, and none that are no text', async (t) => {
  const said = (message: unknown) => answer(400, JSON.stringify({ code: 'NO_AUTH', message }));
  const turns = [said('无权限'.repeat(100)), said({ 无权限: true })];
  const { transport } = await startWechat(t, (res, received) => turns.shift()?.(res, received));
  await assert.rejects(transport.send(call), { words: '无权限'.repeat(100).slice(0, 256) });
  await assert.rejects(transport.send(call), { words: '' });
});

for (const code of ['NO_AUTH!', 'oNO_AUTH', 'NO_AUTH\n', '', 'A'.repeat(65)]) {
  test(`takes nothing for a refusal whose code is ${JSON.stringify(code)}`, () => {
    const facts = { status: 400, requestId: REQUEST_ID };
    assert.equal(refusalIn({ code, message: '' }, facts).name, 'TransportError');
  });
}

test('takes a Request-ID that is repeated for none', () => {
  assert.equal(requestIdOf({ 'request-id': [REQUEST_ID] }), '');
});

for (const status of [301, 302, 303, 307, 308]) {
  test(`follows no ${status}`, async (t) => {
    const elsewhere = answer(status, DONE, { location: '/elsewhere' });
    const { transport, requests } = await startWechat(t, elsewhere);
    await assert.rejects(transport.send(call), TransportError);
    assert.deepEqual(
      requests.map(({ target }) => target),
      [call.target],
    );
  });
}

test('takes a refused connection for an unknown outcome, and names its kind', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const transport = createTransport(optionsFor(`http://127.0.0.1:${port}`));
  await assert.rejects(transport.send(call), (error: unknown) => {
    return error instanceof TransportError && /ECONNREFUSED/.test(error.message);
  });
  await transport.close();
});

test('works on after every kind of failure', async (t) => {
  const turns: Answering[] = [cutAtOnce, cutInTheMiddle, endless, unsigned(502, '')];
  const { transport } = await startWechat(t, (res, received) =>
    (turns.shift() ?? answer(200, DONE))(res, received),
  );
  for (const _ of [...turns]) await assert.rejects(transport.send(call), TransportError);
  assert.deepEqual((await transport.send(call)).json, { state: 'DOING' });
});
