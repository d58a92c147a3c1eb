/** Bodies that open an order: what is taken, with which defaults, and where the faults of the others are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OpenServiceOrder } from '../../schemas/open-service-order.ts';
import { faultsOf } from './faults.ts';

const minimal = {
  out_order_no: 'R1',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  service_introduction: '充电宝租借',
  risk_fund: { amount: 9900 },
};
const full = {
  ...minimal,
  out_order_no: `R_-${'9'.repeat(29)}`,
  service_introduction: '充'.repeat(20),
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 1, description: '费'.repeat(30) },
  time_range: {
    start_time: '20280229235959',
    end_time: '20280301000000',
    start_time_remark: '始'.repeat(20),
    end_time_remark: '终'.repeat(20),
  },
  post_payments: [
    { name: '租'.repeat(20), amount: 0, description: '述'.repeat(30), count: 100 },
    ...[1, 2, 3].map((amount) => ({ name: '商品信息', amount })),
  ],
  post_discounts: [{ name: '租'.repeat(20), description: '减'.repeat(30), count: 1 }],
  location: { start_location: '北'.repeat(20), end_location: '南'.repeat(20) },
  device: {
    start_device_id: 'd'.repeat(50),
    end_device_id: 'd'.repeat(50),
    materiel_no: 'm'.repeat(100),
  },
  attach: '%E4'.repeat(66),
  need_user_confirm: false,
};
const faults = (change: object) => faultsOf(OpenServiceOrder, { ...full, ...change });
const items = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `n${index}`, description: 'd' }));

test('takes the minimum, and adds what the confirm-free mode demands', () => {
  assert.deepEqual(OpenServiceOrder.parse(minimal), {
    ...minimal,
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
    time_range: { start_time: 'OnAccept' },
    need_user_confirm: false,
  });
});

test('takes every field at its full length, and changes nothing', () => {
  assert.deepEqual(OpenServiceOrder.parse(full), full);
});

test('takes 100 payments, 30 discounts, and 200 characters to attach', () => {
  const attach = 'a'.repeat(200);
  assert.deepEqual(faults({ post_payments: items(100), post_discounts: items(30), attach }), []);
});

for (const number of [
  ...['', 'a/b', '..', '../R1', 'a.b', 'a|b', 'a*b', 'a b', 'a%2Fb', 'a\n', '订单', '🔋'],
  ...['R'.repeat(33), 1, null, undefined],
]) {
  test(`does not take the number ${JSON.stringify(number)}`, () => {
    assert.deepEqual(faults({ out_order_no: number }), ['/out_order_no']);
  });
}

for (const openid of ['', 'o/..', 'o b', 'o|b', '用户', 'o'.repeat(129), 1, undefined]) {
  test(`does not take the openid ${JSON.stringify(openid)}`, () => {
    assert.deepEqual(faults({ openid }), ['/openid']);
  });
}

for (const amount of [0, -1, 1.5, '100', 1e12, 2 ** 53, null, true, undefined]) {
  test(`does not take ${JSON.stringify(amount)} fen for a risk fund`, () => {
    const risk_fund = { amount };
    assert.deepEqual(faults({ risk_fund }), ['/risk_fund/amount']);
  });
}

for (const name of ['DEPOSIT', 'ADVANCE', 'CASH_DEPOSIT', 'estimate_order_cost', '', 1]) {
  test(`does not take the risk fund ${JSON.stringify(name)}`, () => {
    assert.deepEqual(faults({ risk_fund: { name, amount: 1 } }), ['/risk_fund/name']);
  });
}

for (const need_user_confirm of [true, 'false', 0, null]) {
  test(`does not take need_user_confirm: ${JSON.stringify(need_user_confirm)}`, () => {
    assert.deepEqual(faults({ need_user_confirm }), ['/need_user_confirm']);
  });
}

for (const [what, attach] of Object.entries({
  'more than 200 characters': 'a'.repeat(201),
  'Chinese that is not URL-encoded': '充电宝',
  'a blank': 'a b',
  'an emoji': '🔋',
})) {
  test(`does not take ${what} to attach`, () => {
    assert.deepEqual(faults({ attach }), ['/attach']);
  });
}

for (const [what, change, pointer] of [
  ['the body', { total_amount: 1 }, '/total_amount'],
  ['the body: what configuration gives', { notify_url: 'https://x/y' }, '/notify_url'],
  ['the risk fund', { risk_fund: { amount: 1, currency: 'CNY' } }, '/risk_fund/currency'],
  ['the time range', { time_range: { zone: 'UTC' } }, '/time_range/zone'],
  ['the location', { location: { city: '上海' } }, '/location/city'],
  ['the device', { device: { id: '1' } }, '/device/id'],
  ['a payment', { post_payments: [{ name: 'a', price: 1 }] }, '/post_payments/0/price'],
  [
    'a discount',
    { post_discounts: [{ name: 'a', description: 'd', price: 1 }] },
    '/post_discounts/0/price',
  ],
] as const) {
  test(`finds an unknown field in ${what}`, () => {
    assert.deepEqual(faults(change), [pointer]);
  });
}

for (const [list, longest] of [
  ['post_payments', 100],
  ['post_discounts', 30],
] as const) {
  test(`takes no more than ${longest} ${list}`, () => {
    assert.deepEqual(faults({ [list]: items(longest + 1) }), [`/${list}`]);
  });

  test(`takes a name only once in ${list}, except 商品信息`, () => {
    const named = (name: string) => [
      ...items(1),
      { name, description: 'd' },
      { name, description: 'e' },
    ];
    assert.deepEqual(faults({ [list]: named('租金') }), [`/${list}`]);
    assert.deepEqual(faults({ [list]: named('商品信息') }), []);
  });

  test(`finds a name used twice in ${list} next to an unknown field`, () => {
    const twice = [1, 2].map(() => ({ name: '租金', description: 'd', price: 1 }));
    const unknown = [0, 1].map((index) => `/${list}/${index}/price`);
    assert.deepEqual(faults({ [list]: twice }), [`/${list}`, ...unknown]);
  });

  test(`takes a count of 1 to 100 and amounts in whole fen in ${list}`, () => {
    const item = (change: object) => ({ [list]: [{ name: 'a', description: 'd', ...change }] });
    for (const count of [0, 101, 1.5, '1', null]) {
      assert.deepEqual(faults(item({ count })), [`/${list}/0/count`]);
    }
    for (const amount of [-1, 0.5, '1', 1e12, null]) {
      assert.deepEqual(faults(item({ amount })), [`/${list}/0/amount`]);
    }
  });
}

test('names every fault at once', () => {
  const body = {
    out_order_no: 'a/b',
    openid: '',
    service_introduction: '🔋',
    risk_fund: { name: 'DEPOSIT', amount: 0.5, description: '' },
    time_range: { start_time: '20260230' },
    post_payments: [{ name: '', amount: -1, count: 0, unit: '小时' }],
    post_discounts: [{ name: 'a' }],
    attach: ' ',
    need_user_confirm: true,
    total_amount: 1,
  };
  assert.deepEqual(faultsOf(OpenServiceOrder, body), [
    '/attach',
    '/need_user_confirm',
    '/openid',
    '/out_order_no',
    '/post_discounts/0/description',
    '/post_payments/0/amount',
    '/post_payments/0/count',
    '/post_payments/0/name',
    '/post_payments/0/unit',
    '/risk_fund/amount',
    '/risk_fund/description',
    '/risk_fund/name',
    '/service_introduction',
    '/time_range/start_time',
    '/total_amount',
  ]);
});

for (const body of [null, [], 'R1', 1, undefined]) {
  test(`does not take ${JSON.stringify(body)} for a body`, () => {
    assert.deepEqual(faultsOf(OpenServiceOrder, body), ['']);
  });
}
