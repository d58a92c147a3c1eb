/** What the simulator demands of a request before it looks at what is asked. */
import assert from 'node:assert/strict';
import { before, after, test } from 'node:test';
import { startSimulator, type Simulator } from '../../simulator/create.ts';
import { merchantOf, signedBy, type Sent } from './merchant.ts';

let simulator: Simulator;
let merchant: ReturnType<typeof merchantOf>;

before(async () => {
  simulator = await startSimulator();
  merchant = merchantOf(simulator);
});
after(() => simulator.stop());

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
