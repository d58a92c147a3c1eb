/** What WeChat says about an order, read as official samples write it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Permission } from '../../schemas/authorization.ts';
import { ServiceOrder } from '../../schemas/service-order.ts';

const least = {
  out_order_no: 'R1',
  mchid: '1900000001',
  appid: 'wx1',
  service_id: '500001',
  state: 'DOING',
};
/** In the form of the documents' sample of USER_PAID, contradictions included (reference 10.4). */
const sample = {
  ...least,
  state: 'DONE',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  order_id: '15646546545165651651',
  service_introduction: 'XX充电宝',
  total_amount: '40000',
  need_collection: true,
  post_payments: { name: '就餐费用服务费', amount: 40000, description: '就餐人均100元', count: 4 },
  post_discounts: [{ name: '满20减1元', description: '不与其他优惠叠加', amount: '100' }],
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: '10000', description: '就餐的预估费用' },
  time_range: { start_time: '20091225091010', end_time: '20091225121010' },
  location: { start_location: '嗨客时尚主题展餐厅', end_location: '嗨客时尚主题展餐厅' },
  attach: 'Easdfowealsdkjfnlaksjdlfkwqoi&wl3l2sald',
  collection: {
    state: 'USER_PAID',
    total_amount: '40000',
    paying_amount: 40000,
    paid_amount: 0,
    details: [
      {
        seq: '1',
        amount: '40000',
        paid_type: 'MCH',
        paid_time: '20091225091210',
        transaction_id: '15646546545165651651',
      },
    ],
  },
};

test('reads amounts that are written as text', () => {
  const { total_amount, collection } = ServiceOrder.parse(sample);
  const { total_amount: total, paying_amount, paid_amount, details } = collection ?? {};
  assert.deepEqual([total_amount, total, paying_amount, paid_amount], [40000, 40000, 40000, 0]);
  assert.equal(details?.[0]?.amount, 40000);
});

test('keeps what decides nothing as it was written', () => {
  const { post_payments, post_discounts, risk_fund, location, attach } = ServiceOrder.parse(sample);
  assert.deepEqual(
    { post_payments, post_discounts, risk_fund, location, attach },
    {
      post_payments: sample.post_payments,
      post_discounts: sample.post_discounts,
      risk_fund: sample.risk_fund,
      location: sample.location,
      attach: sample.attach,
    },
  );
});

test('reads empty texts and objects as nothing', () => {
  const empty = {
    ...least,
    ...{ openid: '', order_id: '', state_description: '', collection: {}, time_range: {} },
    ...{ attach: '', location: {}, post_discounts: [], post_payments: {} },
  };
  const order = ServiceOrder.parse(empty);
  const { openid, order_id, state_description, collection, time_range } = order;
  assert.deepEqual([openid, order_id, state_description, collection], Array(4).fill(undefined));
  assert.deepEqual([time_range?.start_time, time_range?.end_time], [undefined, undefined]);
});

test('reads a collection that has no details, and details without anything to say', () => {
  const state = 'USER_PAYING';
  const read = (collection: object) => ServiceOrder.parse({ ...least, collection }).collection;
  assert.deepEqual(read({ state }), { state, details: [] });
  const [detail] = read({ state, details: [{ paid_time: '', transaction_id: '' }] })?.details ?? [];
  assert.deepEqual([detail?.paid_time, detail?.transaction_id], [undefined, undefined]);
});

test('a detail that is no list, or lies in the collection, counts where it is all that was paid', () => {
  const paid = { state: 'USER_PAID', total_amount: 500, paid_amount: 500 };
  const read = (collection: object) =>
    ServiceOrder.parse({ ...least, collection: { ...paid, ...collection } }).collection?.details;
  const detail = { amount: 500, paid_type: 'NEWTON', transaction_id: '42' };
  const told = [detail];
  assert.deepEqual(read({ details: detail }), told);
  assert.deepEqual(read({ details: { ...detail, amount: '500' } }), told);
  assert.deepEqual(read(detail), told);
  const part = { ...detail, amount: 300 };
  for (const collection of [{ details: part }, part, { details: {} }, {}, { details: null }]) {
    assert.deepEqual(read(collection), []);
  }
});

test('a lone detail is all that was paid where a coupon paid the rest, wherever that is told', () => {
  const paid = { state: 'USER_PAID', total_amount: 500, paid_amount: 500 };
  const detail = { amount: 450, paid_type: 'NEWTON', transaction_id: '42' };
  const promotion_detail = [{ coupon_id: '1', amount: 50 }];
  const read = (collection: object, order: object = {}) =>
    ServiceOrder.parse({ ...least, ...order, collection: { ...paid, ...collection } }).collection
      ?.details.length;
  assert.equal(read({ details: { ...detail, promotion_detail } }), 1);
  assert.equal(read({ details: detail, promotion_detail: promotion_detail[0] }), 1);
  assert.equal(read({ details: { ...detail, amount: '450' } }, { promotion_detail }), 1);
  assert.equal(read({ details: detail, promotion_detail: [{ amount: 49 }] }), 0);
  assert.equal(read({ details: detail }), 0);
});

test('leaves out times that nobody can read, and fields that it does not know', () => {
  const order = ServiceOrder.parse({ ...least, time_range: 'always', notify_url: 'x', package: 1 });
  assert.equal(order.time_range, undefined);
  assert.ok(!('notify_url' in order) && !('package' in order));
});

test('reads states that it does not know', () => {
  const collection = { state: 'USER_REFUNDED' };
  const order = ServiceOrder.parse({ ...least, state: 'PAUSED', collection });
  assert.deepEqual([order.state, order.collection?.state], ['PAUSED', 'USER_REFUNDED']);
});

for (const field of ['state', 'out_order_no', 'mchid', 'appid', 'service_id']) {
  test(`does not read an order without ${field}`, () => {
    const { success } = ServiceOrder.safeParse({ ...sample, [field]: undefined });
    assert.equal(success, false);
    assert.equal(ServiceOrder.safeParse({ ...sample, [field]: 1 }).success, false);
  });
}

for (const [what, change] of Object.entries({
  'a fraction of a fen': { total_amount: 1.5 },
  'a fraction of a fen as text': { total_amount: '1.5' },
  'a negative total': { total_amount: -1 },
  'a negative total as text': { total_amount: '-1' },
  'a total in words': { total_amount: 'free' },
  'a total that no number holds': { total_amount: '9007199254740993' },
  'a total in hex': { total_amount: '0x10' },
  'a collection without a state': { collection: { paid_amount: 1 } },
  'a collection that is a text': { collection: 'USER_PAID' },
  'a detail with a garbled amount': {
    collection: { state: 'USER_PAID', details: [{ amount: 'all' }] },
  },
  'a number as its description': { state_description: 1 },
})) {
  test(`does not read an order with ${what}`, () => {
    assert.equal(ServiceOrder.safeParse({ ...sample, ...change }).success, false);
  });
}

test('reads the state of a permission, and nothing without it', () => {
  const permission = { authorization_state: 'AVAILABLE', openid: 'o1' };
  assert.deepEqual(Permission.parse(permission), { authorization_state: 'AVAILABLE' });
  assert.equal(Permission.safeParse({ openid: 'o1' }).success, false);
});
