/** When a new order may start and end. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTimeFault } from '../../../payscore/times/start-time.ts';
import { beijing as at } from './beijing.ts';

const NOW = at('10:30:00');
// start_time, end_time, faulty field
const STARTS = [
  ['OnAccept', undefined, undefined],
  ['OnAccept', '20261001103101', undefined],
  ['OnAccept', '20261001103100', 'end_time'],
  ['OnAccept', '20261001103000', 'end_time'],
  ['OnAccept', '20260930103000', 'end_time'],
  ['20261001103101', undefined, undefined],
  ['20261001103101', '20261001103102', undefined],
  ['20261001103100', undefined, 'start_time'],
  ['20261001103000', undefined, 'start_time'],
  ['20261001102959', '20261002103000', 'start_time'],
  ['20270101000000', undefined, undefined],
  ['20261001', undefined, undefined],
  ['20261002', '20261002', undefined],
  ['20260930', '20261002', 'start_time'],
] as const;

for (const [start_time, end_time, field] of STARTS) {
  test(`a new order from ${start_time} to ${end_time ?? 'an open end'} has ${field ? `a faulty ${field}` : 'no fault'}`, () => {
    assert.equal(startTimeFault({ start_time, end_time }, NOW)?.field, field);
  });
}

test('a faulty time is told with what it must be', () => {
  const rule = (start_time: string, end_time?: string) =>
    startTimeFault({ start_time, end_time }, NOW)?.rule;
  assert.equal(rule('OnAccept', '20261001103000'), 'a_minute_ahead');
  assert.equal(rule('20260930'), 'not_before_today');
  assert.equal(rule('20261001103000'), 'a_minute_ahead_or_now');
});

test('today is Beijing’s today, also while it is yesterday in UTC', () => {
  const pastMidnight = at('00:30:00', '2026-10-02');
  assert.equal(startTimeFault({ start_time: '20261002' }, pastMidnight), undefined);
  assert.equal(startTimeFault({ start_time: '20261001' }, pastMidnight)?.field, 'start_time');
});
