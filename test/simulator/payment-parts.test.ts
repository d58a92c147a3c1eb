/** Payments that are not one charge of the whole: in parts, elsewhere, and after the end. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { ControlRefusal } from '../../simulator/control.ts';
import { shareSimulator, type Json } from './merchant.ts';

const { simulator, control, merchant } = await shareSimulator({ timeFactor: 0.001 });
let no = '';
let count = 0;

/** An order of 800 fen that was completed at 12:00:00. */
beforeEach(async () => {
  simulator.clock.set({ now: new Date('2026-10-01T11:00:00+08:00') });
  no = `P${++count}`;
  await merchant.bill(no);
});

const collection = async (): Promise<Json> => (await merchant.query(no)).json.collection;
const told = async () => (await control.notifications(no)).map(({ event_type }) => event_type);
const isRefused = (error: unknown) => error instanceof ControlRefusal && error.status === 409;

test('shows parts on different days and ways, and is paid, and told, with the last of them', async () => {
  await control.pay(no, { amount: 300 });
  assert.deepEqual(
    { ...(await collection()), details: [] },
    {
      state: 'USER_PAYING',
      total_amount: 800,
      paying_amount: 500,
      paid_amount: 300,
      details: [],
    },
  );
  assert.deepEqual(await told(), []);
  merchant.pass(86_400);
  await control.pay(no, { amount: 100, paid_type: 'MCH' });
  merchant.pass(86_400);
  await control.pay(no);
  const { details, ...sums } = await collection();
  assert.deepEqual([sums.state, sums.paid_amount, sums.paying_amount], ['USER_PAID', 800, 0]);
  assert.deepEqual(
    details.map((it: Json) => [it.seq, it.amount, it.paid_type, it.paid_time.slice(0, 8)]),
    [
      [1, 300, 'NEWTON', '20261001'],
      [2, 100, 'MCH', '20261002'],
      [3, 400, 'NEWTON', '20261003'],
    ],
  );
  assert.deepEqual(
    details.map((it: Json) => typeof it.transaction_id),
    ['string', 'undefined', 'string'],
  );
  assert.deepEqual(await told(), ['PAYSCORE.USER_PAID']);
  const { ledger } = await control.order(no);
  const parts = ledger.slice(2).map(({ event, charged }) => [event, charged]);
  assert.deepEqual(parts, [
    ['charged', 300],
    ['synced', 0],
    ['charged', 400],
  ]);
});

test('ends with a sync of what is left', async () => {
  await control.pay(no, { amount: 300 });
  merchant.pass(10);
  const got = await merchant.change('sync', no, merchant.syncBody(merchant.beijing(-1)));
  const { details } = got.json.collection;
  const parts = details.map((it: Json) => [it.paid_type, it.amount]);
  assert.deepEqual(parts, [
    ['NEWTON', 300],
    ['MCH', 500],
  ]);
});

test('takes no more than is due, and no coupon beyond the amount', async () => {
  await assert.rejects(control.pay(no, { amount: 801 }), isRefused);
  await assert.rejects(control.pay(no, { amount: 300, coupon: 301 }), isRefused);
});

test('charges all the same after a cancellation, and the order becomes paid', async () => {
  await merchant.change('cancel', no, merchant.changeBody());
  const { ledger } = await control.chargeAnyway(no);
  assert.equal(ledger.at(-1)?.charged, 800);
  const { json } = await merchant.query(no);
  assert.deepEqual([json.state, json.total_amount], ['DONE', 800]);
  assert.equal(json.collection.details[0].paid_type, 'NEWTON');
  assert.deepEqual(await told(), ['PAYSCORE.USER_PAID']);
});

test('charges all the same after a cancellation, and only ledger and notification tell', async () => {
  await merchant.change('cancel', no, merchant.changeBody());
  const before = (await merchant.query(no)).json;
  await control.chargeAnyway(no, 'stays');
  assert.deepEqual((await merchant.query(no)).json, before);
  assert.equal((await control.order(no)).ledger.at(-1)?.event, 'charged');
  const [notification] = await control.notifications(no);
  assert.deepEqual(notification?.resource['state'], 'DONE');
});

test('charges all the same after a sync: the user has paid twice', async () => {
  merchant.pass(10);
  await merchant.change('sync', no, merchant.syncBody(merchant.beijing(-1)));
  await control.chargeAnyway(no);
  const { details } = await collection();
  const ways = details.map((it: Json) => [it.seq, it.paid_type, it.amount]);
  assert.deepEqual(ways, [
    [1, 'MCH', 800],
    [2, 'NEWTON', 800],
  ]);
});

test('charges nothing after the end where nothing was ever to pay, or the end has not come', async () => {
  await assert.rejects(control.chargeAnyway(no), isRefused);
  await merchant.serve('P-unbilled');
  await merchant.change('cancel', 'P-unbilled', merchant.changeBody());
  await assert.rejects(control.chargeAnyway('P-unbilled'), isRefused);
});

for (const [call, body] of [
  ['cancel', () => merchant.changeBody()],
  ['modify', () => merchant.modifyBody(500)],
  ['sync', () => merchant.syncBody(merchant.beijing(-1))],
] as const) {
  test(`answers ${call} with 收款结果不明 while the outcome of a charge is unclear`, async () => {
    merchant.pass(10);
    await control.openChargingWindow(no, 60, 'collectionUnclear');
    const refused = await merchant.change(call, no, body());
    assert.deepEqual([refused.status, refused.json.message], [400, '收款结果不明，请稍后重试']);
    merchant.pass(61);
    assert.equal((await merchant.change(call, no, body())).status, 200);
  });
}
