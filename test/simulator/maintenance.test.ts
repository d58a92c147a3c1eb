/** A maintenance window: everything is answered alike, and nothing is executed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { open, OPENID, signedBy } from './merchant.ts';
import { until } from './receiver.ts';

for (const [answered, status, type, isSigned] of [
  ['json-503', 503, 'application/json', false],
  ['signed-503', 503, 'application/json', true],
  ['html-503', 503, 'text/html', false],
  ['html-200', 200, 'text/html', false],
] as const) {
  test(`answers everything as ${answered}, executes nothing, and goes on as before when it is called off`, async (t) => {
    const { control, create, createBody, permission, send, query, simulator } = await open(t);
    const { maintenance } = await control.beginMaintenance({ seconds: 600, answered });
    assert.equal(maintenance?.answered, answered);
    const calls = [create(createBody('M1')), permission(OPENID), send('GET', '/v3/certificates')];
    for (const got of await Promise.all(calls)) {
      assert.deepEqual(
        [got.status, got.headers.get('content-type')?.split(';')[0]],
        [status, type],
      );
      assert.equal(signedBy(got, simulator.merchant) !== undefined, isSigned);
      assert.equal(got.headers.get('Wechatpay-Signature') !== null, isSigned);
    }
    assert.deepEqual(await control.endMaintenance(), { maintenance: null });
    assert.equal((await query('M1')).status, 404);
  });
}

test('ends by itself, in real seconds', async (t) => {
  const { control, query, pass } = await open(t);
  await control.beginMaintenance({ seconds: 1 });
  pass(3600);
  assert.equal((await query('M2')).status, 503);
  await sleep(1000);
  await until(async () => (await query('M2')).status === 404);
});

test('ends by itself, in business seconds where it is said so', async (t) => {
  const { control, query, pass } = await open(t);
  await control.beginMaintenance({ seconds: 3600, clock: 'business' });
  pass(3500);
  assert.equal((await query('M3')).status, 503);
  pass(101);
  assert.equal((await query('M3')).status, 404);
  assert.deepEqual(await control.maintenance(), { maintenance: null });
});
