/** The complete call: sums, caps, times, state, re-entry. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareSimulator } from './merchant.ts';

const { simulator, control, merchant } = await shareSimulator({ riskCap: 20_000 });
let count = 0;

async function complete(change: object, createChange: object = {}) {
  const out_order_no = `E${++count}`;
  await merchant.serve(out_order_no, createChange);
  return await merchant.complete(out_order_no, merchant.completeBody(change));
}

const at = (seconds: number) => merchant.beijing(seconds);
const day = (days: number) => merchant.beijing(days * 86_400).slice(0, 8);
const amount = (fen: number) => ({
  post_payments: [{ name: '租金', amount: fen }],
  total_amount: fen,
});

test('answers without collection, which only a query shows', async () => {
  const got = await complete({});
  assert.deepEqual(Object.keys(got.json), [
    'appid',
    'location',
    'mchid',
    'need_collection',
    'order_id',
    'out_order_no',
    'post_discounts',
    'post_payments',
    'risk_fund',
    'service_id',
    'service_introduction',
    'state',
    'state_description',
    'time_range',
    'total_amount',
  ]);
  const { collection } = (await merchant.query(`E${count}`)).json;
  assert.deepEqual(collection, {
    details: [],
    paid_amount: 0,
    paying_amount: 800,
    state: 'USER_PAYING',
    total_amount: 800,
  });
});

test('ends an order with nothing to pay at once, without collection', async () => {
  const got = await complete({
    post_payments: [{ name: '租金', amount: 100 }],
    post_discounts: [{ name: '免', description: '全免', amount: 100 }],
    total_amount: 0,
  });
  assert.equal(got.json.state, 'DONE');
  const order = (await merchant.query(`E${count}`)).json;
  assert.deepEqual([order.state, order.collection, order.total_amount], ['DONE', undefined, 0]);
});

test('replaces the fees of the create call and keeps its start', async () => {
  await complete(
    { location: { end_location: '三里屯' } },
    { location: { start_location: '国贸' } },
  );
  const order = (await merchant.query(`E${count}`)).json;
  assert.deepEqual(order.post_payments, [{ amount: 800, count: 1, description: '', name: '租金' }]);
  assert.deepEqual(order.location, { end_location: '三里屯', start_location: '国贸' });
  assert.equal(order.time_range.start_time, 'OnAccept');
});

test('lets the total exceed the risk fund of the order but not the cap of the service', async () => {
  assert.equal((await complete(amount(20_000))).status, 200);
  const got = await complete(amount(20_001));
  assert.equal(got.status, 400);
  assert.equal(got.json.message, '总金额超过此服务的服务风险金额');
});

test('refuses a total that is not payments less discounts', async () => {
  const got = await complete({
    post_discounts: [{ name: '满减', description: '满20减1', amount: 100 }],
    total_amount: 800,
  });
  assert.deepEqual([got.json.code, got.json.message], ['PARAM_ERROR', '最终总金额计算非法']);
});

const fields: [rule: string, change: object, field: string][] = [
  ['a missing total_amount', { total_amount: undefined }, '/total_amount'],
  ['a total below 0', { total_amount: -1 }, '/total_amount'],
  ['no fees', { post_payments: [] }, '/post_payments'],
  [
    'OnAccept as a real start',
    { time_range: { start_time: 'OnAccept' } },
    '/time_range/start_time',
  ],
  [
    'an end place of 21 characters',
    { location: { end_location: '三'.repeat(21) } },
    '/location/end_location',
  ],
  ['profit_sharing as text', { profit_sharing: 'false' }, '/profit_sharing'],
];

for (const [rule, change, field] of fields) {
  test(`refuses ${rule} and points at it`, async () => {
    const got = await complete(change);
    assert.deepEqual([got.json.code, got.json.detail?.field], ['PARAM_ERROR', field]);
  });
}

const IN_FUTURE = '实际结束时间不能晚于使用完结接口的时间';
const BEFORE_START = '真实结束时间小于预计开始时间';
const MISSING = '创建订单未填写服务结束时间，则结束时间必填';
const PRECISION = '服务开始时间与服务结束时间的精度必须一致';
const byDay = { time_range: { start_time: 'today' } };

const times: [rule: string, range: () => object, planned: object, message: string | undefined][] = [
  ['no end_time where none was planned', () => ({}), {}, MISSING],
  ['an end in the future', () => ({ end_time: at(60) }), {}, IN_FUTURE],
  ['an end before OnAccept', () => ({ end_time: at(-3630) }), {}, BEFORE_START],
  ['an end after OnAccept', () => ({ end_time: at(-3590) }), {}, undefined],
  [
    'an end before the given start',
    () => ({ start_time: at(-9), end_time: at(-10) }),
    {},
    BEFORE_START,
  ],
  ['an end at the given start', () => ({ start_time: at(-9), end_time: at(-9) }), {}, BEFORE_START],
  ['an end to the day after OnAccept', () => ({ end_time: day(0) }), {}, PRECISION],
  ['an end tomorrow', () => ({ end_time: day(1) }), byDay, IN_FUTURE],
  ['an end today', () => ({ end_time: day(0) }), byDay, undefined],
  ['an end yesterday', () => ({ end_time: day(-1) }), byDay, BEFORE_START],
];

for (const [rule, range, planned, message] of times) {
  test(`${message === undefined ? 'takes' : 'refuses'} ${rule}`, async () => {
    simulator.clock.set({ now: new Date('2026-10-01T12:00:00+08:00') });
    const change = planned === byDay ? { time_range: { start_time: day(0) } } : {};
    const out_order_no = `E${++count}`;
    await merchant.serve(out_order_no, change);
    const body = merchant.completeBody({ time_range: range() });
    const got = await merchant.complete(out_order_no, body);
    assert.deepEqual([got.status, got.json.message], [message ? 400 : 200, message]);
  });
}

test('takes the planned end where none is given', async () => {
  const planned = { time_range: { start_time: 'OnAccept', end_time: at(7200) } };
  assert.equal((await complete({ time_range: {} }, planned)).status, 200);
});

test('refuses an order that does not exist, and a number that cannot be one', async () => {
  const none = await merchant.complete('E-none', merchant.completeBody());
  assert.deepEqual([none.status, none.json.code], [404, 'ORDER_NOT_EXIST']);
  const bad = await merchant.complete('a%2Fb', merchant.completeBody());
  assert.deepEqual(bad.json.detail, {
    field: 'out_order_no',
    issue: bad.json.detail.issue,
    location: 'url',
    value: 'a/b',
  });
});

test('answers the same body with the order as it stands, also when it has been paid', async () => {
  await merchant.serve('twice');
  const body = merchant.completeBody();
  const first = await merchant.complete('twice', body);
  assert.equal((await merchant.complete('twice', body)).text, first.text);
  await control.pay('twice');
  assert.equal((await merchant.complete('twice', body)).json.state, 'DONE');
  assert.deepEqual(
    (await control.order('twice')).ledger.map(({ event, charged }) => [event, charged]),
    [
      ['created', 0],
      ['completed', 0],
      ['charged', 800],
    ],
  );
});

test('refuses another body for an order that is completed', async () => {
  await merchant.bill('other');
  const got = await merchant.complete('other', merchant.completeBody(amount(700)));
  assert.deepEqual([got.status, got.json.message], [400, '订单重入参数校验失败']);
  assert.equal((await merchant.query('other')).json.total_amount, 800);
});

test('completes an order of a user who has revoked the permission', async () => {
  await control.authorise('ou-gone');
  await merchant.serve('gone', { openid: 'ou-gone' });
  await control.revoke('ou-gone');
  assert.equal((await merchant.complete('gone', merchant.completeBody())).status, 200);
});
