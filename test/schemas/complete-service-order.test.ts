/** Bodies that complete an order: sums, times and lists. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompleteServiceOrder } from '../../schemas/complete-service-order.ts';
import { faultsOf, FORBIDDEN_TEXTS } from './faults.ts';

const minimal = { post_payments: [{ name: '租金', amount: 800 }], total_amount: 800 };
const full = {
  post_payments: [
    { name: '租金', amount: 1200, description: '每小时4元', count: 3 },
    { name: '商品信息', amount: 100 },
    { name: '商品信息', description: '赠品' },
  ],
  post_discounts: [{ name: '租金', description: '新客', amount: 300, count: 1 }],
  total_amount: 1000,
  time_range: {
    start_time: '20261001110000',
    end_time: '20261001120000',
    start_time_remark: '借出',
    end_time_remark: '归还',
  },
  location: { end_location: '上海市徐汇区' },
  profit_sharing: false,
  goods_tag: 't'.repeat(32),
  device: { end_device_id: 'D2' },
};
const faults = (change: object) => faultsOf(CompleteServiceOrder, { ...full, ...change });

test('takes the minimum and the maximum, and changes nothing', () => {
  for (const body of [minimal, full]) assert.deepEqual(CompleteServiceOrder.parse(body), body);
});

test('takes an order that costs nothing', () => {
  const free = { post_payments: [{ name: '租金', amount: 0 }], total_amount: 0 };
  const waived = { ...full, post_discounts: [{ name: 'a', description: 'd', amount: 1300 }] };
  assert.deepEqual(faultsOf(CompleteServiceOrder, free), []);
  assert.deepEqual(faultsOf(CompleteServiceOrder, { ...waived, total_amount: 0 }), []);
});

test('an amount is the total of its item, whatever its count', () => {
  const post_payments = [{ name: '租金', amount: 800, count: 3 }];
  assert.deepEqual(faultsOf(CompleteServiceOrder, { post_payments, total_amount: 800 }), []);
});

for (const total_amount of [999, 1001, 0, 1300]) {
  test(`finds the total ${total_amount} wrong where the sum is 1000`, () => {
    assert.deepEqual(faults({ total_amount }), ['/total_amount']);
  });
}

for (const total_amount of [-1, 1000.5, '1000', 1e12, null, undefined]) {
  test(`does not take ${JSON.stringify(total_amount)} for a total`, () => {
    assert.deepEqual(faults({ total_amount }), ['/total_amount']);
  });
}

test('does not take more discount than there is to pay', () => {
  const post_discounts = [{ name: 'a', description: 'd', amount: 1400 }];
  for (const total_amount of [-100, 0]) {
    assert.deepEqual(faults({ post_discounts, total_amount }), ['/total_amount']);
  }
});

for (const [what, change, pointers] of [
  ['an unknown field', { reason: 'r' }, ['/reason']],
  ['a text that is too long', { goods_tag: 't'.repeat(33) }, ['/goods_tag']],
  ['a wrong type', { profit_sharing: 'yes' }, ['/profit_sharing']],
  ['a wrong time', { time_range: { end_time: '20260230' } }, ['/time_range/end_time']],
  [
    'an unknown field in a payment',
    { post_payments: [{ name: 'a', amount: 1, unit: 'h' }] },
    ['/post_payments/0/unit'],
  ],
  ['a payment without a name', { post_payments: [{ amount: 1 }] }, ['/post_payments/0/name']],
  [
    'a discount without a description',
    { post_discounts: [{ name: 'a', amount: 1 }] },
    ['/post_discounts/0/description'],
  ],
] as const) {
  test(`finds a wrong total next to ${what}`, () => {
    assert.deepEqual(
      faults({ ...change, total_amount: 7 }),
      [...pointers, '/total_amount'].toSorted(),
    );
  });
}

test('says nothing about the sum of amounts that cannot be read', () => {
  const post_payments = [{ name: 'a', amount: '800' }];
  assert.deepEqual(faults({ post_payments, total_amount: 7 }), ['/post_payments/0/amount']);
});

test('takes 1 to 100 payments and at most 30 discounts', () => {
  const items = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `n${index}`, description: 'd' }));
  const lists = (payments: number, discounts: number) =>
    faultsOf(CompleteServiceOrder, {
      post_payments: items(payments),
      post_discounts: items(discounts),
      total_amount: 0,
    });
  assert.deepEqual(lists(100, 30), []);
  assert.deepEqual(lists(0, 31), ['/post_discounts', '/post_payments']);
  assert.deepEqual(lists(101, 0), ['/post_payments']);
  assert.deepEqual(faults({ post_payments: undefined }), ['/post_payments']);
});

test('takes a name only once, except 商品信息', () => {
  const post_payments = [1, 2].map((amount) => ({ name: '租金', amount }));
  assert.deepEqual(faultsOf(CompleteServiceOrder, { post_payments, total_amount: 3 }), [
    '/post_payments',
  ]);
});

for (const time_range of [
  {},
  { end_time: '20261001' },
  { end_time: '20261001120000' },
  { start_time: '20261001', end_time: '20261001' },
  { start_time: '20261001110000' },
]) {
  test(`takes the time range ${JSON.stringify(time_range)}`, () => {
    assert.deepEqual(faults({ time_range }), []);
  });
}

for (const [what, time_range, field] of [
  ['a start of OnAccept', { start_time: 'OnAccept' }, 'start_time'],
  ['a start that does not exist', { start_time: '20260631' }, 'start_time'],
  ['an end that does not exist', { end_time: '20261001126000' }, 'end_time'],
  ['an empty remark', { end_time: '20261001', end_time_remark: '' }, 'end_time_remark'],
  ['an unknown field', { duration: 1 }, 'duration'],
  ['days to seconds', { start_time: '20261001', end_time: '20261001120000' }, 'end_time'],
  ['seconds to days', { start_time: '20261001110000', end_time: '20261002' }, 'end_time'],
  ['an end at the start', { start_time: '20261001110000', end_time: '20261001110000' }, 'end_time'],
  ['an end before the start', { start_time: '20261002', end_time: '20261001' }, 'end_time'],
] as const) {
  test(`finds ${what} in /time_range/${field}`, () => {
    assert.deepEqual(faults({ time_range }), [`/time_range/${field}`]);
  });
}

for (const [pointer, longest, change] of [
  ['/location/end_location', 20, (text: string) => ({ location: { end_location: text } })],
  ['/goods_tag', 32, (text: string) => ({ goods_tag: text })],
  ['/device/end_device_id', 50, (text: string) => ({ device: { end_device_id: text } })],
] as const) {
  test(`takes ${longest} characters in ${pointer}, and no forbidden ones`, () => {
    assert.deepEqual(faults(change('宝'.repeat(longest))), []);
    assert.deepEqual(faults(change('宝'.repeat(longest + 1))), [pointer]);
    for (const text of Object.values(FORBIDDEN_TEXTS)) {
      assert.deepEqual(faults(change(text)), [pointer]);
    }
  });
}

for (const [what, change, pointer] of [
  ['the number, which the path has', { out_order_no: 'R1' }, '/out_order_no'],
  ['what configuration gives', { service_id: '1' }, '/service_id'],
  ['where it began', { location: { start_location: 'a' } }, '/location/start_location'],
] as const) {
  test(`does not take ${what}`, () => assert.deepEqual(faults(change), [pointer]));
}
