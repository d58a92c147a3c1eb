/** How many are let in at once, by what a second has shown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  bearableOf,
  BOUNDS,
  limitAfter,
  TARGET_MS,
  type Second,
} from '../../../api/admission/limit.ts';
import { holds } from '../../properties/holds.ts';

const { floor, start, ceiling } = BOUNDS;
const some = fc.double({ min: 0, max: 60_000, noNaN: true });
const second: fc.Arbitrary<Second> = fc.record({
  bearable: fc.option(some, { nil: undefined }),
  isReached: fc.boolean(),
});

test('it never falls below its floor, never rises above its ceiling, and never shrinks by more than half', async () => {
  await holds(
    500,
    fc.asyncProperty(fc.array(second, { maxLength: 200 }), async (seconds) => {
      let limit: number = start;
      for (const it of seconds) {
        const next = limitAfter(limit, it);
        assert.ok(next >= floor && next <= ceiling, String(next));
        assert.ok(next >= Math.max(floor, limit / 2), `${limit} → ${next}`);
        limit = next;
      }
    }),
  );
});

test('the longer requests take to be taken, the fewer are let in', async () => {
  await holds(
    500,
    fc.asyncProperty(some, some, async (one, other) => {
      const after = (ms: number) =>
        limitAfter(start, { bearable: bearableOf(start, ms), isReached: true });
      assert.ok(after(Math.max(one, other)) <= after(Math.min(one, other)));
    }),
  );
  assert.equal(
    limitAfter(start, { bearable: bearableOf(start, 1.5 * TARGET_MS), isReached: true }),
    start / 1.5,
  );
});

/** Requests that are under way wait for each other: so many of them make each wait so long. What is seen is three seconds old. */
function playOn(perSecond: number, limit: number, seconds: number): number {
  const earlier = [limit, limit, limit];
  for (let nth = 0; nth < seconds; nth++) {
    const amid = earlier.shift() ?? limit;
    const bearable = bearableOf(amid, 50 + (amid / perSecond) * 1_000);
    limit = limitAfter(limit, { bearable, isReached: true });
    earlier.push(limit);
  }
  return limit;
}

test('it follows what can be served, down and up again', async () => {
  const perSecond = fc.double({ min: 2 * floor, max: 500, noNaN: true });
  await holds(
    200,
    fc.asyncProperty(perSecond, perSecond, async (before, after) => {
      const near = (limit: number, served: number) => {
        const best = (served * TARGET_MS) / 1_000;
        assert.ok(limit > best * 0.8 - 1 && limit < best * 1.1 + 1, `${limit} for ${served}/s`);
      };
      const first = playOn(before, start, 60);
      near(first, before);
      near(playOn(after, first, 60), after);
    }),
  );
});

test('requests that are taken at once, and wait for a slow WeChat Pay, keep nobody out for long', () => {
  let limit: number = start;
  for (let nth = 0; nth < 10; nth++) {
    limit = limitAfter(limit, { bearable: bearableOf(limit, 50), isReached: true });
  }
  assert.ok(limit > 2 * start, String(limit));
  for (let nth = 0; nth < 60; nth++) limit = limitAfter(limit, { bearable: 1e6, isReached: true });
  assert.equal(limit, ceiling);
});

test('where nobody is taken at all it stays: Temporal or the workers are away, and come back', () => {
  for (const limit of [floor, start, 200]) {
    assert.equal(limitAfter(limit, { bearable: undefined, isReached: true }), limit);
  }
});

test('when it is quiet it is back within half a minute at what serves a burst, from below and above', async () => {
  const quiet = fc.constantFrom<Second>(
    { bearable: 5_000, isReached: false },
    { bearable: 5_000, isReached: false },
  );
  await holds(
    200,
    fc.asyncProperty(
      fc.double({ min: floor, max: 1_000, noNaN: true }),
      quiet,
      async (from, it) => {
        let limit = from;
        for (let nth = 0; nth < 30; nth++) limit = limitAfter(limit, it);
        assert.equal(Math.round(limit), start);
      },
    ),
  );
});
