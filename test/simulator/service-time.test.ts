/** Real times to the millisecond, which no call over HTTP could meet. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Order } from '../../simulator/orders/order.ts';
import { checkServedTime } from '../../simulator/orders/service-time.ts';

const NOON_MS = Date.parse('2026-10-01T12:00:00+08:00');
const order = {
  accepted_time: '20261001110000',
  time_range: { start_time: 'OnAccept' },
} as Order;
const byDay = { ...order, time_range: { start_time: '20261001' } };

const refused = { message: 'endTimeInFuture' };
const end =
  (end_time: string, of: Order, now: number, end_time_now: 'allowed' | 'refused' = 'allowed') =>
  () =>
    checkServedTime({ end_time }, of, now, { end_time_now });

test('refuses an end that is the present moment, and takes it a millisecond later', () => {
  assert.throws(end('20261001120000', order, NOON_MS), refused);
  assert.doesNotThrow(end('20261001120000', order, NOON_MS + 1));
});

test('refuses an end in the present second to its last millisecond, where the policy says so', () => {
  assert.throws(end('20261001120000', order, NOON_MS + 999, 'refused'), refused);
  assert.doesNotThrow(end('20261001120000', order, NOON_MS + 1000, 'refused'));
});

test('takes an end that is today from the first moment of the day', () => {
  const midnight = NOON_MS - 12 * 3_600_000;
  assert.doesNotThrow(end('20261001', byDay, midnight));
  assert.throws(end('20261001', byDay, midnight - 1), refused);
});
