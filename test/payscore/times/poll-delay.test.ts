/** How long to wait between two looks at an order that WeChat is charging. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_POLL_DELAYS_MS, pollDelay } from '../../../payscore/times/poll-delay.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const first = { attempt: 1, elapsedMs: 0, delaysMs: DEFAULT_POLL_DELAYS_MS, random: 0.5 };

for (const [index, minutes] of [1, 5, 15, 30, 60, 120, 240].entries()) {
  test(`waits ${minutes} min after attempt ${index + 1}`, () => {
    assert.equal(pollDelay({ ...first, attempt: index + 1 }), minutes * MINUTE);
  });
}

for (const [elapsedMs, delayMs] of [
  [8 * HOUR, 6 * HOUR],
  [7 * DAY - 1, 6 * HOUR],
  [7 * DAY, DAY],
  [400 * DAY, DAY],
] as const) {
  test(`waits ${delayMs / HOUR} h when ${Math.floor(elapsedMs / HOUR)} h have passed`, () => {
    for (const attempt of [8, 9, 1000]) {
      assert.equal(pollDelay({ ...first, attempt, elapsedMs }), delayMs);
    }
  });
}

for (const [random, factor] of [
  [0, 0.9],
  [0.25, 0.95],
  [1, 1.1],
] as const) {
  test(`a random number of ${random} makes the delay ${factor} times as long`, () => {
    for (const attempt of [1, 3, 9]) {
      const even = pollDelay({ ...first, attempt });
      assert.equal(pollDelay({ ...first, attempt, random }), Math.round(even * factor));
    }
  });
}

test('takes the delays that it is given, and 6 h after the last of them', () => {
  const delays = [1, 2, 3].map((attempt) => pollDelay({ ...first, attempt, delaysMs: [10, 20] }));
  assert.deepEqual(delays, [10, 20, 6 * HOUR]);
});
