/** What USER_PAID says, field by field. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, OPENID } from './merchant.ts';
import { decrypt, openReceiver, until } from './receiver.ts';

type Test = Parameters<typeof open>[0];

/** An order of 12:00 to 12:59:59 that waits for its payment at 13:00:00. */
async function openBilled(t: Test) {
  const receiver = await openReceiver(t);
  const opened = await open(t);
  opened.simulator.clock.set({ now: new Date('2026-10-01T12:00:00+08:00'), factor: 0.001 });
  await opened.bill('D1', { notify_url: receiver.notify_url, attach: 'a%20b' });
  const { order_id } = (await opened.query('D1')).json;

  async function told() {
    await until(() => receiver.received.length === 1);
    const [got] = receiver.received;
    assert.ok(got);
    assert.equal(got.json.event_type, 'PAYSCORE.USER_PAID');
    return decrypt(got, opened.simulator);
  }
  const expected = (detail: object) => ({
    ...opened.identity,
    mchid: opened.simulator.merchant.mchid,
    openid: OPENID,
    order_id,
    out_order_no: 'D1',
    service_introduction: '充电宝租借',
    state: 'DONE',
    total_amount: 800,
    need_collection: true,
    post_payments: [{ name: '租金', amount: 800, description: '', count: 1 }],
    post_discounts: [],
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 5000, description: '' },
    time_range: { start_time: 'OnAccept', end_time: '20261001125959' },
    location: {},
    attach: 'a%20b',
    notify_url: receiver.notify_url,
    collection: {
      state: 'USER_PAID',
      total_amount: 800,
      paying_amount: 0,
      paid_amount: 800,
      details: [{ seq: 1, amount: 800, paid_time: '20261001130000', ...detail }],
    },
  });
  return { ...opened, ...receiver, told, expected };
}

for (const way of ['pay', 'payFromPage'] as const) {
  test(`shows the order as it was charged by ${way}`, async (t) => {
    const { control, told, expected } = await openBilled(t);
    await control[way]('D1');
    const order = await told();
    const { transaction_id } = order.collection.details[0];
    assert.match(transaction_id, /^4200\d{6}20261001\d{10}$/);
    assert.deepEqual(order, expected({ paid_type: 'NEWTON', transaction_id, bank_type: 'OTHERS' }));
  });
}

test('shows the order as it was paid elsewhere, where WeChat Pay tells of that', async (t) => {
  const { control, told, expected, change, syncBody } = await openBilled(t);
  await control.setPolicies({ sync_notification: 'sent' });
  await change('sync', 'D1', syncBody('20261001130001'));
  assert.deepEqual(await told(), expected({ paid_type: 'MCH', paid_time: '20261001130001' }));
});

test('shows the order with nothing to pay without collection, where WeChat Pay tells of that', async (t) => {
  const { control, told, expected, change, modifyBody } = await openBilled(t);
  await control.setPolicies({ zero_total_notification: 'sent' });
  await change('modify', 'D1', modifyBody(0));
  const { collection: _none, ...rest } = expected({});
  const post_payments = [{ name: '租金', amount: 0, description: '', count: 1 }];
  assert.deepEqual(await told(), { ...rest, total_amount: 0, post_payments });
});
