/** What the simulator demands of a request before it looks at what is asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { OPENID, shareSimulator, signedBy, transmit, type Sent } from './merchant.ts';
import { exchange } from './raw-exchange.ts';

const { simulator, control, merchant } = await shareSimulator();
await control.authorise('ou/one');

const target = () =>
  `/v3/payscore/permissions/openid/ou%2Fone?service_id=${simulator.merchant.service_id}&appid=${simulator.merchant.appid}`;

const change = (pattern: RegExp, by: string) => (sent: Sent) => {
  sent.headers['Authorization'] = sent.headers['Authorization']?.replace(pattern, by);
};
const without = (header: string) => (sent: Sent) => {
  sent.headers[header] = undefined;
};
const header = (name: string, value: string) => (sent: Sent) => {
  sent.headers[name] = value;
};

const refused: [rule: string, spoil: (sent: Sent) => void, status: number, code: string][] = [
  ['without Authorization', without('Authorization'), 401, 'SIGN_ERROR'],
  ['of another scheme', change(/RSA2048/, 'ECDSA'), 401, 'SIGN_ERROR'],
  ['whose scheme is in another case', change(/^WECHATPAY2/, 'wechatpay2'), 401, 'SIGN_ERROR'],
  ['with a parameter that nobody knows', change(/mchid=/, 'a="b",mchid='), 401, 'SIGN_ERROR'],
  ['without a nonce', change(/nonce_str="[^"]*",/, ''), 401, 'SIGN_ERROR'],
  ['with an empty nonce', change(/nonce_str="[^"]*"/, 'nonce_str=""'), 401, 'SIGN_ERROR'],
  ['with a parameter twice', change(/(mchid="\d+",)/, '$1$1'), 401, 'SIGN_ERROR'],
  ['with unquoted parameters', change(/mchid="(\d+)"/, 'mchid=$1'), 401, 'SIGN_ERROR'],
  [
    'with a timestamp that is no integer',
    change(/timestamp="/, 'timestamp="1.'),
    401,
    'SIGN_ERROR',
  ],
  ['of another merchant', change(/mchid="\d+"/, 'mchid="1900000001"'), 401, 'SIGN_ERROR'],
  ['under another serial', change(/serial_no="./, 'serial_no="0'), 401, 'SIGN_ERROR'],
  [
    'with a signature of other bytes',
    change(/signature="..../, 'signature="AAAA'),
    401,
    'SIGN_ERROR',
  ],
  ['whose target was changed', (sent) => (sent.target += '&a=b'), 401, 'SIGN_ERROR'],
  [
    'whose target was encoded otherwise',
    (sent) => (sent.target = sent.target.replace('%2F', '%2f')),
    401,
    'SIGN_ERROR',
  ],
  ['without User-Agent', without('User-Agent'), 400, 'PARAM_ERROR'],
  ['without Accept', without('Accept'), 400, 'PARAM_ERROR'],
  ['with a blank User-Agent', header('User-Agent', ' '), 400, 'PARAM_ERROR'],
  [
    'whose query holds a character of 4 bytes',
    (sent) => (sent.target += '&a=%F0%9F%98%80'),
    400,
    'PARAM_ERROR',
  ],
  ['that accepts only HTML', header('Accept', 'text/html'), 400, 'PARAM_ERROR'],
];

for (const [rule, spoil, status, code] of refused) {
  test(`refuses a request ${rule}, under a signature`, async () => {
    const got = await merchant.send('GET', target(), '', spoil);
    assert.equal(got.status, status);
    assert.equal(got.json.code, code);
    assert.equal(signedBy(got, simulator.merchant), simulator.merchant.public_key_id);
    assert.doesNotMatch(got.headers.get('Request-ID') ?? '', /-0$/);
  });
}

const reversed = (sent: Sent) => {
  const [, scheme, list = ''] = /^(\S+) (.*)$/.exec(sent.headers['Authorization'] ?? '') ?? [];
  sent.headers['Authorization'] = `${scheme} ${list.split(',').toReversed().join(',')}`;
};

test('takes the parameters of Authorization in any order', async () => {
  assert.equal((await merchant.send('GET', target(), '', reversed)).status, 200);
});

for (const [seconds, status] of [
  [-310, 401],
  [-290, 200],
  [290, 200],
  [310, 401],
] as const) {
  test(`answers ${status} to a request signed ${seconds} s from now, whatever the business clock says`, async (t) => {
    simulator.clock.set({ now: new Date('2030-01-01T00:00:00Z') });
    t.after(() => simulator.clock.set({ now: new Date() }));
    const timestamp = String(Math.floor(Date.now() / 1000) + seconds);
    const got = await merchant.send('GET', target(), '', () => undefined, timestamp);
    assert.equal(got.status, status);
  });
}

test('refuses a body that is not declared as JSON', async () => {
  const got = await merchant.send('POST', '/v3/payscore/serviceorder', '{}', (sent) => {
    sent.headers['Content-Type'] = 'text/plain';
  });
  assert.equal(got.status, 400);
  assert.match(got.json.message, /Content-Type/);
});

test('refuses a body of which a byte was changed', async () => {
  const got = await merchant.send('POST', '/v3/payscore/serviceorder', '{"a":1}', (sent) => {
    sent.body = '{"a":2}';
  });
  assert.equal(got.json.code, 'SIGN_ERROR');
});

test('verifies the bytes of a body that is not UTF-8, and refuses them as what they are', async () => {
  const got = await merchant.send('POST', '/v3/payscore/serviceorder', Buffer.from([0xff, 0xfe]));
  assert.equal(got.status, 400);
  assert.equal(got.json.code, 'PARAM_ERROR');
});

test('names an authentication scheme that it does not know as such', async () => {
  const got = await merchant.send('GET', target(), '', change(/^\S+/, 'Bearer'));
  assert.equal(got.status, 401);
  assert.match(got.json.message, /认证类型/);
});

test('refuses two Authorization headers, even when both are true', async () => {
  const sent = merchant.signed('GET', target());
  const authorization = sent.headers['Authorization'];
  const headers = { ...sent.headers, authorization };
  const got = await exchange(simulator.url, { ...sent, headers });
  assert.equal(got.head[0], 'HTTP/1.1 401 Unauthorized');
  assert.equal((await merchant.send('GET', target())).status, 200);
});

for (const [nonce, status] of [
  ['a'.repeat(32), 200],
  ['a'.repeat(33), 401],
  ['-_.+/=!', 200],
  ['a,b', 401],
] as const) {
  test(`answers ${status} to a nonce of "${nonce}"`, async () => {
    const sent = merchant.signed('GET', target(), '', undefined, nonce);
    assert.equal((await transmit(simulator.url, sent)).status, status);
  });
}

for (const [type, status] of [
  ['application/json; charset=utf-8', 404],
  ['Application/JSON;charset="UTF-8"', 404],
  ['application/json; charset=gbk', 400],
  ['application/jsonp', 400],
] as const) {
  test(`answers ${status} to a body of the type ${type}`, async () => {
    const { identity, completeBody, send } = merchant;
    const path = '/v3/payscore/serviceorder/none/complete';
    const body = { ...identity, ...completeBody() };
    const got = await send('POST', path, body, (sent) => (sent.headers['Content-Type'] = type));
    assert.equal(got.status, status);
  });
}

test('refuses a GET with a body: parameters belong into the URL', async () => {
  const got = await merchant.send('GET', target(), '{}');
  assert.deepEqual([got.status, got.json.code], [400, 'PARAM_ERROR']);
  assert.equal(got.json.detail.location, 'body');
});

const refusedBodies: [what: string, body: string, pointer: string, value: string][] = [
  ['null', '{"a":{"b":null}}', '/a/b', 'null'],
  ['a character of 4 bytes', '{"a":["😀"]}', '/a/0', '😀'],
  ['one as two escapes', '{"a":"\\ud83d\\ude00"}', '/a', '😀'],
  ['half of one', '{"a":"\\ud83d"}', '/a', '\ud83d'],
  ['one in a name', '{"😀":1}', '/😀', '1'],
  ['ten thousand levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, '', ''],
  ['half a document', '{"a":', '', ''],
  ['one in a name, whose value is long', `{"a😀":"${'b'.repeat(200)}"}`, '/a😀', 'b'.repeat(100)],
  ['nothing', ' ', '', ''],
];
for (const [what, body, pointer, value] of refusedBodies) {
  test(`refuses JSON with ${what}, and says where and what was sent`, async () => {
    const got = await merchant.send('POST', '/v3/payscore/serviceorder', body);
    assert.deepEqual([got.status, got.json.code], [400, 'PARAM_ERROR']);
    const { issue: _words, ...detail } = got.json.detail;
    assert.deepEqual(detail, { field: pointer, location: 'body', value });
  });
}

test('takes every character of 3 bytes', async () => {
  const { createBody } = merchant;
  await control.authorise(OPENID);
  const body = createBody('RC1', { service_introduction: '充电宝租借￥…' });
  assert.equal((await merchant.create(body)).status, 200);
});

test('refuses a compressed body, under a signature', async () => {
  const got = await merchant.send('POST', '/v3/payscore/serviceorder', gzipSync('{}'), (sent) => {
    sent.headers['Content-Encoding'] = 'gzip';
  });
  assert.deepEqual([got.status, got.json.code], [400, 'PARAM_ERROR']);
  assert.ok(signedBy(got, simulator.merchant));
});

test('answers 405 to OPTIONS and HEAD, and 404 where there is no path', async () => {
  for (const method of ['OPTIONS', 'HEAD']) {
    const got = await merchant.send(method, '/v3/payscore/serviceorder');
    assert.deepEqual([got.status, got.headers.get('Allow')], [405, 'GET, POST']);
    assert.equal((await merchant.send(method, '/v3/payscore/nowhere')).status, 404);
  }
});
