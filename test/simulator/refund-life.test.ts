/** What becomes of a refund, when, by whose doing, and who is told of it. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { ControlRefusal } from '../../simulator/control.ts';
import { open, shareSimulator } from './merchant.ts';
import { decrypt, openReceiver, until } from './receiver.ts';

const { simulator, control, merchant } = await shareSimulator({ timeFactor: 0.001 });
let no = '';
let transaction = '';
let count = 0;

beforeEach(async () => {
  simulator.clock.set({ now: new Date('2026-10-01T11:00:00+08:00') });
  no = `L${++count}`;
  transaction = await merchant.paid(no);
});

const number = (nth = 1) => `${no}-${nth}`;
const refund = (amount: number, nth = 1, change: object = {}) =>
  merchant.refund(merchant.refundBody(transaction, number(nth), amount, change));
const shown = async (nth = 1) => (await merchant.queryRefund(number(nth))).json;
const events = async () => (await control.order(no)).ledger.slice(3).map(({ event }) => event);
const isRefused = (error: unknown) => error instanceof ControlRefusal && error.status === 409;

test('succeeds half a minute after its acceptance, at that second', async () => {
  await refund(300);
  merchant.pass(29);
  assert.deepEqual(
    [(await shown()).status, (await shown()).success_time],
    ['PROCESSING', undefined],
  );
  merchant.pass(100);
  const { status, success_time } = await shown();
  assert.deepEqual([status, success_time], ['SUCCESS', '2026-10-01T12:00:30+08:00']);
});

test('is closed, and gives its amount and the balance free', async (t) => {
  t.after(() => control.setAccount({ balance: null }));
  await control.setAccount({ balance: 800 });
  await control.scriptRefunds({ out_order_no: no }, { becomes: 'CLOSED', delay_seconds: 60 });
  await refund(800);
  assert.equal((await control.account()).balance, 0);
  merchant.pass(60);
  assert.equal((await shown()).status, 'CLOSED');
  assert.equal((await control.account()).balance, 800);
  await control.scriptRefunds({ out_order_no: no }, {});
  assert.equal((await refund(800, 2)).status, 200);
  assert.deepEqual(await events(), ['refund_accepted', 'refund_closed', 'refund_accepted']);
});

test('becomes abnormal and stays so until a person settles it, to another card', async () => {
  await control.scriptRefunds(
    { out_refund_no: number() },
    { becomes: 'ABNORMAL', user_received_account: '招商银行信用卡0403' },
  );
  await refund(300);
  await assert.rejects(control.settleRefund(number()), isRefused);
  merchant.pass(86_400);
  const abnormal = await shown();
  assert.deepEqual(
    [abnormal.status, abnormal.channel, abnormal.user_received_account, abnormal.success_time],
    ['ABNORMAL', 'ORIGINAL', '招商银行信用卡0403', undefined],
  );
  assert.equal((await refund(600, 2)).status, 400); // what is abnormal still holds its amount
  await control.settleRefund(number(), { user_received_account: '招商银行借记卡0403' });
  const settled = await shown();
  assert.deepEqual(
    [settled.status, settled.channel, settled.user_received_account, settled.success_time],
    ['SUCCESS', 'OTHER_BANKCARD', '招商银行借记卡0403', '2026-10-02T12:00:00+08:00'],
  );
  await assert.rejects(control.settleRefund(number()), isRefused);
  assert.deepEqual(await events(), ['refund_accepted', 'refund_abnormal', 'refunded']);
});

test('takes the script of the refund before the order’s, and the order’s before the service’s', async (t) => {
  t.after(() => control.scriptRefunds({}, {}));
  await control.scriptRefunds({}, { becomes: 'ABNORMAL', delay_seconds: 10 });
  await control.scriptRefunds({ out_order_no: no }, { becomes: 'CLOSED' });
  await control.scriptRefunds({ out_refund_no: number(2) }, { becomes: 'SUCCESS' });
  for (const nth of [1, 2]) {
    await refund(100, nth);
    merchant.pass(60);
  }
  assert.deepEqual([(await shown(1)).status, (await shown(2)).status], ['CLOSED', 'SUCCESS']);
  const [first] = await control.refunds(no);
  const [accepted, closed] = first?.history ?? [];
  assert.equal((closed?.ms ?? 0) - (accepted?.ms ?? 0), 10_000);
});

test('one that stays PROCESSING takes another script while it does', async () => {
  await control.scriptRefunds({ out_refund_no: number() }, { becomes: 'PROCESSING' });
  await refund(300);
  merchant.pass(30 * 86_400);
  assert.equal((await shown()).status, 'PROCESSING');
  assert.deepEqual(await events(), ['refund_accepted']);
  await control.scriptRefunds({ out_refund_no: number() }, { becomes: 'SUCCESS' });
  assert.equal((await shown()).status, 'SUCCESS');
});

test('a delay of 0 shows in the answer already', async () => {
  await control.scriptRefunds({ out_order_no: no }, { delay_seconds: 0, channel: 'BALANCE' });
  const { json } = await refund(300);
  assert.deepEqual([json.status, json.channel], ['SUCCESS', 'BALANCE']);
  assert.equal(json.success_time, json.create_time);
});

test('is made in the console, under a number of its own, of what is left, and told to nobody', async (t) => {
  t.after(() => control.setAccount({ refund_notify_url: null }));
  await control.setAccount({ refund_notify_url: 'http://127.0.0.1:9/notify' });
  await refund(300, 1, { notify_url: 'http://127.0.0.1:9/notify' });
  const { refund: made, by } = await control.consoleRefund(no);
  assert.equal(by, 'console');
  assert.match(made.out_refund_no, /^20261001120000\d{14}$/);
  merchant.pass(60);
  const { json } = await merchant.queryRefund(made.out_refund_no);
  assert.deepEqual([json.status, json.amount.refund], ['SUCCESS', 500]);
  await until(async () => (await control.notifications(no)).length > 1);
  const told = (await control.notifications(no)).map(({ out_refund_no }) => out_refund_no);
  assert.deepEqual(told, [undefined, number()]);
  await assert.rejects(control.consoleRefund(no), isRefused);
});

test('is of the available balance where the merchant asks for that', async () => {
  const { json } = await refund(300, 1, { funds_account: 'AVAILABLE' });
  assert.equal(json.funds_account, 'AVAILABLE');
});

for (const becomes of ['SUCCESS', 'ABNORMAL', 'CLOSED'] as const) {
  test(`tells of ${becomes} to the refund’s address, sealed as refund`, async (t) => {
    const { simulator: own, ...opened } = await open(t);
    const { received, notify_url } = await openReceiver(t);
    await opened.bill('N1');
    await opened.control.pay('N1');
    await opened.control.setAccount({ refund_notify_url: 'http://127.0.0.1:9/elsewhere' });
    await opened.control.scriptRefunds({ out_order_no: 'N1' }, { becomes, delay_seconds: 0 });
    const [id = ''] = await opened.transactions('N1');
    const { json } = await opened.refund(opened.refundBody(id, 'N1-1', 300, { notify_url }));
    await until(() => received.length > 0);
    const [message] = received;
    assert.ok(message);
    const { event_type, summary, resource, resource_type } = message.json;
    assert.deepEqual([event_type, resource_type], [`REFUND.${becomes}`, 'encrypt-resource']);
    assert.match(summary, /^退款/);
    assert.deepEqual([resource.original_type, resource.associated_data], ['refund', 'refund']);
    assert.ok(message.headers.get('Wechatpay-Signature'));
    const { success_time, ...said } = decrypt(message, own);
    assert.deepEqual(said, {
      mchid: own.merchant.mchid,
      out_trade_no: json.out_trade_no,
      transaction_id: id,
      out_refund_no: 'N1-1',
      refund_id: json.refund_id,
      refund_status: becomes,
      user_received_account: '支付用户零钱',
      amount: { total: 800, refund: 300, payer_total: 800, payer_refund: 300 },
    });
    assert.equal(success_time, json.success_time);
  });
}

test('tells at the console’s address where the refund names none, and again once it is settled', async (t) => {
  const opened = await open(t);
  const { received, notify_url } = await openReceiver(t);
  await opened.bill('N2');
  await opened.control.pay('N2');
  await opened.control.setAccount({ refund_notify_url: notify_url });
  const script = { becomes: 'ABNORMAL', delay_seconds: 0 } as const;
  await opened.control.scriptRefunds({ out_refund_no: 'N2-1' }, script);
  const [id = ''] = await opened.transactions('N2');
  await opened.refund(opened.refundBody(id, 'N2-1', 300));
  await until(() => received.length === 1);
  await opened.control.settleRefund('N2-1', { channel: 'OTHER_BALANCE' });
  await until(() => received.length === 2);
  const types = received.map(({ json }) => json.event_type);
  assert.deepEqual(types, ['REFUND.ABNORMAL', 'REFUND.SUCCESS']);
});

test('says what nobody planned, and is struck by the faults of notifications', async (t) => {
  const opened = await open(t);
  const { received, notify_url } = await openReceiver(t);
  await opened.bill('N3');
  await opened.control.pay('N3');
  const lost = { fault: 'lost', out_refund_no: 'N3-1', times: 100 } as const;
  await opened.control.planNotificationFault(lost);
  await opened.control.scriptRefunds({ out_order_no: 'N3' }, { delay_seconds: 0 });
  const [id = ''] = await opened.transactions('N3');
  await opened.refund(opened.refundBody(id, 'N3-1', 300, { notify_url }));
  await until(async () => (await opened.control.faults()).injected.notifications['lost'] === 1);
  assert.equal(received.length, 0);
  await opened.control.clearFaults();
  await opened.control.announceRefund('N3-1', { success_time: null }, 'REFUND.CLOSED');
  await until(() => received.length === 1);
  const [message] = received;
  assert.ok(message);
  const { refund_status, success_time } = decrypt(message, opened.simulator);
  assert.deepEqual([refund_status, success_time], ['CLOSED', undefined]);
});
