/** USER_OPEN_SERVICE and USER_CLOSE_SERVICE: when they come, where to, and what they say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { open, signedBy } from './merchant.ts';
import { decrypt, openReceiver, until } from './receiver.ts';

type Test = Parameters<typeof open>[0];

/** A user who authorised by a pre-permission that names the receiver. */
async function openAgreed(t: Test) {
  const receiver = await openReceiver(t);
  const opened = await open(t);
  opened.simulator.clock.set({ now: new Date('2026-10-01T12:00:00+08:00'), factor: 0.001 });
  const { notify_url } = receiver;
  const { json } = await opened.prepare('C1', { notify_url });
  await opened.control.authoriseByToken(json.apply_permissions_token, 'ou-1');
  await until(() => receiver.received.length === 1);
  return { ...opened, ...receiver };
}

test('tells the address of the pre-permission that the user has opened the service', async (t) => {
  const { received, simulator, identity } = await openAgreed(t);
  const [got] = received;
  assert.ok(got);
  assert.ok(signedBy(got, simulator.merchant));
  assert.equal(got.json.event_type, 'PAYSCORE.USER_OPEN_SERVICE');
  assert.deepEqual(decrypt(got, simulator), {
    ...identity,
    mchid: simulator.merchant.mchid,
    openid: 'ou-1',
    authorization_code: 'C1',
    user_service_status: 'USER_OPEN_SERVICE',
    openorclose_time: '20261001120000',
  });
});

for (const way of ['inside WeChat', 'by openid', 'by code'] as const) {
  test(`tells that the service was closed ${way}`, async (t) => {
    const { control, terminate, terminateCode, received, simulator, identity } =
      await openAgreed(t);
    simulator.clock.set({ now: new Date('2026-10-01T13:00:00+08:00') });
    if (way === 'inside WeChat') await control.revoke('ou-1');
    if (way === 'by openid') await terminate('ou-1');
    if (way === 'by code') await terminateCode('C1');
    await until(() => received.length === 2);
    const [, got] = received;
    assert.ok(got);
    assert.equal(got.json.event_type, 'PAYSCORE.USER_CLOSE_SERVICE');
    assert.deepEqual(decrypt(got, simulator), {
      ...identity,
      mchid: simulator.merchant.mchid,
      openid: 'ou-1',
      authorization_code: 'C1',
      user_service_status: 'USER_CLOSE_SERVICE',
      openorclose_time: '20261001130000',
    });
  });
}

test('tells nobody where neither the pre-permission nor the service has an address', async (t) => {
  const { control } = await open(t);
  await control.authorise('ou-2');
  await control.revoke('ou-2');
  assert.deepEqual(await control.notifications(), []);
});

test('tells the service’s own address, without a code, of those who authorised without one', async (t) => {
  const { received, notify_url } = await openReceiver(t);
  const { control, simulator } = await open(t, { authorizationNotifyUrl: notify_url });
  await until(() => received.length === 1);
  const [got] = received;
  assert.ok(got);
  assert.deepEqual(Object.keys(decrypt(got, simulator)).sort(), [
    'appid',
    'mchid',
    'openid',
    'openorclose_time',
    'service_id',
    'user_service_status',
  ]);
  const [told] = await control.notifications();
  assert.equal(told?.out_order_no, undefined);
});

test('lets the service’s address be set and taken away', async (t) => {
  const { received, notify_url } = await openReceiver(t);
  const { control } = await open(t);
  const set = await control.setService({ authorization_notify_url: notify_url });
  assert.equal(set.authorization_notify_url, notify_url);
  await control.authorise('ou-3');
  await until(() => received.length === 1);
  await control.setService({ authorization_notify_url: null });
  await control.revoke('ou-3');
  assert.equal((await control.service()).authorization_notify_url, null);
  assert.equal((await control.notifications()).length, 1);
  await assert.rejects(control.setService({ authorization_notify_url: 'nowhere' }), {
    status: 400,
  });
});

test('says and changes nothing when the user authorises what is authorised', async (t) => {
  const { received, notify_url, control, permission } = await openAgreed(t);
  await control.setService({ authorization_notify_url: notify_url });
  const before = (await permission('ou-1')).text;
  await control.setClock({ advance_seconds: 60 });
  await control.authorise('ou-1');
  assert.equal((await permission('ou-1')).text, before);
  await sleep(100);
  assert.equal(received.length, 1);
});

for (const [way, events] of [
  ['binds', ['USER_OPEN_SERVICE', 'USER_OPEN_SERVICE']],
  ['stays', ['USER_OPEN_SERVICE']],
] as const) {
  test(`where another page ${way}, tells of ${events.length} openings`, async (t) => {
    const { control, prepare, notify_url } = await openAgreed(t);
    await control.setPolicies({ authorised_page: way });
    const { json } = await prepare('C2', { notify_url });
    await control.authoriseByToken(json.apply_permissions_token, 'ou-1');
    const told = await control.notifications();
    assert.deepEqual(
      told.map(({ resource }) => resource['user_service_status']),
      events,
    );
  });
}

test('says nothing when a termination was refused', async (t) => {
  const { received, terminate, bill } = await openAgreed(t);
  await bill('G1', { openid: 'ou-1' });
  assert.equal((await terminate('ou-1')).status, 400);
  await sleep(100);
  assert.equal(received.length, 1);
});
