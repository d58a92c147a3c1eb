/** How messages tell of a payment otherwise: what was paid, and the ledger, stay as they are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toldAs, type Telling } from '../../simulator/orders/telling.ts';
import { OPENID, shareSimulator, type Json } from './merchant.ts';

const { simulator, control, merchant } = await shareSimulator({ timeFactor: 0.001 });
simulator.clock.set({ now: new Date('2026-10-01T11:00:00+08:00') });
let count = 0;

/** An order of 800 fen, of which a coupon pays 300. */
async function paid(): Promise<{ no: string; usual: Json; detail: Json }> {
  const no = `T${++count}`;
  await merchant.bill(no);
  await control.pay(no, { coupon: 300 });
  const usual = (await merchant.query(no)).json;
  return { no, usual, detail: usual.collection.details[0] };
}

test('tells of a coupon for a part in the detail, and of what the user paid', async () => {
  const { no, usual, detail } = await paid();
  assert.deepEqual([detail.amount, detail.promotion_detail[0].amount], [500, 300]);
  assert.deepEqual([usual.collection.paid_amount, usual.collection.paying_amount], [800, 0]);
  assert.equal((await control.order(no)).ledger.at(-1)?.charged, 500);
});

/** What the collection is told as, from what it is usually told as. */
const shapes: [telling: Telling, shape: (collection: Json, detail: Json) => unknown][] = [
  [{ details: 'absent' }, ({ details: _details, ...sums }) => sums],
  [{ details: 'empty' }, (collection) => ({ ...collection, details: [] })],
  [{ details: 'object' }, (collection, detail) => ({ ...collection, details: detail })],
  [
    { details: 'flat' },
    ({ details: _details, ...sums }, { seq: _seq, ...detail }) => ({ ...sums, ...detail }),
  ],
  [
    { promotion_detail: 'object' },
    (collection, detail) => ({
      ...collection,
      details: [{ ...detail, promotion_detail: detail.promotion_detail[0] }],
    }),
  ],
  [
    { promotion_detail: 'in_collection' },
    (collection, { promotion_detail, ...detail }) => ({
      ...collection,
      details: [detail],
      promotion_detail,
    }),
  ],
  [
    { promotion_detail: 'in_order' },
    (collection, { promotion_detail: _coupons, ...detail }) => ({
      ...collection,
      details: [detail],
    }),
  ],
  [{ paid_time: 'beijing8' }, changed({ paid_time: '20261001' })],
  [{ paid_time: 'absent' }, changed({ paid_time: undefined })],
  [{ bank_type: 'CMB_CREDIT' }, changed({ bank_type: 'CMB_CREDIT' })],
  [{ bank_type: null }, changed({ bank_type: undefined })],
];
for (const [telling, shape] of shapes) {
  test(`tells of a payment as ${JSON.stringify(telling)}, in queries and notifications, and back`, async () => {
    const { no, usual, detail } = await paid();
    const before = await control.order(no);
    await control.setTelling(no, telling);
    const { json } = await merchant.query(no);
    assert.deepEqual(json.collection, JSON.parse(JSON.stringify(shape(usual.collection, detail))));
    assert.deepEqual((await control.announce(no)).resource, json);
    const beside = 'promotion_detail' in json;
    assert.equal(beside, telling.promotion_detail === 'in_order');
    assert.deepEqual((await control.setTelling(no, {})).ledger, before.ledger);
    assert.deepEqual((await merchant.query(no)).json, usual);
  });
}

test('tells of the time as RFC 3339, in +08:00', async () => {
  const { no, detail } = await paid();
  await control.setTelling(no, { paid_time: 'rfc3339' });
  const { paid_time } = (await merchant.query(no)).json.collection.details[0];
  assert.match(paid_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
  assert.equal(paid_time.slice(0, 19).replace(/\D/g, ''), detail.paid_time);
});

test('tells of amounts as text, and of fees as the object that is the first of them', async () => {
  const { no, usual } = await paid();
  await control.setTelling(no, { amounts: 'text', post_payments: 'object' });
  const { json } = await merchant.query(no);
  assert.deepEqual([json.total_amount, json.collection.paid_amount], ['800', '800']);
  assert.equal(json.collection.details[0].promotion_detail[0].amount, '300');
  assert.equal(json.collection.details[0].seq, 1);
  assert.deepEqual(json.post_payments, { ...usual.post_payments[0], amount: '800' });
});

test('tells so of every order that a user opens from now on, where it is the user’s behaviour', async () => {
  await control.setBehaviour(OPENID, { telling: { details: 'empty' } });
  const { detail } = await paid();
  await control.setBehaviour(OPENID, { telling: null });
  assert.equal(detail, undefined);
  assert.equal((await paid()).detail.seq, 1);
});

function changed(fields: object) {
  return (collection: Json, detail: Json) => ({
    ...collection,
    details: [{ ...detail, ...fields }],
  });
}

test('tells of the last payment where it tells of one: the message is about that', () => {
  const [cash, charge] = [
    { seq: 1, amount: 800, paid_type: 'MCH' },
    { seq: 2, amount: 800, paid_type: 'NEWTON', transaction_id: '4200' },
  ];
  const view = { collection: { total_amount: 800, details: [cash, charge] } };
  const { seq: _seq, ...fields } = charge;
  assert.deepEqual(toldAs(view, { details: 'flat', paid_time: 'absent' }).collection, {
    total_amount: 800,
    ...fields,
  });
  assert.deepEqual(toldAs(view, { details: 'object', paid_time: 'absent' }).collection, {
    total_amount: 800,
    details: charge,
  });
});
