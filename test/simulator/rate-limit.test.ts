/** How often a merchant may call: as often as it likes, until a limit is set. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { open, OPENID, signedBy } from './merchant.ts';

test('there is no limit by default', async (t) => {
  const { query } = await open(t);
  const got = await Promise.all(Array.from({ length: 30 }, () => query('L1')));
  assert.ok(got.every(({ status }) => status === 404));
});

test('refuses the repetition of a call on one order within the time set, and takes it afterwards', async (t) => {
  const { control, create, createBody, query, simulator } = await open(t);
  await control.limitRate({ repeat_within_seconds: 1 });
  assert.equal((await create(createBody('L2'))).status, 200);
  const got = await create(createBody('L2'));
  assert.deepEqual([got.status, got.json.code], [429, 'FREQUENCY_LIMITED']);
  assert.ok(signedBy(got, simulator.merchant));
  assert.equal((await query('L2')).status, 200); // another call
  assert.equal((await create(createBody('L3'))).status, 200); // another order
  await sleep(1000);
  assert.equal((await create(createBody('L2'))).status, 200);
});

test('refuses more calls in a second than the number set, by the gateway', async (t) => {
  const { control, permission } = await open(t);
  await control.limitRate({ calls_per_second: 3 });
  const got = await Promise.all(Array.from({ length: 10 }, () => permission(OPENID)));
  const refused = got.filter(({ status }) => status === 429);
  assert.ok(refused.length >= 1);
  for (const { json } of refused) assert.equal(json.code, 'RATELIMIT_EXCEEDED');
  await sleep(1100);
  assert.equal((await permission(OPENID)).status, 200);
});

test('a limited call is not executed and uses up no fault', async (t) => {
  const { control, query } = await open(t);
  await control.limitRate({ repeat_within_seconds: 60 });
  await query('L4');
  await control.planFault({ fault: 'unavailable-503' });
  assert.equal((await query('L4')).status, 429);
  assert.equal((await control.faults()).faults.length, 1);
  await control.limitRate({});
  assert.equal((await query('L4')).status, 503);
});
