/** People and WeChat Pay's own attempts: who pays, when, by which channel, and what is refused meanwhile. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Script } from '../../simulator/control.ts';
import { shareSimulator } from './merchant.ts';
import { until } from './receiver.ts';

const { simulator, control, merchant } = await shareSimulator({ timeFactor: 0.001 });
let no = '';
let count = 0;

/** An order that was completed at 12:00:00. */
beforeEach(async () => {
  simulator.clock.set({ now: new Date('2026-10-01T11:00:00+08:00') });
  no = `G${++count}`;
  await merchant.bill(no);
});

const at = (time: string) => simulator.clock.set({ now: new Date(`2026-10-01T${time}.500+08:00`) });
const script = (it: Script) => control.scriptCharging(no, it);

/** What has happened since the completion. */
async function since() {
  const { ledger } = await control.order(no);
  return ledger
    .slice(2)
    .map(({ event, time, charged, channel }) => [event, time.slice(11, 19), charged, channel]);
}

test('writes a charge with its channel, business time and real time into the ledger', async () => {
  const began = Date.now();
  await control.pay(no);
  const entry = (await control.order(no)).ledger.at(-1);
  assert.ok(entry);
  const { real_time, time, ...rest } = entry;
  assert.deepEqual(rest, { event: 'charged', charged: 800, channel: 'AUTH', total_amount: 800 });
  assert.equal(time, '2026-10-01T12:00:00+08:00');
  assert.ok(Date.parse(real_time) >= began && Date.parse(real_time) <= Date.now());
});

test('tells a payment from the order’s page apart in the ledger alone', async () => {
  const { order, ledger } = await control.payFromPage(no);
  assert.equal(ledger.at(-1)?.channel, 'JSAPI');
  assert.deepEqual((await merchant.query(no)).json, order);
  const { details }: any = order['collection'];
  assert.equal(details[0].paid_type, 'NEWTON');
  assert.match(details[0].transaction_id, /^4200\d{24}$/);
  const [notification] = await control.notifications(no);
  assert.equal(notification?.event_type, 'PAYSCORE.USER_PAID');
});

for (const [way, channel] of [
  ['pay', 'AUTH'],
  ['payFromPage', 'JSAPI'],
] as const) {
  test(`charges nothing by ${way} where a coupon covers the whole amount, and says so`, async () => {
    const { ledger } = await control[way](no, { coupon: true });
    const { json } = await merchant.query(no);
    assert.deepEqual([json.state, json.total_amount], ['DONE', 800]);
    const { details, ...collection } = json.collection;
    assert.deepEqual(collection, {
      state: 'USER_PAID',
      total_amount: 800,
      paying_amount: 0,
      paid_amount: 800,
    });
    const [{ transaction_id, promotion_detail, ...detail }, ...more] = details;
    assert.deepEqual(more, []);
    assert.deepEqual(detail, {
      seq: 1,
      amount: 0,
      paid_type: 'NEWTON',
      paid_time: '20261001120000',
      bank_type: 'OTHERS',
    });
    assert.match(transaction_id, /^4200\d{24}$/);
    assert.equal(promotion_detail[0].amount, 800);
    const { event, charged, channel: by } = ledger.at(-1) ?? {};
    assert.deepEqual([event, charged, by], ['charged', 0, channel]);
    const [notification, ...others] = await control.notifications(no);
    assert.deepEqual(notification?.resource, json);
    assert.deepEqual(others, []);
  });
}

test('refuses a payment by what it does not know', async () => {
  const wrong: { coupon?: boolean } = JSON.parse('{"voucher":true}');
  await assert.rejects(control.pay(no, wrong), { status: 400 });
});

test('records a charge that fails and changes nothing else', async () => {
  const untouched = (await merchant.query(no)).text;
  await control.failToPay(no);
  assert.equal((await merchant.query(no)).text, untouched);
  assert.deepEqual(await since(), [['charge_failed', '12:00:00', 0, 'AUTH']]);
  assert.deepEqual(await control.notifications(no), []);
});

test('keeps trying on the business clock until the script lets it succeed', async () => {
  await script({ failures: 2, interval_seconds: 600 });
  at('12:19:00');
  assert.equal((await merchant.query(no)).json.collection.state, 'USER_PAYING');
  at('12:31:00');
  const { json } = await merchant.query(no);
  assert.equal(json.collection.details[0].paid_time, '20261001123000');
  assert.deepEqual(await since(), [
    ['charge_failed', '12:10:00', 0, 'AUTH'],
    ['charge_failed', '12:20:00', 0, 'AUTH'],
    ['charged', '12:30:00', 800, 'AUTH'],
  ]);
  const told = await control.notifications(no);
  assert.deepEqual(
    told.map(({ event_type, create_time }) => [event_type, create_time]),
    [['PAYSCORE.USER_PAID', '2026-10-01T12:30:00+08:00']],
  );
});

test('charges and tells of it although nobody looks at the order', async () => {
  await script({ failures: 0, interval_seconds: 60 });
  at('12:02:00');
  await until(async () => (await control.notifications(no)).length === 1);
});

test('never charges a user who never pays', async () => {
  await script({ failures: 'always', interval_seconds: 60 });
  simulator.clock.set({ now: new Date('2027-10-01T12:00:00+08:00') });
  assert.equal((await merchant.query(no)).json.collection.state, 'USER_PAYING');
  assert.ok((await since()).every(([event]) => event === 'charge_failed'));
});

test('counts attempts from the script where that is written after the completion', async () => {
  at('12:30:00');
  await script({ failures: 0, interval_seconds: 60 });
  at('12:30:59');
  assert.deepEqual(await since(), []);
  at('12:31:01');
  assert.equal((await since()).length, 1);
});

test('charges the total as it was modified before the attempt', async () => {
  await script({ failures: 0, interval_seconds: 600 });
  at('12:05:00');
  assert.equal((await merchant.change('modify', no, merchant.modifyBody(500))).status, 200);
  at('12:11:00');
  assert.deepEqual(await since(), [
    ['modified', '12:05:00', 0, undefined],
    ['charged', '12:10:00', 500, 'AUTH'],
  ]);
});

const changes: [call: string, body: () => object][] = [
  ['cancel', () => merchant.changeBody()],
  ['modify', () => merchant.modifyBody(500)],
  ['sync', () => merchant.syncBody('20261001120001')],
  ['pay', () => merchant.identity],
];
for (const [call, body] of changes) {
  test(`refuses ${call} while a charge is under way, and executes it afterwards`, async () => {
    await control.openChargingWindow(no, 180);
    at('12:02:59');
    const got = await merchant.change(call, no, body());
    assert.deepEqual([got.status, got.json.message], [400, '单据正在扣款中，请稍后再试']);
    assert.match(got.headers.get('Request-ID') ?? '', /-271316754$/);
    assert.deepEqual(await since(), []);
    at('12:03:00');
    assert.equal((await merchant.change(call, no, body())).status, 200);
  });

  test(`refuses ${call} around an attempt of the script`, async () => {
    await script({ failures: 'always', interval_seconds: 600, charging_seconds: 30 });
    const status = async (time: string) => {
      at(time);
      return (await merchant.change(call, no, { ...body(), device: {} })).json.message;
    };
    assert.equal(await status('12:10:00'), '单据正在扣款中，请稍后再试');
    assert.equal(await status('12:10:29'), '单据正在扣款中，请稍后再试');
    assert.notEqual(await status('12:10:31'), '单据正在扣款中，请稍后再试');
  });
}

test('ends a window on command', async () => {
  await control.openChargingWindow(no, 180);
  await control.openChargingWindow(no, 0);
  assert.equal((await merchant.change('cancel', no, merchant.changeBody())).status, 200);
});

test('does not keep an order in service from being cancelled by a window', async () => {
  await merchant.serve(`${no}-b`);
  await control.openChargingWindow(`${no}-b`, 180);
  assert.equal((await merchant.change('cancel', `${no}-b`, merchant.changeBody())).status, 200);
});

test('lets the merchant ask for an attempt, which answers five fields and is written under its Request-ID', async () => {
  const got = await merchant.change('pay', no, merchant.identity);
  assert.deepEqual(Object.keys(got.json), [
    'appid',
    'mchid',
    'order_id',
    'out_order_no',
    'service_id',
  ]);
  const entry = (await control.order(no)).ledger.at(-1);
  assert.deepEqual([entry?.event, entry?.channel], ['charged', 'AUTH']);
  assert.equal(entry?.request_id, got.headers.get('Request-ID'));
});

test('answers TRADE_ERROR to the merchant’s attempts that the script lets fail', async () => {
  await script({ failures: 1, interval_seconds: 3600 });
  const failed = await merchant.change('pay', no, merchant.identity);
  assert.deepEqual(
    [failed.status, failed.json.code, failed.json.message],
    [400, 'TRADE_ERROR', '扣款失败'],
  );
  assert.match(failed.headers.get('Request-ID') ?? '', /-271316574$/);
  assert.deepEqual(await since(), [['charge_failed', '12:00:00', 0, 'AUTH']]);
  assert.equal((await merchant.change('pay', no, merchant.identity)).status, 200);
});

test('lets a user’s behaviour write the script of every order that the user opens', async () => {
  await control.authorise('ou-poor');
  await control.setBehaviour('ou-poor', { charging: { failures: 1, interval_seconds: 60 } });
  const body = { openid: 'ou-poor' };
  await merchant.bill('G-poor', body);
  merchant.pass(121);
  assert.equal((await merchant.query('G-poor')).json.state, 'DONE');
  await control.setBehaviour('ou-poor', { charging: null });
  await merchant.bill('G-rich', body);
  merchant.pass(86_400);
  assert.equal((await merchant.query('G-rich')).json.state, 'DOING');
});

test('refuses scripts that cannot be, and scripts for what is over', async () => {
  await assert.rejects(script({ failures: -1 }), { status: 400 });
  await assert.rejects(script({ failures: 0, interval_seconds: 10, charging_seconds: 10 }), {
    status: 400,
  });
  await control.pay(no);
  await assert.rejects(script({ failures: 0 }), { status: 409, message: /USER_PAID/ });
  await assert.rejects(control.failToPay(no), { status: 409 });
  await assert.rejects(control.payFromPage(no), { status: 409 });
  await assert.rejects(control.openChargingWindow(no, 1), { status: 409 });
});
