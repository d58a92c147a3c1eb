/** The modify call: fields, limits, what it answers and changes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPENID, shareSimulator } from './merchant.ts';

const { control, merchant } = await shareSimulator();
let count = 0;

/** Of an order of 800 fen that is being charged. */
async function modify(total: number, change: object = {}) {
  const no = `M${++count}`;
  await merchant.bill(no);
  return await merchant.change('modify', no, merchant.modifyBody(total, change));
}

test('answers the whole order with the new total being charged', async () => {
  const got = await modify(500);
  assert.deepEqual(got.json, (await merchant.query(`M${count}`)).json);
  assert.deepEqual(got.json.collection, {
    details: [],
    paid_amount: 0,
    paying_amount: 500,
    state: 'USER_PAYING',
    total_amount: 500,
  });
  assert.equal(got.json.state_description, 'MCH_COMPLETE');
  assert.equal(got.json.openid, OPENID);
});

test('charges the new total, once', async () => {
  await modify(500);
  await control.pay(`M${count}`);
  const { ledger } = await control.order(`M${count}`);
  assert.deepEqual(
    ledger.map(({ event, charged }) => [event, charged]),
    [
      ['created', 0],
      ['completed', 0],
      ['modified', 0],
      ['charged', 500],
    ],
  );
});

test('replaces fees and discounts; discounts need neither name nor description', async () => {
  const { json } = await modify(400, {
    post_payments: [{ name: '租金', amount: 500 }],
    post_discounts: [{ amount: 60 }, { amount: 40, count: 2 }],
  });
  assert.deepEqual(json.post_payments, [{ amount: 500, count: 1, description: '', name: '租金' }]);
  assert.deepEqual(json.post_discounts, [
    { amount: 60, count: 1, description: '', name: '' },
    { amount: 40, count: 2, description: '', name: '' },
  ]);
});

test('never lets the total exceed that of the completion, also after it was lowered', async () => {
  assert.equal((await modify(801)).json.code, 'PARAM_ERROR');
  assert.equal((await modify(500)).status, 200);
  const raise = (total: number) =>
    merchant.change('modify', `M${count}`, merchant.modifyBody(total));
  assert.equal((await raise(800)).status, 200);
  assert.equal((await raise(801)).status, 400);
  assert.equal((await merchant.query(`M${count}`)).json.total_amount, 800);
});

test('refuses a total that is not payments less discounts', async () => {
  const got = await modify(500, { total_amount: 499 });
  assert.equal(got.json.message, '最终总金额计算非法');
});

const big = 2_147_483_647;
const fields: [rule: string, change: object, field: string][] = [
  ['no reason', { reason: undefined }, '/reason'],
  ['a reason of 51 characters', { reason: '因'.repeat(51) }, '/reason'],
  ['no total', { total_amount: undefined }, '/total_amount'],
  ['a total below 0', { total_amount: -1 }, '/total_amount'],
  ['no fees', { post_payments: [] }, '/post_payments'],
  [
    'two fees of one name',
    {
      post_payments: [
        { name: 'a', amount: 1 },
        { name: 'a', amount: 1 },
      ],
    },
    '/post_payments/1/name',
  ],
  [
    'two discounts of one name',
    { post_discounts: [{ name: 'a' }, { name: 'a' }] },
    '/post_discounts/1/name',
  ],
  [
    'an amount beyond 32 bits',
    { post_payments: [{ name: 'a', amount: big + 1 }] },
    '/post_payments/0/amount',
  ],
  [
    'a number that is no safe integer',
    { post_payments: [{ name: 'a', amount: 1e300 }] },
    '/post_payments/0/amount',
  ],
];
for (const [rule, change, field] of fields) {
  test(`refuses ${rule} and points at it`, async () => {
    const { json } = await modify(500, change);
    assert.deepEqual([json.code, json.detail?.field], ['PARAM_ERROR', field]);
  });
}

test('sums the largest amounts exactly', async () => {
  const many = (length: number) =>
    Array.from({ length }, (_, i) => ({ name: `${i}`, amount: big }));
  const got = await modify(0, {
    post_payments: [...many(30), { name: 'x', amount: 7 }],
    post_discounts: many(30),
    total_amount: 7,
  });
  assert.deepEqual([got.status, got.json.total_amount], [200, 7]);
});

test('answers the same modification again, also when it has been paid', async () => {
  const first = await modify(500);
  const no = `M${count}`;
  const again = () => merchant.change('modify', no, merchant.modifyBody(500));
  assert.equal((await again()).text, first.text);
  await control.pay(no);
  assert.equal((await again()).json.state, 'DONE');
  const { ledger } = await control.order(no);
  assert.equal(ledger.filter(({ event }) => event === 'modified').length, 1);
});

test('ends an order that is lowered to nothing, without collection', async () => {
  const { json } = await modify(0);
  assert.deepEqual(
    [json.state, json.state_description, json.collection, json.total_amount],
    ['DONE', undefined, undefined, 0],
  );
  assert.deepEqual(await control.notifications(`M${count}`), []);
});

test('refuses a modification again when the order was cancelled since: it does not stand any more', async () => {
  await modify(500);
  const no = `M${count}`;
  assert.equal((await merchant.change('cancel', no, merchant.changeBody())).status, 200);
  const again = await merchant.change('modify', no, merchant.modifyBody(500));
  assert.deepEqual(
    [again.status, again.json.message],
    [400, '仅服务订单支付状态为待支付时，才可使用此能力'],
  );
});
