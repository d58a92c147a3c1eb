/** What a creation may come to that has nothing to do with its body: the user, and an order that is only CREATED. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareSimulator } from './merchant.ts';
import { decrypt, openReceiver, until } from './receiver.ts';

const { simulator, control, merchant } = await shareSimulator({ timeFactor: 0.001 });
let count = 0;

const outcomes = [
  ['risk_refused', 400, 'INVALID_REQUEST', '综合评估不通过', 271300099],
  ['risk_not_passed', 400, 'INVALID_REQUEST', '综合评估未通过', 271300099],
  ['open_orders', 400, 'INVALID_REQUEST', '存在未完结订单', 1],
  ['too_many_orders', 400, 'INVALID_REQUEST', '同一实名身份下进行中订单过多', 1],
  ['overdue', 400, 'INVALID_REQUEST', '超时未支付记录累计过多', 271299627],
  ['teen_mode', 400, 'INVALID_REQUEST', '已开启青少年模式支付限额', 268560785],
  ['no_auth', 403, 'NO_AUTH', '商户暂无权限使用此服务', 268503786],
  ['not_an_openid', 400, 'INVALID_REQUEST', '其他原因185', 1],
  ['too_frequent', 429, 'FREQUENCY_LIMITED', '频率超限，请降低请求接口频率', 268435472],
] as const;

for (const [creation, status, code, message, number] of outcomes) {
  test(`refuses the orders of a user whose creations are ${creation}, creates none, and forgives`, async () => {
    const openid = `ou-${creation}`;
    await control.authorise(openid);
    await control.setBehaviour(openid, { creation });
    const body = merchant.createBody(`O${++count}`, { openid });
    const got = await merchant.create(body);
    assert.deepEqual([got.status, got.json.code, got.json.message], [status, code, message]);
    assert.match(got.headers.get('Request-ID') ?? '', new RegExp(`-${number}$`));
    await assert.rejects(control.order(body.out_order_no), { status: 404 });
    assert.equal((await merchant.create(merchant.createBody(`O${++count}`))).status, 200);
    await control.setBehaviour(openid, { creation: 'passes' });
    assert.equal((await merchant.create(body)).status, 200);
  });
}

const plain = { refund: 'accepted', telling: null, real_name: null };

test('keeps what is not named when a behaviour is changed', async () => {
  const charging = { failures: 1, interval_seconds: 60, charging_seconds: 0 };
  await control.setBehaviour('ou-h', { charging });
  await control.setBehaviour('ou-h', { creation: 'overdue' });
  assert.deepEqual(await control.behaviour('ou-h'), {
    ...plain,
    creation: 'overdue',
    permission: 'told',
    charging,
  });
  assert.deepEqual(await control.behaviour('ou-x'), {
    ...plain,
    creation: 'passes',
    permission: 'told',
    charging: null,
  });
  await assert.rejects(control.setBehaviour('ou-h', { creation: 'rich' as never }), {
    status: 400,
  });
});

/** By a policy for everybody; an order that should have been DOING. */
async function createWaiting(no: string, change: object = {}) {
  await control.setPolicies({ create_state: 'CREATED' });
  const body = merchant.createBody(no, change);
  const got = await merchant.create(body);
  await control.resetPolicies();
  return { body, got };
}

test('answers 200 with CREATED, without description, and says why', async () => {
  const { body, got } = await createWaiting('W1');
  assert.equal(got.status, 200);
  assert.deepEqual(
    [got.json.state, got.json.state_description, got.json.message, got.json.package],
    ['CREATED', undefined, '综合评估不通过', undefined],
  );
  assert.match(got.json.order_id, /^\d{31}$/);
  assert.equal((await merchant.create(body)).text, got.text);
  const queried = (await merchant.query('W1')).json;
  assert.deepEqual(
    [queried.state, queried.message, queried.collection],
    ['CREATED', undefined, undefined],
  );
});

test('lets an order that is only CREATED be cancelled, but not completed', async () => {
  await createWaiting('W2');
  const got = await merchant.complete('W2', merchant.completeBody());
  assert.equal(got.status, 400);
  assert.equal((await merchant.change('cancel', 'W2', merchant.changeBody())).status, 200);
  assert.equal((await merchant.query('W2')).json.state, 'REVOKED');
});

test('lets an order that nobody confirms expire after 30 days and not before', async () => {
  simulator.clock.set({ now: new Date('2026-10-01T12:00:00+08:00') });
  await createWaiting('W3');
  simulator.clock.set({ now: new Date('2026-10-31T11:59:59+08:00') });
  assert.equal((await merchant.query('W3')).json.state, 'CREATED');
  simulator.clock.set({ now: new Date('2026-10-31T12:00:00+08:00') });
  const { json } = await merchant.query('W3');
  assert.deepEqual([json.state, json.state_description], ['EXPIRED', undefined]);
  const entry = (await control.order('W3')).ledger.at(-1);
  assert.deepEqual([entry?.event, entry?.time], ['expired', '2026-10-31T12:00:00+08:00']);
});

const fates: [state: string, change: (no: string) => Promise<unknown>][] = [
  ['CREATED', async () => undefined],
  ['DOING', (no) => control.confirm(no)],
  ['REVOKED', (no) => merchant.change('cancel', no, merchant.changeBody())],
  ['EXPIRED', async () => merchant.pass(31 * 86_400)],
];
for (const [state, change] of fates) {
  test(`finds an order that was CREATED by the query_id of its page, also when it is ${state}`, async () => {
    const no = `W-${state}`;
    await createWaiting(no);
    const { query_id } = await control.order(no);
    await change(no);
    const query = new URLSearchParams({ ...merchant.identity, query_id: String(query_id) });
    const got = await merchant.send('GET', `/v3/payscore/serviceorder?${query.toString()}`);
    assert.deepEqual([got.status, got.json.state], [200, state]);
    assert.equal(got.text, (await merchant.query(no)).text);
    assert.equal(got.json.query_id, undefined);
    assert.equal((await control.order(no)).query_id, query_id);
  });
}

test('gives no query_id to an order that is in service from the beginning', async () => {
  await merchant.serve('W-none');
  assert.equal((await control.order('W-none')).query_id, undefined);
});

test('never lets an order in service expire', async () => {
  await merchant.serve('W4');
  merchant.pass(400 * 86_400);
  assert.equal((await merchant.query('W4')).json.state, 'DOING');
});

test('tells of a confirmation by USER_CONFIRM: the order in service, without collection', async (t) => {
  const { received, notify_url } = await openReceiver(t);
  await createWaiting('W5', { notify_url });
  merchant.pass(600);
  const { order } = await control.confirm('W5');
  assert.deepEqual([order['state'], order['state_description']], ['DOING', 'USER_CONFIRM']);
  await until(() => received.length === 1);
  const [got] = received;
  assert.ok(got);
  assert.equal(got.json.event_type, 'PAYSCORE.USER_CONFIRM');
  const told = decrypt(got, simulator);
  assert.deepEqual(told, (await merchant.query('W5')).json);
  assert.equal(told.collection, undefined);
  await assert.rejects(control.confirm('W5'), {
    status: 409,
    message: /USER_CONFIRM, not CREATED/,
  });
});

test('lets the service of OnAccept begin when the order is confirmed', async () => {
  await createWaiting('W6');
  merchant.pass(600);
  await control.confirm('W6');
  merchant.pass(600);
  const early = merchant.completeBody({ time_range: { end_time: merchant.beijing(-700) } });
  assert.equal((await merchant.complete('W6', early)).json.message, '真实结束时间小于预计开始时间');
  assert.equal((await merchant.complete('W6', merchant.completeBody())).status, 200);
});
