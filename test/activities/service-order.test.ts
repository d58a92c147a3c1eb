/** The activities of one order, against the simulator, and against a WeChat Pay that answers as it likes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { createServiceOrderActivities } from '../../activities/service-order.ts';
import type { Fault } from '../../simulator/control.ts';
import { newNumber } from '../support/orders.ts';
import { answer, startWechat, unsigned } from '../wechatpay/wechat-server.ts';
import { openRental, type Rented } from './rented.ts';

let rented: Rented;
before(async () => (rented = await openRental()));
after(() => rented.stop());

const key = { out_order_no: 'R1', appid: 'wx1', service_id: '20020000' };
const NOT_EXIST = '{"code":"ORDER_NOT_EXIST","message":"查询单据不存在"}';

async function failureOfCall(call: Promise<unknown>): Promise<ApplicationFailure> {
  const failure: unknown = await call.then(
    () => assert.fail('the activity succeeds'),
    (error: unknown) => error,
  );
  assert.ok(failure instanceof ApplicationFailure, String(failure));
  return failure;
}

test('reads permission, creation, completion and query of one order', async () => {
  const { activities, user, control } = rented;
  const permission = await activities.getPermission(user);
  const { authorization_success_time = '', ...state } = permission;
  assert.deepEqual(state, { authorization_state: 'AVAILABLE' });
  assert.ok(Number.isFinite(Date.parse(authorization_success_time)));
  const order = await rented.bill();
  const paying = await activities.getServiceOrder(order);
  assert.deepEqual([paying?.state, paying?.collection?.state], ['DOING', 'USER_PAYING']);
  await control.pay(order.out_order_no);
  const paid = await activities.getServiceOrder(order);
  assert.deepEqual([paid?.state, paid?.collection?.paid_amount], ['DONE', 800]);
});

test('an order that WeChat is proven not to know is null', async () => {
  const order = { ...(await rented.serve()), out_order_no: newNumber() };
  assert.equal(await rented.activities.getServiceOrder(order), null);
});

for (const [what, answering] of Object.entries({
  'a 404 without a signature': unsigned(404, NOT_EXIST),
  'a 404 under a wrong signature': answer(404, NOT_EXIST, { 'wechatpay-nonce': 'other' }),
  'a page for a 404': unsigned(404, '<html>'),
  'a signed 404 that is no refusal': answer(404, '{}'),
  'a signed 500 that says the same': answer(500, NOT_EXIST),
})) {
  test(`${what} does not say that the order is unknown`, async (t) => {
    const { client } = await startWechat(t, answering);
    const activities = createServiceOrderActivities(client);
    const failure = await failureOfCall(activities.getServiceOrder(key));
    assert.equal(failure.type, 'Unknown');
  });
}

test('a proven refusal other than 404 is a failure of the query', async (t) => {
  const { client } = await startWechat(t, answer(403, '{"code":"NO_AUTH","message":"无权限"}'));
  const failure = await failureOfCall(createServiceOrderActivities(client).getServiceOrder(key));
  assert.equal(failure.type, 'Refused');
});

test('an answer that lacks or garbles a field is unknown, and only the field is named', async (t) => {
  const garbled = JSON.stringify({ ...key, mchid: 7, state: 'DOING', openid: 'oSecret' });
  const { client } = await startWechat(t, answer(200, garbled));
  const activities = createServiceOrderActivities(client);
  for (const call of [activities.getServiceOrder(key), activities.createServiceOrder({ ...key })]) {
    const failure = await failureOfCall(call);
    assert.equal(failure.type, 'Unknown');
    assert.match(failure.message, /mchid/);
    assert.ok(!/oSecret|20020000/.test(`${failure.message} ${JSON.stringify(failure)}`));
  }
});

test('a path parameter that is not sent is Refused', async () => {
  const { activities, user } = rented;
  for (const call of [
    activities.getPermission({ ...user, openid: '../x' }),
    activities.completeServiceOrder('../cancel', {}),
  ]) {
    assert.equal((await failureOfCall(call)).type, 'Refused');
  }
});

test('a permission is asked for by openid alone, and tells no more than orders need to know', async (t) => {
  const full = { authorization_state: 'AVAILABLE', openid: 'oU', mchid: '1', notify_url: 'x' };
  const { client, requests } = await startWechat(t, answer(200, JSON.stringify(full)));
  const user = { openid: 'oU', appid: 'wx1', service_id: '2', authorization_code: 'R1' };
  const permission = await createServiceOrderActivities(client).getPermission(user);
  assert.deepEqual(permission, { authorization_state: 'AVAILABLE' });
  assert.deepEqual(
    requests.map(({ target }) => target),
    ['/v3/payscore/permissions/openid/oU?service_id=2&appid=wx1'],
  );
});

const at = (seconds: number) => new Date(Date.UTC(2026, 9, 1, 4, 0, seconds));
const clockAt = (seconds: number, difference = '') => ({
  now: () => at(seconds),
  difference: () => difference,
});
type Activities = ReturnType<typeof createServiceOrderActivities>;

const CHANGES: Readonly<
  Record<string, (activities: Activities, sendBefore?: string) => Promise<unknown>>
> = {
  creation: (activities, sendBefore) => activities.createServiceOrder({ ...key }, sendBefore),
  completion: (activities, sendBefore) =>
    activities.completeServiceOrder('R1', { ...key }, sendBefore),
  modification: (activities, sendBefore) =>
    activities.modifyServiceOrder('R1', { ...key }, sendBefore),
  cancellation: (activities, sendBefore) =>
    activities.cancelServiceOrder('R1', { ...key }, sendBefore),
  synchronisation: (activities, sendBefore) =>
    activities.syncServiceOrder('R1', { ...key }, sendBefore),
};
const accepted = answer(200, JSON.stringify({ ...key, mchid: '1900000001', state: 'DOING' }));

for (const [what, change] of Object.entries(CHANGES)) {
  test(`a ${what} that a worker has in hand too late by Temporal’s clock is not sent`, async (t) => {
    const { client, requests } = await startWechat(t, accepted);
    const late = createServiceOrderActivities(client, clockAt(31));
    const failure = await failureOfCall(change(late, at(30).toISOString()));
    assert.equal(failure.type, 'NotSent');
    assert.equal(failure.message, 'not sent: a worker had it in hand too late');
    assert.deepEqual([failure.nonRetryable, failure.cause, requests], [false, undefined, []]);
  });

  test(`a ${what} is sent at its last moment, and whenever there is none`, async (t) => {
    const { client, requests } = await startWechat(t, accepted);
    await change(createServiceOrderActivities(client, clockAt(30)), at(30).toISOString());
    await change(createServiceOrderActivities(client, clockAt(9_999)));
    assert.equal(requests.length, 2);
  });
}

test('what is not sent says how the clocks stand, where they are apart', async (t) => {
  const { client } = await startWechat(t, accepted);
  const late = createServiceOrderActivities(client, clockAt(31, ' (its clock says so)'));
  const failure = await failureOfCall(late.createServiceOrder({}, at(30).toISOString()));
  assert.match(failure.message, /too late \(its clock says so\)$/);
});

test('without a clock of Temporal’s the worker’s own counts', async (t) => {
  const { client, requests } = await startWechat(t, accepted);
  const activities = createServiceOrderActivities(client);
  const [past, future] = [-60_000, 60_000].map((ms) => new Date(Date.now() + ms).toISOString());
  assert.equal((await failureOfCall(activities.createServiceOrder({}, past))).type, 'NotSent');
  await activities.createServiceOrder({}, future);
  assert.equal(requests.length, 1);
});

test('a question has no last moment, and what fails otherwise is not said to be late', async (t) => {
  const { client } = await startWechat(t, answer(400, '{"code":"PARAM_ERROR","message":"x"}'));
  const late = createServiceOrderActivities(client, clockAt(9_999, ' (its clock says so)'));
  for (const call of [late.getServiceOrder(key), late.createServiceOrder({})]) {
    const failure = await failureOfCall(call);
    assert.equal(failure.type, 'Refused');
    assert.doesNotMatch(failure.message, /its clock/);
  }
});

const outcomes: [Fault, 'Unknown', number][] = [
  ['executed-then-500', 'Unknown', 1],
  ['executed-then-cut', 'Unknown', 1],
  ['cut', 'Unknown', 0],
  ['unsigned-502', 'Unknown', 0],
  ['bad-signature', 'Unknown', 1],
];
for (const [fault, type, executions] of outcomes) {
  test(`a creation that meets ${fault} is ${type}, and is sent once`, async () => {
    const { control, activities } = rented;
    await control.planFault({ call: 'create', fault, times: 2 });
    const out_order_no = newNumber();
    const creation = activities.createServiceOrder(rented.createBody(out_order_no));
    assert.equal((await failureOfCall(creation)).type, type);
    const { faults } = await control.faults();
    assert.deepEqual(
      faults.map(({ times }) => times),
      [1],
    );
    await control.clearFaults();
    const ledger = await control.order(out_order_no).then(
      (told) => told.ledger,
      () => [],
    );
    assert.equal(ledger.length, executions);
  });
}
