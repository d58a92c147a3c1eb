/** /_control: what it refuses, and in which words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, OPENID, transmit } from './merchant.ts';

test('refuses to pay an order that is not USER_PAYING, and says what it is', async (t) => {
  const { control, serve, bill } = await open(t);
  await assert.rejects(control.pay('none'), { status: 404 });
  await serve('K1');
  await assert.rejects(control.pay('K1'), { status: 409, message: /USER_CONFIRM/ });
  await bill('K2');
  await control.pay('K2');
  await assert.rejects(control.pay('K2'), { status: 409, message: /USER_PAID/ });
  assert.equal((await control.order('K2')).ledger.filter(({ charged }) => charged > 0).length, 1);
  assert.equal((await control.notifications('K2')).length, 1);
});

test('refuses to revoke what was not authorised', async (t) => {
  const { control } = await open(t);
  await assert.rejects(control.revoke('ou-nobody'), { status: 409 });
  await control.revoke(OPENID);
  await assert.rejects(control.revoke(OPENID), { status: 409 });
});

test('names every fault of a request in JSON', async (t) => {
  const { simulator } = await open(t);
  const post = async (path: string, body: string) => {
    const headers = { 'Content-Type': 'application/json' };
    const url = `${simulator.url}/_control${path}`;
    const got = await fetch(url, { method: 'POST', headers, body });
    const told: { error?: unknown } = JSON.parse(await got.text());
    return [got.status, typeof told.error];
  };
  assert.deepEqual(await post('/faults', '{"call":"transfer","fault":"cut"}'), [400, 'string']);
  assert.deepEqual(await post('/faults', '{"call'), [400, 'string']);
  assert.deepEqual(await post('/clock', '{"factor":0}'), [400, 'string']);
  assert.deepEqual(await post('/notifications/none/resend', ''), [404, 'string']);
  assert.deepEqual(await post('/nowhere', ''), [404, 'string']);
});

test('reads and sets the business clock, which paid_time follows', async (t) => {
  const { control, bill, query } = await open(t);
  await bill('K3');
  const set = await control.setClock({ now: '2030-05-06T07:08:09+08:00', factor: 0.001 });
  assert.equal(set.factor, 0.001);
  assert.match((await control.clock()).now, /^2030-05-05T23:08:09/);
  await control.pay('K3');
  assert.equal((await query('K3')).json.collection.details[0].paid_time, '20300506070809');
  assert.equal((await control.order('K3')).ledger.at(-1)?.time, '2030-05-06T07:08:09+08:00');
});

test('refuses whatever a web page of another host asks for', async (t) => {
  const { simulator, permission } = await open(t);
  const { host, port } = new URL(simulator.url);
  const revoke = (Origin?: string) =>
    transmit(simulator.url, {
      method: 'POST',
      target: `/_control/users/${OPENID}/revoke`,
      body: '',
      timestamp: '',
      headers: { Origin },
    });
  for (const origin of [
    'http://evil.test',
    `http://evil.test:${port}`,
    'http://127.0.0.1:1',
    'null',
    '',
  ]) {
    const got = await revoke(origin);
    assert.deepEqual([got.status, typeof got.json.error], [403, 'string'], origin);
  }
  assert.equal((await permission(OPENID)).json.authorization_state, 'AVAILABLE');
  assert.equal((await revoke(`http://${host}`)).status, 200);
  assert.equal((await revoke()).status, 409, 'without an origin it is a program');
});
