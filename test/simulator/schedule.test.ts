/** The 10-step schedule of notifications. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notification } from '../../simulator/notifications/notification.ts';
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

test('sends ten times, at 0, 15, 30, 60, 240, 2040, 3840, 5640, 7440 and 11040 s', () => {
  const offsets: number[] = [];
  let notification = fresh;
  while (notification.due_ms !== undefined) {
    offsets.push(notification.due_ms / 1000);
    const attempt = { time: '', status: 500 };
    notification = afterAttempt(notification, attempt, 'scheduled', notification.due_ms);
  }
  assert.deepEqual(offsets, [0, 15, 30, 60, 240, 2040, 3840, 5640, 7440, 11_040]);
  assert.equal(notification.state, 'given_up');
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
