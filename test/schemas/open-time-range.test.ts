/** When an order that is opened starts and ends: calendar, precision, order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OpenServiceOrder } from '../../schemas/open-service-order.ts';
import { faultsOf } from './faults.ts';

const times = (time_range: object) =>
  faultsOf(OpenServiceOrder, {
    out_order_no: 'R1',
    openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    service_introduction: '充电宝租借',
    risk_fund: { amount: 9900 },
    time_range,
  });

for (const time_range of [
  {},
  { start_time: 'OnAccept' },
  { start_time: 'OnAccept', end_time: '20261001120000' },
  { end_time: '20261001120000' },
  { start_time: '20261001120000' },
  { start_time: '20261001120000', end_time: '20261001120001' },
  { start_time: '20261001', end_time: '20261001' },
  { start_time: '20261001', end_time: '20261231' },
]) {
  test(`takes the time range ${JSON.stringify(time_range)}`, () => {
    assert.deepEqual(times(time_range), []);
  });
}

for (const [what, time_range, field] of [
  ['a day that does not exist', { start_time: '20260230' }, 'start_time'],
  ['a leap day of no leap year', { start_time: '20270229120000' }, 'start_time'],
  ['a month that does not exist', { start_time: '20261301' }, 'start_time'],
  ['hour 24', { start_time: '20261001240000' }, 'start_time'],
  ['second 60', { start_time: '20261001115960' }, 'start_time'],
  ['a time without seconds', { start_time: '202610011200' }, 'start_time'],
  ['a time with an offset', { start_time: '2026-10-01T12:00:00+08:00' }, 'start_time'],
  ['a time in another case', { start_time: 'onaccept' }, 'start_time'],
  ['a time as a number', { start_time: 20261001 }, 'start_time'],
  ['an empty time', { start_time: '' }, 'start_time'],
  ['an end of OnAccept', { end_time: 'OnAccept' }, 'end_time'],
  ['an end that does not exist', { end_time: '20261131120000' }, 'end_time'],
  ['a day as the end after OnAccept', { end_time: '20261001' }, 'end_time'],
  ['days to seconds', { start_time: '20261001', end_time: '20261002120000' }, 'end_time'],
  ['seconds to days', { start_time: '20261001120000', end_time: '20261002' }, 'end_time'],
  ['an end at the start', { start_time: '20261001120000', end_time: '20261001120000' }, 'end_time'],
  ['an end before the start', { start_time: '20261002', end_time: '20261001' }, 'end_time'],
] as const) {
  test(`finds ${what} in /time_range/${field}`, () => {
    assert.deepEqual(times(time_range), [`/time_range/${field}`]);
  });
}

test('finds a remark about an end that is not given', () => {
  assert.deepEqual(times({ end_time_remark: '归还' }), ['/time_range/end_time_remark']);
});

test('finds a wrong end next to other faults of the time range', () => {
  const mixed = { start_time: '20261001', end_time: '20261002120000', zone: '+08:00' };
  assert.deepEqual(times(mixed), ['/time_range/end_time', '/time_range/zone']);
});
