/** Whole orders through wechatpay-axios-plugin: what it signs is accepted, what it is answered it believes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newNumber, newOpenid } from '../support/orders.ts';
import { failureOf } from './plugin.ts';
import { openStory } from './story.ts';

const story = await openStory();

const PERMISSIONS = 'v3/payscore/permissions';

test('from pre-permission to an automatic payment', async () => {
  const { plugin, control, createBody, completeBody, pass, eventsOf } = story;
  const { identity } = plugin;
  const { service_id } = identity;
  const [openid, authorization_code, out_order_no] = [newOpenid(), newNumber(), newNumber()];
  const notify_url = story.receiver.notify_url;
  const byCode = () =>
    plugin.get(
      `${PERMISSIONS}/authorization-code/{authorization_code}`,
      { service_id },
      { authorization_code },
    );
  const byOpenid = () => plugin.get(`${PERMISSIONS}/openid/{openid}`, identity, { openid });

  const prepared = await plugin.post(PERMISSIONS, { ...identity, authorization_code, notify_url });
  assert.equal((await byCode()).data.authorization_state, 'UNBINDUSER');
  const never = (await failureOf(byOpenid())).response;
  assert.deepEqual([never?.status, never?.data.code], [404, 'ORDER_NOT_EXIST']);
  await control.authoriseByToken(prepared.data.apply_permissions_token, openid);
  const agreement = (await byCode()).data;
  assert.deepEqual([agreement.authorization_state, agreement.openid], ['AVAILABLE', openid]);
  assert.equal((await byOpenid()).data.authorization_state, 'AVAILABLE');

  const attach = encodeURIComponent('门店=7&台=3');
  const body = createBody(out_order_no, { openid, attach });
  const created = await plugin.create(body);
  assert.deepEqual(
    [created.data.state, created.data.state_description, created.data.attach],
    ['DOING', 'USER_CONFIRM', attach],
  );
  assert.equal((await plugin.create(body)).data.order_id, created.data.order_id);
  assert.equal((await plugin.query(out_order_no)).data.state_description, 'USER_CONFIRM');

  pass(3600);
  const completed = await plugin.change('complete', out_order_no, completeBody(800));
  assert.equal(completed.data.state_description, 'MCH_COMPLETE');
  assert.equal((await plugin.query(out_order_no)).data.collection.state, 'USER_PAYING');
  await control.pay(out_order_no);
  const { state, collection } = (await plugin.query(out_order_no)).data;
  assert.deepEqual([state, collection.state, collection.paid_amount], ['DONE', 'USER_PAID', 800]);
  assert.equal(collection.details[0].paid_type, 'NEWTON');
  assert.deepEqual(await eventsOf(out_order_no), ['created', 'completed', 'charged AUTH']);
});

test('completed, modified, and paid on the order’s page', async () => {
  const { plugin, control, bill, eventsOf } = story;
  const out_order_no = await bill(900);
  const modified = await plugin.change('modify', out_order_no, {
    post_payments: [{ name: '租金', amount: 900 }],
    post_discounts: [{ name: '优惠', description: '会员立减', amount: 400 }],
    total_amount: 500,
    reason: '用户投诉',
  });
  assert.equal(modified.data.collection.paying_amount, 500);
  await control.payFromPage(out_order_no);
  const { state, total_amount } = (await plugin.query(out_order_no)).data;
  assert.deepEqual([state, total_amount], ['DONE', 500]);
  const events = ['created', 'completed', 'modified', 'charged JSAPI'];
  assert.deepEqual(await eventsOf(out_order_no), events);
});

test('cancelled in service, and never charged', async () => {
  const { plugin, serve, eventsOf } = story;
  const out_order_no = await serve();
  const cancelled = await plugin.change('cancel', out_order_no, { reason: '用户投诉' });
  assert.deepEqual(Object.keys(cancelled.data), [
    'appid',
    'mchid',
    'order_id',
    'out_order_no',
    'service_id',
  ]);
  assert.equal((await plugin.query(out_order_no)).data.state, 'REVOKED');
  assert.deepEqual(await eventsOf(out_order_no), ['created', 'cancelled']);
});

test('completed and synced, as the user paid elsewhere', async () => {
  const { plugin, bill, beijing, pass, eventsOf } = story;
  const out_order_no = await bill();
  pass(600);
  const synced = await plugin.change('sync', out_order_no, {
    type: 'Order_Paid',
    detail: { paid_time: beijing(-60) },
  });
  const { state, collection } = synced.data;
  assert.deepEqual([state, collection.details[0].paid_type], ['DONE', 'MCH']);
  assert.deepEqual(await eventsOf(out_order_no), ['created', 'completed', 'synced']);
});

test('charged when the merchant asks for it', async () => {
  const { plugin, bill, eventsOf } = story;
  const out_order_no = await bill();
  const paid = await plugin.change('pay', out_order_no, {});
  assert.equal(paid.data.out_order_no, out_order_no);
  assert.deepEqual(await eventsOf(out_order_no), ['created', 'completed', 'charged AUTH']);
});

for (const way of ['openid', 'authorization-code'] as const) {
  test(`terminated by ${way}: 204 without a body, once nothing is unfinished`, async () => {
    const { plugin, control, createBody } = story;
    const { identity } = plugin;
    const [openid, authorization_code, out_order_no] = [newOpenid(), newNumber(), newNumber()];
    const prepared = await plugin.post(PERMISSIONS, { ...identity, authorization_code });
    await control.authoriseByToken(prepared.data.apply_permissions_token, openid);
    await plugin.create(createBody(out_order_no, { openid }));

    const { service_id } = identity;
    const [path, body] = {
      openid: [`${PERMISSIONS}/openid/{openid}/terminate`, identity] as const,
      'authorization-code': [
        `${PERMISSIONS}/authorization-code/{authorization_code}/terminate`,
        { service_id },
      ] as const,
    }[way];
    const terminate = () =>
      plugin.post(path, { ...body, reason: '用户要求' }, { openid, authorization_code });
    const { response } = await failureOf(terminate());
    assert.deepEqual([response?.status, response?.data.message], [400, '存在未完成订单']);

    await plugin.change('cancel', out_order_no, { reason: '用户要求' });
    const terminated = await terminate();
    assert.deepEqual([terminated.status, terminated.data], [204, '']);
    const { data } = await plugin.get(`${PERMISSIONS}/openid/{openid}`, identity, { openid });
    assert.equal(data.authorization_state, 'UNAVAILABLE');
    const refused = await failureOf(plugin.create(createBody(newNumber(), { openid })));
    assert.equal(refused.response?.data.code, 'NO_AUTH');
  });
}
