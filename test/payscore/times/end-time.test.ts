/** The end of a service that business code does not name, and how long until WeChat takes it as past. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantOf } from '../../../payscore/times/beijing-time.ts';
import { delayUntilPast, endTimeOf } from '../../../payscore/times/end-time.ts';
import { beijing as at } from './beijing.ts';

// what, start_time, received, now, end_time
const ENDS = [
  ['now', '20261001100000', at('10:30:00'), at('10:30:00'), '20261001102955'],
  ['now, cut', '20261001100000', at('10:30:00'), at('10:30:00.999'), '20261001102955'],
  ['received a little ago', '20261001100000', at('10:29:58'), at('10:30:00'), '20261001102955'],
  ['received 5 s ago', '20261001100000', at('10:29:55'), at('10:30:00'), '20261001102955'],
  ['received long ago', '20261001100000', at('10:30:00'), at('14:00:00'), '20261001103000'],
  [
    'received days ago',
    '20260920100000',
    at('09:00:00', '2026-09-28'),
    at('10:00:00'),
    '20260928090000',
  ],
  ['received after now', '20261001100000', at('10:31:00'), at('10:30:00'), '20261001102955'],
  [
    'in the second it started',
    '20261001103000',
    at('10:30:00.4'),
    at('10:30:00.4'),
    '20261001103001',
  ],
  ['5 s after the start', '20261001103000', at('10:30:05'), at('10:30:05'), '20261001103001'],
  ['6 s after the start', '20261001103000', at('10:30:06'), at('10:30:06'), '20261001103001'],
  ['7 s after the start', '20261001103000', at('10:30:07'), at('10:30:07'), '20261001103002'],
  [
    'before a start by a clock ahead',
    '20261001103008',
    at('10:30:00'),
    at('10:30:00'),
    '20261001103009',
  ],
  ['received before the start', '20261001103000', at('09:00:00'), at('12:00:00'), '20261001103001'],
  [
    'at the end of a year',
    '20261231235958',
    at('23:59:59', '2026-12-31'),
    at('23:59:59.5', '2026-12-31'),
    '20261231235959',
  ],
  [
    'past midnight',
    '20261001235000',
    at('00:00:02', '2026-10-02'),
    at('00:00:02', '2026-10-02'),
    '20261001235957',
  ],
  ['on the day it started', '20261001', at('10:30:00'), at('10:30:00'), '20261001'],
  [
    'on the next day',
    '20261001',
    at('00:30:00', '2026-10-02'),
    at('00:30:00', '2026-10-02'),
    '20261002',
  ],
  [
    'just past midnight, by days',
    '20261001',
    at('00:00:03', '2026-10-02'),
    at('00:00:03', '2026-10-02'),
    '20261001',
  ],
  [
    'received yesterday, by days',
    '20260920',
    at('23:00:00', '2026-09-30'),
    at('10:00:00'),
    '20260930',
  ],
  ['before the day it started', '20261003', at('10:30:00'), at('10:30:00'), '20261003'],
] as const;

for (const [what, start_time, receivedAt, now, end_time] of ENDS) {
  test(`a service that ends ${what} ends at ${end_time}`, () => {
    assert.equal(endTimeOf({ start_time, receivedAt, now }), end_time);
    assert.ok(end_time.length === 8 ? end_time >= start_time : end_time > start_time);
  });
}

// end_time, now, wait: WeChat wants an end strictly earlier than the call
const PAST = [
  ['20261001103000', at('10:30:05'), false],
  ['20261001103000', at('10:30:01'), false],
  ['20261001103000', at('10:30:00.999'), true],
  ['20261001103000', at('10:30:00'), true],
  ['20261001103001', at('10:30:00.4'), true],
  ['20261001103003', at('10:30:00'), true],
  ['20261001', at('10:30:00'), false],
] as const;

for (const [end_time, now, waits] of PAST) {
  test(`${waits ? 'waits' : 'does not wait'} at ${now.toISOString()} until ${end_time} is past`, () => {
    const delayMs = delayUntilPast(end_time, now);
    assert.equal(delayMs > 0, waits);
    if (!waits) return;
    const end = instantOf(end_time)?.getTime() ?? NaN;
    assert.ok(now.getTime() + delayMs >= end + 1_000 && delayMs <= 10_000);
  });
}

test('does not wait for an end that the caller named far ahead: WeChat says no', () => {
  assert.equal(delayUntilPast('20261001113000', at('10:30:00')), 0);
});
