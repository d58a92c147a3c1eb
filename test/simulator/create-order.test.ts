/** The create call: fields, rules of the service, times, permission, re-entry. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareSimulator, type Json } from './merchant.ts';

const { control, merchant } = await shareSimulator({ riskCap: 20_000 });
let count = 0;

const create = (change: object) => merchant.create(merchant.createBody(`C${++count}`, change));
const fund = (change: object) => ({
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 5000, ...change },
});
const time = (change: object) => ({ time_range: { start_time: 'OnAccept', ...change } });
const payments = (...items: object[]) => ({ post_payments: items });
const rent = { name: '租金', amount: 100 };

const fields: [rule: string, change: object, field: string][] = [
  ['a missing service_introduction', { service_introduction: undefined }, '/service_introduction'],
  [
    'an introduction of 21 characters',
    { service_introduction: '租'.repeat(21) },
    '/service_introduction',
  ],
  ['an order number of 33 characters', { out_order_no: 'a'.repeat(33) }, '/out_order_no'],
  ['an order number outside the alphabet', { out_order_no: 'a/b' }, '/out_order_no'],
  ['null, wherever it is', { location: { start_location: null } }, '/location/start_location'],
  ['a character of 4 bytes', { attach: 'a😀' }, '/attach'],
  ['attach of 257 characters', { attach: 'a'.repeat(257) }, '/attach'],
  ['a missing openid', { openid: undefined }, '/openid'],
  ['a notify_url without a path', { notify_url: 'https://a.test' }, '/notify_url'],
  ['a notify_url with a query', { notify_url: 'https://a.test/n?x=1' }, '/notify_url'],
  ['a notify_url that is not http', { notify_url: 'ftp://a.test/n' }, '/notify_url'],
  ['money as text', fund({ amount: '5000' }), '/risk_fund/amount'],
  ['money with decimals', fund({ amount: 50.5 }), '/risk_fund/amount'],
  ['a risk fund of 0', fund({ amount: 0 }), '/risk_fund/amount'],
  ['a risk fund beyond 32 bits', fund({ amount: 2_147_483_648 }), '/risk_fund/amount'],
  ['a fee beyond 32 bits', payments({ ...rent, amount: 2_147_483_648 }), '/post_payments/0/amount'],
  [
    '101 fees',
    payments(...Array.from({ length: 101 }, (_, i) => ({ name: `${i}`, amount: 1 }))),
    '/post_payments',
  ],
  ['a fee counted 0 times', payments({ ...rent, count: 0 }), '/post_payments/0/count'],
  [
    'a fee name of 21 characters',
    payments({ ...rent, name: '租'.repeat(21) }),
    '/post_payments/0/name',
  ],
  [
    'a fee description of 31 characters',
    payments({ ...rent, description: '租'.repeat(31) }),
    '/post_payments/0/description',
  ],
  [
    'a risk fund description of 31 characters',
    fund({ description: '租'.repeat(31) }),
    '/risk_fund/description',
  ],
  [
    'a start place of 21 characters',
    { location: { start_location: '三'.repeat(21) } },
    '/location/start_location',
  ],
  [
    'a start remark of 21 characters',
    time({ start_time_remark: '开'.repeat(21) }),
    '/time_range/start_time_remark',
  ],
  ['an openid of 129 characters', { openid: 'o'.repeat(129) }, '/openid'],
  [
    'a notify_url of 256 characters',
    { notify_url: `https://a.test/${'p'.repeat(241)}` },
    '/notify_url',
  ],
  ['need_user_confirm as text', { need_user_confirm: 'false' }, '/need_user_confirm'],
  ['time_range without start_time', { time_range: {} }, '/time_range/start_time'],
  [
    'a start in RFC 3339',
    time({ start_time: '2026-10-01T12:00:00+08:00' }),
    '/time_range/start_time',
  ],
  ['a missing risk_fund', { risk_fund: undefined }, '/risk_fund'],
  ['a fee below 0', payments({ ...rent, amount: -1 }), '/post_payments/0/amount'],
  ['a fee without amount and description', payments({ name: '租金' }), '/post_payments/0/amount'],
  ['a fee counted 101 times', payments({ ...rent, count: 101 }), '/post_payments/0/count'],
  ['two fees of one name', payments(rent, rent), '/post_payments/1/name'],
  [
    'a discount without description',
    { post_discounts: [{ name: '满减' }] },
    '/post_discounts/0/description',
  ],
  [
    '31 discounts',
    { post_discounts: Array.from({ length: 31 }, (_, i) => ({ name: `${i}`, description: 'x' })) },
    '/post_discounts',
  ],
  [
    'an end remark without end_time',
    time({ end_time_remark: '还' }),
    '/time_range/end_time_remark',
  ],
  ['a day that does not exist', time({ start_time: '20260230' }), '/time_range/start_time'],
  [
    'a device id of 51 characters',
    { device: { start_device_id: 'd'.repeat(51) } },
    '/device/start_device_id',
  ],
];

/** Text as it is, anything else as JSON, a hundred characters of it. */
function sentAt(pointer: string, body: Json): string {
  const value = pointer
    .split('/')
    .reduce((inner, key) => (key === '' ? inner : inner?.[key]), body);
  return value === undefined ? '' : textOf(value).slice(0, 100);
}
const textOf = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));

for (const [rule, change, field] of fields) {
  test(`refuses ${rule}, points at it, and says in words of its own what was sent there`, async () => {
    const body = merchant.createBody(`C${++count}`, change);
    const got = await merchant.create(body);
    assert.equal(got.status, 400);
    assert.equal(got.json.code, 'PARAM_ERROR');
    const { issue, ...detail } = got.json.detail;
    assert.deepEqual(detail, { field, location: 'body', value: sentAt(field, body) });
    assert.match(issue, /^[a-zA-Z][\w ,]+$/);
  });
}

const bounds: [change: object, issue: string][] = [
  [{ service_introduction: '租'.repeat(21) }, 'the field has more than 20 characters'],
  [{ openid: '' }, 'the field has less than 1 characters'],
  [fund({ amount: 0 }), 'the field is less than 1'],
  [payments({ ...rent, count: 101 }), 'the field is more than 100'],
  [payments(...Array.from({ length: 101 }, () => rent)), 'the field has more than 100'],
  [{ need_user_confirm: 'no' }, 'the field is missing, or not of the type boolean'],
];
for (const [change, issue] of bounds) {
  test(`says that ${issue}`, async () => {
    assert.equal((await create(change)).json.detail.issue, issue);
  });
}

test('counts characters, not bytes', async () => {
  assert.equal((await create({ service_introduction: '租'.repeat(20) })).status, 200);
});

test('shows an amount of every discount, also where none was named', async () => {
  const got = await create({ post_discounts: [{ name: '满减', description: '满20减1' }] });
  assert.deepEqual(got.json.post_discounts, [
    { amount: 0, count: 1, description: '满20减1', name: '满减' },
  ]);
});

test('lets several fees be named 商品信息', async () => {
  const goods = { name: '商品信息', amount: 1 };
  assert.equal((await create(payments(goods, goods))).status, 200);
});

test('refuses a body that is no JSON', async () => {
  const got = await merchant.send('POST', '/v3/payscore/serviceorder', '{"a":');
  assert.equal(got.status, 400);
  assert.equal(got.json.code, 'PARAM_ERROR');
});

const rules: [rule: string, change: object, status: number, code: string, message: string][] = [
  [
    'confirmation by the user',
    { need_user_confirm: true },
    403,
    'NO_AUTH',
    '商户暂无权限使用此服务',
  ],
  [
    'need_user_confirm left out',
    { need_user_confirm: undefined },
    403,
    'NO_AUTH',
    '商户暂无权限使用此服务',
  ],
  ['another service', { service_id: '500001' }, 403, 'NO_AUTH', '商户暂无权限使用此服务'],
  [
    'a user who has not authorised',
    { openid: 'ou-nobody' },
    403,
    'NO_AUTH',
    '商户暂无权限使用此服务',
  ],
  ['another appid', { appid: 'wx0' }, 400, 'PARAM_ERROR', 'mch_id和appid未绑定'],
  [
    'a deposit as risk fund',
    fund({ name: 'DEPOSIT' }),
    400,
    'PARAM_ERROR',
    '订单风险金额名称不符合要求',
  ],
  [
    'a risk fund above the cap',
    fund({ amount: 20_001 }),
    400,
    'PARAM_ERROR',
    '创建订单的订单风险金额超过此服务的服务风险金额',
  ],
];

for (const [rule, change, status, code, message] of rules) {
  test(`refuses ${rule} with ${status} ${message}`, async () => {
    const { json, ...got } = await create(change);
    assert.deepEqual([got.status, json.code, json.message], [status, code, message]);
  });
}

test('takes a risk fund as high as the cap', async () => {
  assert.equal((await create(fund({ amount: 20_000 }))).status, 200);
});

const at = (seconds: number) => merchant.beijing(seconds);
const day = (days: number) => merchant.beijing(days * 86_400).slice(0, 8);
const times: [rule: string, range: () => object, status: number][] = [
  ['a start in the past', () => ({ start_time: at(-2) }), 400],
  ['a start in the future', () => ({ start_time: at(60) }), 200],
  ['a start yesterday', () => ({ start_time: day(-1) }), 400],
  ['a start today', () => ({ start_time: day(0) }), 200],
  ['an end at the start', () => ({ start_time: at(60), end_time: at(60) }), 400],
  ['an end after the start', () => ({ start_time: at(60), end_time: at(61) }), 200],
  ['an end on the day of the start', () => ({ start_time: day(0), end_time: day(0) }), 200],
  ['an end the day before the start', () => ({ start_time: day(1), end_time: day(0) }), 400],
  [
    'an end to the day after a start to the second',
    () => ({ start_time: at(60), end_time: day(2) }),
    400,
  ],
  ['an end to the day after OnAccept', () => ({ start_time: 'OnAccept', end_time: day(2) }), 400],
  ['an end in the past after OnAccept', () => ({ start_time: 'OnAccept', end_time: at(-1) }), 400],
  [
    'an end in the future after OnAccept',
    () => ({ start_time: 'OnAccept', end_time: at(60) }),
    200,
  ],
];

for (const [rule, range, status] of times) {
  test(`answers ${status} to ${rule}`, async () => {
    assert.equal((await create({ time_range: range() })).status, status);
  });
}

test('refuses a user who has revoked the permission, but keeps that user’s orders', async () => {
  await control.authorise('ou-leaving');
  assert.equal((await create({ openid: 'ou-leaving' })).status, 200);
  await control.revoke('ou-leaving');
  assert.equal((await create({ openid: 'ou-leaving' })).json.code, 'NO_AUTH');
  assert.equal((await merchant.query(`C${count - 1}`)).status, 200);
});

test('answers the same body with the order as it stands, even when times and permission have passed', async () => {
  await control.authorise('ou-again');
  const change = { openid: 'ou-again', time_range: { start_time: at(30) } };
  const body = merchant.createBody('again', change);
  const first = await merchant.create(body);
  merchant.pass(3600);
  await control.revoke('ou-again');
  const backwards = Object.fromEntries(Object.entries(body).toReversed());
  assert.equal((await merchant.create(backwards)).text, first.text);
  assert.equal((await control.order('again')).ledger.length, 1);
});

test('refuses another body under the same number, be it different in one optional field', async () => {
  await create({});
  const got = await merchant.create(merchant.createBody(`C${count}`, { attach: 'x' }));
  assert.equal(got.status, 400);
  assert.equal(got.json.message, '订单重入参数校验失败');
  assert.match(got.headers.get('Request-ID') ?? '', /-271316598$/);
});

test('numbers orders with 31 digits that hold the day', async () => {
  const { order_id } = (await create({})).json;
  assert.match(order_id, new RegExp(`^1000000000${day(0)}\\d{13}$`));
});
