/** USER_PAID on its way to the merchant: what it says, who signed it, when it comes again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatorOptions } from '../../simulator/create.ts';
import { open, OPENID, signedBy } from './merchant.ts';
import { decrypt, openReceiver, until } from './receiver.ts';

type Test = Parameters<typeof open>[0];
type Respond = Parameters<typeof openReceiver>[1];

/** An order that waits for its payment, and an endpoint that hears of it. */
async function openBilled(t: Test, respond?: Respond, options?: SimulatorOptions) {
  const receiver = await openReceiver(t, respond);
  const opened = await open(t, options);
  await opened.bill('N1', { notify_url: receiver.notify_url });
  const notification = async () => {
    const [first] = await opened.control.notifications('N1');
    assert.ok(first);
    return first;
  };
  return { ...opened, ...receiver, notification };
}

test('tells of a payment in the official envelope, encrypted under the APIv3 key', async (t) => {
  const { control, query, received, simulator } = await openBilled(t);
  await control.pay('N1');
  await until(() => received.length === 1);

  const [got] = received;
  assert.ok(got);
  assert.equal(got.headers.get('Content-Type'), 'application/json');
  const { id, create_time, event_type, resource_type, resource, summary } = got.json;
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.match(create_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
  assert.equal(event_type, 'PAYSCORE.USER_PAID');
  assert.equal(resource_type, 'encrypt-resource');
  assert.equal(resource.algorithm, 'AEAD_AES_256_GCM');
  assert.equal(resource.original_type, 'payscore');
  assert.ok(summary);

  const order = decrypt(got, simulator);
  assert.deepEqual(order, (await query('N1')).json);
  assert.equal(order.openid, OPENID);
  assert.equal(order.collection.state, 'USER_PAID');
  assert.equal(order.state_description, undefined);
});

test('signs notifications with the public key by default', async (t) => {
  const { control, received, simulator } = await openBilled(t);
  await control.pay('N1');
  await until(() => received.length === 1);
  assert.equal(signedBy(received[0], simulator.merchant), simulator.merchant.public_key_id);
  assert.equal(received[0]?.headers.get('Wechatpay-Signature-Type'), 'WECHATPAY2-SHA256-RSA2048');
});

test('signs notifications with the platform certificate when told to', async (t) => {
  const { control, received, simulator } = await openBilled(t, undefined, {
    notifyWith: 'certificate',
  });
  await control.pay('N1');
  await until(() => received.length === 1);
  assert.equal(signedBy(received[0], simulator.merchant), simulator.merchant.platform_serial_no);
});

test('repeats what was not acknowledged: same bytes, signed anew, until 200 or 204', async (t) => {
  const { control, received, notification, simulator } = await openBilled(
    t,
    (res, nth) => res.writeHead([500, 400][nth - 1] ?? 200).end(),
    { timeFactor: 60 },
  );
  await control.pay('N1');
  await until(async () => (await notification()).state === 'delivered');

  assert.deepEqual(
    (await notification()).attempts.map(({ status }) => status),
    [500, 400, 200],
  );
  assert.equal(new Set(received.map(({ text }) => text)).size, 1);
  assert.equal(new Set(received.map(({ headers }) => headers.get('Wechatpay-Nonce'))).size, 3);
  for (const got of received) assert.ok(signedBy(got, simulator.merchant));
  await sleep(500); // 30 s of business time
  assert.equal(received.length, 3);
});

test('waits on the business clock: a retry is not early, and goes out when the clock is set forward', async (t) => {
  const { control, received } = await openBilled(t, (res, nth) =>
    res.writeHead(nth === 1 ? 500 : 204).end(),
  );
  await control.pay('N1');
  await until(async () => (await control.notifications('N1'))[0]?.attempts.length === 1);
  await control.setClock({ advance_seconds: 5 });
  await sleep(200);
  assert.equal(received.length, 1);
  await control.setClock({ advance_seconds: 15 });
  await until(() => received.length === 2);
});

test('gives up after ten sends', async (t) => {
  const { control, received, notification } = await openBilled(t, (res) =>
    res.writeHead(500).end(),
  );
  await control.pay('N1');
  for (let sends = 1; sends <= 10; sends++) {
    await until(async () => (await notification()).attempts.length === sends);
    await control.setClock({ advance_seconds: 3600 });
  }
  await sleep(200);
  assert.equal(received.length, 10);
  assert.equal((await notification()).state, 'given_up');
  assert.equal((await notification()).next_attempt_time, undefined);
});

test('takes a redirect for a failure and does not follow it', async (t) => {
  const { control, received, notification } = await openBilled(t, (res) =>
    res.writeHead(302, { Location: '/elsewhere' }).end(),
  );
  await control.pay('N1');
  await until(async () => (await notification()).attempts.length === 1);
  assert.equal((await notification()).attempts[0]?.status, 302);
  assert.equal((await notification()).state, 'pending');
  assert.equal(received.length, 1);
});

test('takes 5 s of silence for a failure', { timeout: 60_000 }, async (t) => {
  const { control, notification } = await openBilled(t, () => undefined);
  await control.pay('N1');
  await sleep(4000);
  assert.equal((await notification()).attempts.length, 0);
  await until(async () => (await notification()).attempts.length === 1);
  assert.deepEqual(
    (await notification()).attempts.map(({ status, error }) => [status, error]),
    [[undefined, 'timeout']],
  );
});

test('records a receiver that cannot be reached', async (t) => {
  const { control, bill } = await open(t);
  await bill('N2');
  await control.pay('N2');
  await until(async () => (await control.notifications('N2'))[0]?.attempts.length === 1);
  assert.equal((await control.notifications('N2'))[0]?.attempts[0]?.error, 'ECONNREFUSED');
});

test('records but does not send while notifications are held, and sends when they are released', async (t) => {
  const { control, received } = await openBilled(t);
  await control.holdNotifications();
  await control.pay('N1');
  await sleep(200);
  assert.equal(received.length, 0);
  assert.equal((await control.notifications('N1')).length, 1);
  await control.releaseNotifications();
  await until(() => received.length === 1);
});

test('holds back the retries of earlier notifications too', async (t) => {
  const { control, received, notification } = await openBilled(t, (res) =>
    res.writeHead(500).end(),
  );
  await control.pay('N1');
  await until(async () => (await notification()).attempts.length === 1);
  await control.holdNotifications();
  await control.setClock({ advance_seconds: 60 });
  await sleep(200);
  assert.equal(received.length, 1);
});

test('sends once more on request, also what is held or was delivered, under the same id', async (t) => {
  const { control, received, notification } = await openBilled(t);
  await control.holdNotifications();
  await control.pay('N1');
  const { id } = await notification();
  assert.equal((await control.resend(id)).state, 'delivered');
  assert.equal((await control.resend(id)).attempts.length, 2);
  assert.deepEqual(
    received.map(({ json }) => json.id),
    [id, id],
  );
  await control.releaseNotifications();
  await sleep(200);
  assert.equal(received.length, 2);
});

test('does not use up the schedule by sends on request', async (t) => {
  const { control, notification } = await openBilled(t, (res) => res.writeHead(500).end());
  await control.pay('N1');
  await until(async () => (await notification()).attempts.length === 1);
  const { id, next_attempt_time } = await notification();
  assert.equal((await control.resend(id)).next_attempt_time, next_attempt_time);
});
