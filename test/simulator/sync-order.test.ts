/** The sync call: paid elsewhere, when, and what becomes of the charging. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { OPENID, shareSimulator } from './merchant.ts';

const { simulator, control, merchant } = await shareSimulator({ timeFactor: 0.001 });
let count = 0;

/** An order that was completed at 12:00:00 on the first of October, an hour before now. */
beforeEach(async () => {
  simulator.clock.set({ now: new Date('2026-10-01T11:00:00+08:00') });
  await merchant.bill(`Y${++count}`);
  merchant.pass(3600);
});

const sync = (paid_time: string, change: object = {}) =>
  merchant.change('sync', `Y${count}`, merchant.syncBody(paid_time, change));

test('answers the whole order, paid elsewhere, without transaction_id', async () => {
  const got = await sync('20261001123000');
  assert.equal(got.status, 200, got.text);
  assert.deepEqual(got.json, (await merchant.query(`Y${count}`)).json);
  assert.deepEqual([got.json.state, got.json.state_description], ['DONE', undefined]);
  assert.equal(got.json.openid, OPENID);
  assert.deepEqual(got.json.collection, {
    details: [{ amount: 800, paid_time: '20261001123000', paid_type: 'MCH', seq: 1 }],
    paid_amount: 800,
    paying_amount: 0,
    state: 'USER_PAID',
    total_amount: 800,
  });
});

test('ends the charging and takes nothing from the user', async () => {
  await control.scriptCharging(`Y${count}`, { failures: 0, interval_seconds: 60 });
  await sync('20261001123000');
  merchant.pass(7200);
  const { ledger } = await control.order(`Y${count}`);
  assert.deepEqual(
    ledger.map(({ event, charged }) => [event, charged]),
    [
      ['created', 0],
      ['completed', 0],
      ['synced', 0],
    ],
  );
  assert.deepEqual(await control.notifications(`Y${count}`), []);
});

const times: [rule: string, paid_time: string, status: number][] = [
  ['the second of the completion', '20261001120000', 400],
  ['the second after the completion', '20261001120001', 200],
  ['now', '20261001130000', 200],
  ['a minute from now', '20261001130100', 200],
  ['61 s from now', '20261001130101', 400],
  ['the day of the completion, which begins before it', '20261001', 400],
];
for (const [rule, paid_time, status] of times) {
  test(`answers ${status} to a payment at ${rule}`, async () => {
    const got = await sync(paid_time);
    assert.deepEqual(
      [got.status, got.json.code],
      [status, status === 200 ? undefined : 'PARAM_ERROR'],
    );
  });
}

test('takes a day for its first moment', async () => {
  simulator.clock.set({ now: new Date('2026-10-02T09:00:00+08:00') });
  const { json } = await sync('20261002');
  assert.equal(json.collection.details[0].paid_time, '20261002000000');
});

const fields: [rule: string, change: object, field: string][] = [
  ['no type', { type: undefined }, '/type'],
  ['a type in other letters', { type: 'ORDER_PAID' }, '/type'],
  ['no detail', { detail: undefined }, '/detail'],
  ['no time', { detail: {} }, '/detail/paid_time'],
  [
    'a time in RFC 3339',
    { detail: { paid_time: '2026-10-01T12:30:00+08:00' } },
    '/detail/paid_time',
  ],
  ['null', { detail: { paid_time: null } }, '/detail/paid_time'],
];
for (const [rule, change, field] of fields) {
  test(`refuses ${rule} and points at it`, async () => {
    const { json } = await sync('20261001123000', change);
    assert.deepEqual([json.code, json.detail?.field], ['PARAM_ERROR', field]);
  });
}

test('answers the same again, and another time with a refusal', async () => {
  const first = await sync('20261001123000');
  assert.equal((await sync('20261001123000')).text, first.text);
  assert.equal((await sync('20261001123001')).json.code, 'INVALID_REQUEST');
  assert.equal((await control.order(`Y${count}`)).ledger.length, 3);
});
