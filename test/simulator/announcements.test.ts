/** Messages that nobody planned: late, repeated, or in contradiction to what is so. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { open, signedBy } from './merchant.ts';
import { decrypt, openReceiver, until } from './receiver.ts';

type Test = Parameters<typeof open>[0];
type Respond = Parameters<typeof openReceiver>[1];

/** An order that waits for its payment, a user who authorised under a code, and an endpoint that hears of both. */
async function openTold(t: Test, respond?: Respond) {
  const receiver = await openReceiver(t, respond);
  const opened = await open(t);
  opened.simulator.clock.set({ now: new Date('2026-10-01T11:00:00+08:00'), factor: 0.001 });
  const { notify_url } = receiver;
  await opened.bill('M1', { notify_url });
  const { json } = await opened.prepare('C1', { notify_url });
  await opened.control.holdNotifications();
  await opened.control.authoriseByToken(json.apply_permissions_token, 'ou-1');
  const [opening] = await opened.control.notifications();
  assert.ok(opening);
  return { ...opened, ...receiver, opening };
}

test('says of an order what USER_PAID would say now, sealed and signed, to its address', async (t) => {
  const { control, query, received, simulator, notify_url } = await openTold(t);
  await control.releaseNotifications();
  const sent = await control.announce('M1');
  assert.deepEqual([sent.out_order_no, sent.notify_url], ['M1', notify_url]);
  await until(() => received.length === 2);
  const got = received.find(({ json }) => json.id === sent.id);
  assert.ok(got);
  assert.ok(signedBy(got, simulator.merchant));
  assert.equal(got.json.event_type, 'PAYSCORE.USER_PAID');
  assert.deepEqual(decrypt(got, simulator), (await query('M1')).json);
});

test('puts a change over it field by field, leaves out what is null, and changes no order', async (t) => {
  const { control, query } = await openTold(t);
  const before = await query('M1');
  const collection = { state: 'USER_PAID', total_amount: 1 };
  const change = { collection, state_description: null, openid: null, of_old: 'x' };
  const { resource } = await control.announce('M1', change);
  const { state_description: _description, openid: _openid, ...rest } = before.json;
  assert.deepEqual(resource, { ...rest, collection, of_old: 'x' });
  assert.equal((await query('M1')).text, before.text);
  assert.equal((await control.order('M1')).ledger.length, 2);
});

test('names another event of orders when it is told to', async (t) => {
  const { control } = await openTold(t);
  const sent = await control.announce('M1', {}, 'PAYSCORE.USER_CONFIRM');
  assert.deepEqual(
    [sent.event_type, sent.summary],
    ['PAYSCORE.USER_CONFIRM', '微信支付分服务订单确认成功'],
  );
});

test('repeats an announcement on the usual schedule until it is acknowledged', async (t) => {
  const { control, received } = await openTold(t, (res, nth) =>
    res.writeHead(nth === 1 ? 500 : 204).end(),
  );
  const { id } = await control.announce('M1', { state: 'DONE' });
  await sleep(100);
  assert.equal(received.length, 0, 'held like any other');
  await control.resend(id);
  const stateOf = async () => (await control.notifications('M1'))[0]?.state;
  assert.equal(await stateOf(), 'pending');
  await control.releaseNotifications();
  await until(async () => (await stateOf()) === 'delivered');
});

test('lets planned faults strike an announcement', async (t) => {
  const { control } = await openTold(t);
  await control.planNotificationFault({ fault: 'lost', out_order_no: 'M1' });
  await control.announce('M1');
  await control.releaseNotifications();
  await until(async () => (await control.notifications('M1'))[0]?.attempts[0]?.fault === 'lost');
});

test('tells of an authorisation again as it was told, at its own time, under another id', async (t) => {
  const { control, simulator, opening } = await openTold(t);
  simulator.clock.set({ now: new Date('2026-10-01T14:00:00+08:00') });
  for (const whose of [{ openid: 'ou-1' }, { authorization_code: 'C1' }]) {
    const again = await control.announceAuthorization(whose);
    assert.deepEqual(
      [again.event_type, again.notify_url, again.resource],
      [opening.event_type, opening.notify_url, opening.resource],
    );
    assert.notEqual(again.id, opening.id);
    assert.equal(again.resource['openorclose_time'], '20261001120000');
  }
});

test('tells of what became of an older code, and of a closing', async (t) => {
  const { control, simulator, prepare, notify_url } = await openTold(t);
  simulator.clock.set({ now: new Date('2026-10-01T14:00:00+08:00') });
  const { json } = await prepare('C2', { notify_url: `${notify_url}-2` });
  await control.authoriseByToken(json.apply_permissions_token, 'ou-1');
  const older = { authorization_code: 'C1' };
  const closed = await control.announceAuthorization(older, {}, 'PAYSCORE.USER_CLOSE_SERVICE');
  const { user_service_status, openorclose_time, authorization_code } = closed.resource;
  assert.deepEqual(
    [user_service_status, openorclose_time, authorization_code],
    ['USER_CLOSE_SERVICE', '20261001140000', 'C1'],
  );
  assert.equal(closed.notify_url, notify_url);
  const newest = await control.announceAuthorization({ openid: 'ou-1' }, { openid: null });
  assert.deepEqual(
    [newest.notify_url, newest.resource['authorization_code'], newest.resource['openid']],
    [`${notify_url}-2`, 'C2', undefined],
  );
});

test('tells of a closing that never was at the present time', async (t) => {
  const { control, simulator } = await openTold(t);
  simulator.clock.set({ now: new Date('2026-10-01T14:00:00+08:00') });
  const whose = { openid: 'ou-1' };
  const closed = await control.announceAuthorization(whose, {}, 'PAYSCORE.USER_CLOSE_SERVICE');
  assert.equal(closed.resource['openorclose_time'], '20261001140000');
});

test('refuses to announce what there is not, and what it does not know', async (t) => {
  const { control, prepare } = await openTold(t);
  await prepare('C3');
  await assert.rejects(control.announce('none'), { status: 404 });
  await assert.rejects(control.announce('M1', {}, 'PAYSCORE.USER_OPEN_SERVICE' as never), {
    status: 400,
  });
  const authorization = (whose: object) => control.announceAuthorization(whose as never);
  await assert.rejects(authorization({}), { status: 400 });
  await assert.rejects(authorization({ openid: 'ou-1', authorization_code: 'C1' }), {
    status: 400,
  });
  await assert.rejects(authorization({ openid: 'ou-never' }), { status: 404 });
  await assert.rejects(authorization({ authorization_code: 'never' }), { status: 404 });
  await assert.rejects(authorization({ authorization_code: 'C3' }), { status: 409 });
  await control.authorise('ou-2');
  await assert.rejects(authorization({ openid: 'ou-2' }), { status: 409, message: /nobody/ });
});
