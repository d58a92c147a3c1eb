/** Faults of the calls about refunds: whether one was accepted is not always what was answered. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { shareSimulator, signedBy } from './merchant.ts';
import { until } from './receiver.ts';

const { simulator, control, merchant } = await shareSimulator({ timeFactor: 0.001 });
let no = '';
let transaction = '';
let count = 0;

beforeEach(async () => {
  await control.clearFaults();
  no = `F${++count}`;
  transaction = await merchant.paid(no);
});

const refund = (out_refund_no = `${no}-1`) =>
  merchant.refund(merchant.refundBody(transaction, out_refund_no, 300));
const strike = (fault: Parameters<typeof control.planFault>[0]['fault'], more: object = {}) =>
  control.planFault({ call: 'refund', out_order_no: no, fault, ...more });
const accepted = async () => (await control.refunds(no)).length;

test('executed-then-throttled accepts the refund and answers 429, signed: the same again is the same', async () => {
  await strike('executed-then-throttled');
  const got = await refund();
  assert.deepEqual([got.status, got.json.code], [429, 'FREQUENCY_LIMITED']);
  assert.ok(signedBy(got, simulator.merchant));
  assert.equal(await accepted(), 1);
  assert.equal((await refund()).json.status, 'PROCESSING');
  assert.equal(await accepted(), 1);
});

test('executed-then-throttled says what it is told to', async () => {
  await strike('executed-then-throttled', { refusal: 'refundOfOldOrder' });
  const { json } = await refund();
  assert.equal(json.message, '频率限制，1个月之前的订单请降低申请频率再重试');
  assert.equal(await accepted(), 1);
});

for (const [fault, status, refunds] of [
  ['executed-then-500', 500, 1],
  ['executed-then-502-unsigned', 502, 1],
  ['not-executed-500', 500, 0],
  ['throttled', 429, 0],
  ['accepted-202', 202, 0],
  ['bad-signature', 200, 1],
] as const) {
  test(`${fault} leaves ${refunds} refund of the order whose transaction is named`, async () => {
    await strike(fault);
    const got = await refund();
    assert.deepEqual([got.status, await accepted()], [status, refunds]);
    assert.equal((await refund()).status, 200);
    assert.equal(await accepted(), 1);
  });
}

test('executed-then-cut answers nothing, executed-late accepts when the delay is over', async () => {
  await strike('executed-then-cut');
  await assert.rejects(refund());
  assert.equal(await accepted(), 1);
  await control.scriptRefunds({ out_order_no: no }, {});
  merchant.pass(60);
  await strike('executed-late', { delay_seconds: 0.05 });
  await assert.rejects(refund(`${no}-2`));
  assert.equal(await accepted(), 1);
  await until(async () => (await accepted()) === 2);
});

test('strikes the calls about one refund alone, a query of it among them', async () => {
  await control.planFault({ fault: 'throttled', out_refund_no: `${no}-2`, times: 2 });
  assert.equal((await refund()).status, 200);
  assert.equal((await refund(`${no}-2`)).status, 429);
  assert.equal((await merchant.queryRefund(`${no}-1`)).status, 200);
  assert.equal((await merchant.queryRefund(`${no}-2`)).status, 429);
});

test('strikes a query by the order of its refund', async () => {
  await refund();
  await control.planFault({ call: 'query-refund', fault: 'unsigned-502', out_order_no: no });
  assert.equal((await merchant.queryRefund(`${no}-1`)).status, 502);
  assert.equal((await merchant.queryRefund(`${no}-1`)).status, 200);
});

test('refused answers any refusal of refunds, and accepts nothing', async () => {
  await strike('refused', { refusal: 'balanceNotEnough' });
  const got = await refund();
  assert.deepEqual([got.status, got.json.code, await accepted()], [403, 'NOT_ENOUGH', 0]);
});
