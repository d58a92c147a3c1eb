/** How long what was sent may still arrive. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  arrivedBy,
  lastArrivalOf,
  SEND_WITHIN_MS,
  LATE_ARRIVAL_MS,
} from '../../../payscore/times/in-flight.ts';

test('an attempt may arrive as long as its signature is valid, which is 300 s, and longer by other clocks', () => {
  assert.ok(LATE_ARRIVAL_MS > 300_000);
});

test('a worker sends what it has in hand for less long than a caller waits for a creation', () => {
  assert.ok(SEND_WITHIN_MS < 60_000);
});

for (const brokenOffAt of ['2026-10-01T04:00:00.000Z', '2026-10-01T12:00:00+08:00']) {
  test(`of a run that was broken off at ${brokenOffAt} everything has arrived 360 s later`, () => {
    assert.equal(arrivedBy(brokenOffAt), '2026-10-01T04:06:00.000Z');
  });
}

test('until a moment that is told something may arrive, and where none is told nothing may', () => {
  const mayArriveUntil = '2026-10-01T04:06:00.000Z';
  assert.equal(lastArrivalOf({ mayArriveUntil }), Date.parse(mayArriveUntil));
  assert.equal(lastArrivalOf({}), 0);
});
