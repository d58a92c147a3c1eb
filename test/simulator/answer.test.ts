/** How the simulator answers: signed, numbered, in alphabetical order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareSimulator, signedBy, type Json, type Sent } from './merchant.ts';

const { simulator, merchant } = await shareSimulator();

const asking = (serial: string | undefined) => (sent: Sent) => {
  sent.headers['Wechatpay-Serial'] = serial;
};
const NOWHERE = '/v3/payscore/nowhere';

test('signs with the public key for a request that names it', async () => {
  const { public_key_id } = simulator.merchant;
  const got = await merchant.send('GET', NOWHERE, '', asking(public_key_id));
  assert.equal(signedBy(got, simulator.merchant), public_key_id);
});

test('signs with the platform certificate for every other request', async () => {
  for (const serial of [undefined, 'PUB_KEY_ID_0000', simulator.merchant.platform_serial_no]) {
    const got = await merchant.send('GET', NOWHERE, '', asking(serial));
    assert.equal(signedBy(got, simulator.merchant), simulator.merchant.platform_serial_no);
  }
});

test('names the signature type', async () => {
  const got = await merchant.send('GET', NOWHERE);
  assert.equal(got.headers.get('Wechatpay-Signature-Type'), 'WECHATPAY2-SHA256-RSA2048');
});

test('ends the Request-ID with 0 on success and with the number of the error otherwise', async () => {
  const created = await merchant.create(merchant.createBody('A1'));
  assert.match(created.headers.get('Request-ID') ?? '', /^[0-9A-F]{42}-0$/);
  const missing = await merchant.query('A-none');
  assert.match(missing.headers.get('Request-ID') ?? '', /^[0-9A-F]{42}-271317510$/);
});

/** The same with its keys in order; arrays keep theirs. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object') return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

test('answers with alphabetical keys, at every depth', async () => {
  const body = merchant.createBody('A2', { time_range: { start_time: 'OnAccept' } });
  const got = await merchant.create(body);
  assert.equal(got.text, JSON.stringify(sorted(got.json)));
});

test('answers empty values where the merchant gave none', async () => {
  const { post_payments: _none, ...body } = merchant.createBody('A3');
  const got = await merchant.create(body);
  const { attach, location, post_discounts, post_payments, risk_fund } = got.json;
  assert.deepEqual(
    [attach, location, post_discounts, post_payments, risk_fund.description],
    ['', {}, [], [], ''],
  );
});

test('answers 404 to a path that does not exist, in another case, or with a slash too much', async () => {
  for (const target of [NOWHERE, '/v3/Payscore/serviceorder', '/v3/payscore/serviceorder/']) {
    const got = await merchant.send('GET', target);
    assert.equal(got.status, 404);
    assert.equal(got.json.code, 'RESOURCE_NOT_EXISTS');
    assert.ok(signedBy(got, simulator.merchant));
  }
});

test('answers 405 to a method that a path does not have, and names those it has', async () => {
  for (const method of ['DELETE', 'PUT']) {
    const got = await merchant.send(method, '/v3/payscore/serviceorder');
    assert.equal(got.status, 405);
    assert.equal(got.headers.get('Allow'), 'GET, POST');
    assert.ok(signedBy(got, simulator.merchant));
  }
  assert.equal((await merchant.send('HEAD', '/v3/payscore/serviceorder')).status, 405);
});

test('signs the refusal of a path that does not decode and of a body that is too long', async () => {
  const path = await merchant.send('GET', '/v3/payscore/permissions/openid/%zz');
  assert.equal(path.status, 400);
  assert.ok(signedBy(path, simulator.merchant));
  const long = JSON.stringify({ attach: 'a'.repeat(1_100_000) });
  const body = await merchant.send('POST', '/v3/payscore/serviceorder', long);
  assert.equal(body.status, 413);
  assert.ok(signedBy(body, simulator.merchant));
});
