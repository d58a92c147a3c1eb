/** The cancel call: fields, what is left of the order, re-entry. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareSimulator } from './merchant.ts';

const { simulator, control, merchant } = await shareSimulator();
let count = 0;

const cancel = (no: string, change: object = {}) =>
  merchant.change('cancel', no, merchant.changeBody(change));

test('answers five fields, among them no state', async () => {
  const { order_id } = (await merchant.serve('A1')).json;
  const got = await cancel('A1');
  const { mchid } = simulator.merchant;
  assert.deepEqual(got.json, { ...merchant.identity, mchid, order_id, out_order_no: 'A1' });
});

const places: [where: string, reach: (no: string) => Promise<unknown>][] = [
  [
    'in service',
    (no) =>
      merchant.serve(no, {
        attach: 'a%20b',
        time_range: {
          start_time: 'OnAccept',
          start_time_remark: '开始',
          end_time: merchant.beijing(7200),
        },
      }),
  ],
  ['while being charged', (no) => merchant.bill(no, { attach: 'a%20b' })],
];
for (const [where, reach] of places) {
  test(`leaves of an order cancelled ${where} no amount, collection or description, and only its start`, async () => {
    const no = `L${++count}`;
    await reach(no);
    assert.equal((await cancel(no)).status, 200);
    const { json } = await merchant.query(no);
    assert.deepEqual(
      [json.state, json.total_amount, json.need_collection, json.time_range, json.attach],
      ['REVOKED', 0, true, { start_time: 'OnAccept' }, 'a%20b'],
    );
    assert.deepEqual([json.state_description, json.collection], [undefined, undefined]);
  });
}

test('ends the charging: a cancelled order cannot be paid', async () => {
  await merchant.bill('P1');
  await control.scriptCharging('P1', { failures: 0, interval_seconds: 60 });
  await cancel('P1');
  merchant.pass(3600);
  await assert.rejects(control.pay('P1'), { status: 409, message: /REVOKED/ });
  const { ledger } = await control.order('P1');
  assert.deepEqual(
    ledger.map(({ event, charged, total_amount }) => [event, charged, total_amount]),
    [
      ['created', 0, 0],
      ['completed', 0, 800],
      ['cancelled', 0, 0],
    ],
  );
  assert.deepEqual(await control.notifications('P1'), []);
});

const fields: [rule: string, change: object, field: string | undefined][] = [
  ['no reason', { reason: undefined }, '/reason'],
  ['an empty reason', { reason: '' }, '/reason'],
  ['a reason of 51 characters', { reason: '因'.repeat(51) }, '/reason'],
  ['a reason of 50 characters', { reason: '因'.repeat(50) }, undefined],
  ['no service_id', { service_id: undefined }, '/service_id'],
  ['no appid', { appid: undefined }, '/appid'],
];
for (const [rule, change, field] of fields) {
  test(`${field === undefined ? 'takes' : 'refuses'} ${rule}`, async () => {
    const no = `F${++count}`;
    await merchant.serve(no);
    const { json } = await cancel(no, change);
    assert.equal(json.detail?.field, field);
    assert.equal((await control.order(no)).ledger.length, field === undefined ? 2 : 1);
  });
}

test('answers the same cancellation again, and another reason with ORDER_CANCELED', async () => {
  await merchant.serve('R1');
  const first = await cancel('R1');
  assert.equal((await cancel('R1')).text, first.text);
  const other = await cancel('R1', { reason: '改主意了' });
  assert.deepEqual([other.status, other.json.code], [400, 'ORDER_CANCELED']);
  assert.equal((await control.order('R1')).ledger.length, 2);
});

test('answers a repeated creation with the order as it is, cancelled, and refuses a repeated completion', async () => {
  const body = merchant.createBody('R2');
  await merchant.create(body);
  merchant.pass(3600);
  const completion = merchant.completeBody();
  await merchant.complete('R2', completion);
  await cancel('R2');
  assert.equal((await merchant.create(body)).json.state, 'REVOKED');
  const got = await merchant.complete('R2', completion);
  assert.deepEqual([got.status, got.json.message], [400, '当前订单状态不合法']);
});
