/** Days of bills: when they begin in Beijing, and of which a bill can be had. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  billDateFault,
  billDateOf,
  dayAfter,
  dayBefore,
  isBillDate,
  oldestBillDate,
  spanOf,
} from '../../../payscore/times/bill-date.ts';
import { beijing } from './beijing.ts';

for (const text of ['2026-10-01', '2028-02-29', '2026-12-31']) {
  test(`${text} is a day`, () => assert.equal(isBillDate(text), true));
}
const NO_DAYS = [
  ...['', '20261001', '2026-10-1', '2026-13-01', '2026-02-29', '2026-00-10', '2026-10-00'],
  ...['2026-10-01T00:00:00', ' 2026-10-01', '2026/10/01', '2026-10-01\n', '２026-10-01'],
  ...['-2026-10-01', '2026-10-01-', '12026-10-01'],
];
for (const text of NO_DAYS) {
  test(`'${text}' is no day`, () => assert.equal(isBillDate(text), false));
}

test('a day begins and ends at midnight in Beijing, wherever this runs', () => {
  const { from, to } = spanOf('2026-10-01');
  assert.equal(from.toISOString(), '2026-09-30T16:00:00.000Z');
  assert.equal(to.toISOString(), '2026-10-01T16:00:00.000Z');
  for (const text of ['2026-02-29', '20261001']) assert.throws(() => spanOf(text), RangeError);
});

test('an instant is of the day that Beijing has then', () => {
  assert.equal(billDateOf(beijing('00:00:00')), '2026-10-01');
  assert.equal(billDateOf(beijing('23:59:59.999')), '2026-10-01');
  const { from, to } = spanOf('2026-10-01');
  assert.equal(billDateOf(from), '2026-10-01');
  assert.equal(billDateOf(to), '2026-10-02');
});

for (const [before, after] of [
  ['2026-09-30', '2026-10-01'],
  ['2026-12-31', '2027-01-01'],
  ['2028-02-29', '2028-03-01'],
] as const) {
  test(`${after} follows ${before}`, () => {
    assert.deepEqual([dayBefore(after), dayAfter(before)], [before, after]);
  });
}

// today in Beijing, the oldest day
const OLDEST: readonly [string, string][] = [
  ['2026-10-01', '2026-07-01'],
  ['2026-01-15', '2025-10-15'],
  ['2026-03-31', '2025-12-31'],
  ['2026-05-31', '2026-02-28'],
  ['2028-05-30', '2028-02-29'],
  ['2026-12-31', '2026-09-30'],
];
for (const [today, oldest] of OLDEST) {
  test(`on ${today} bills go back to ${oldest}`, () => {
    assert.equal(oldestBillDate(beijing('00:00:00', today)), oldest);
    assert.equal(oldestBillDate(beijing('23:59:59', today)), oldest);
  });
}

test('a bill can be had of days that are over, for three months', () => {
  const faults = (text: string) => billDateFault(text, beijing('00:00:00'));
  assert.deepEqual(
    ['2026-10-02', '2026-10-01', '2026-09-30', '2026-07-01', '2026-06-30', 'today'].map(faults),
    ['not_over', 'not_over', undefined, undefined, 'too_old', 'not_a_day'],
  );
});
