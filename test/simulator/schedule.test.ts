/** The schedules of notifications. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notification, Schedule } from '../../simulator/notifications/notification.ts';
import { afterAttempt } from '../../simulator/notifications/schedule.ts';

const fresh: Notification = {
  id: 'n',
  event_type: 'PAYSCORE.USER_PAID',
  summary: '',
  create_time: '',
  out_order_no: 'S1',
  notify_url: 'http://127.0.0.1:9/',
  resource: {},
  nonce: '0123456789ab',
  state: 'pending',
  scheduled_sends: 0,
  due_ms: 0,
  attempts: [],
};

/** When each send falls due, in seconds after the first, while nobody acknowledges. */
function offsetsOf(schedule: Schedule | undefined): number[] {
  const offsets: number[] = [];
  let notification: Notification = schedule === undefined ? fresh : { ...fresh, schedule };
  while (notification.due_ms !== undefined) {
    offsets.push(notification.due_ms / 1000);
    const attempt = { time: '', status: 500 };
    notification = afterAttempt(notification, attempt, 'scheduled', notification.due_ms);
  }
  assert.equal(notification.state, 'given_up');
  return offsets;
}

const TEN = [0, 15, 30, 60, 240, 2040, 3840, 5640, 7440, 11_040];

test('sends ten times, at 0, 15, 30, 60, 240, 2040, 3840, 5640, 7440 and 11040 s', () => {
  assert.deepEqual(offsetsOf('current'), TEN);
  assert.deepEqual(offsetsOf(undefined), TEN);
});

test('repeated fifteen times in 2020, the last time after 86640 s', () => {
  assert.deepEqual(
    offsetsOf('2020'),
    [
      0, 15, 30, 60, 240, 840, 2040, 3840, 5640, 7440, 11_040, 21_840, 32_640, 43_440, 65_040,
      86_640,
    ],
  );
});

test('sends fifteen times where the first one counts', () => {
  assert.deepEqual(offsetsOf('fifteen_sends'), offsetsOf('2020').slice(0, 15));
});

test('repeats authorisations every hour for three days', () => {
  const offsets = offsetsOf('three_days');
  assert.deepEqual(offsets.slice(0, 10), TEN);
  const hours = offsets.slice(9);
  assert.ok(hours.every((offset, i) => offset === 11_040 + i * 3600));
  const last = offsets.at(-1) ?? 0;
  assert.ok(last <= 259_200 && last > 259_200 - 3600);
});

test('keeps a notification delivered whatever a later attempt is answered', () => {
  const delivered = afterAttempt(fresh, { time: '', status: 204 }, 'by-hand', 0);
  const after = afterAttempt(delivered, { time: '', status: 500 }, 'scheduled', 0);
  assert.deepEqual([after.state, after.due_ms, after.attempts.length], ['delivered', undefined, 2]);
});

for (const status of [201, 202, 301, 400, 503, undefined]) {
  test(`takes ${status ?? 'no answer'} for no acknowledgement`, () => {
    const attempt = status === undefined ? { time: '', error: 'timeout' } : { time: '', status };
    assert.equal(afterAttempt(fresh, attempt, 'scheduled', 0).due_ms, 15_000);
  });
}
