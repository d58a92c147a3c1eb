/** Temporal's clock as a worker knows it: never behind what Temporal has said, whatever happens to the machine's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createClock } from '../../worker/clock.ts';
import { holds } from '../properties/holds.ts';

const NOON = Date.UTC(2026, 9, 1, 4);
const HOUR_MS = 3_600_000;

/** A worker on a machine whose clock differs from Temporal's by so many milliseconds. */
function workerWith(differenceMs: number) {
  const heard: { worker: string; temporal: string }[] = [];
  let difference = differenceMs;
  let temporalNow = NOON;
  let elapsed = 12_345;
  const clock = createClock((clocks) => void heard.push(clocks), {
    now: () => temporalNow + difference,
    elapsed: () => elapsed,
  });
  const { fn } = clock.sinks.clock.measured;
  return {
    clock,
    heard,
    pass(ms: number) {
      temporalNow += ms;
      elapsed += ms;
    },
    /** The machine sleeps for so long. */
    sleep: (ms: number) => void (temporalNow += ms),
    setWrong: (ms: number) => void (difference = ms),
    /** What Temporal said so long ago. */
    look: (lateMs = 0) => void fn(undefined as never, temporalNow - lateMs),
    ahead: () => clock.now().getTime() - temporalNow,
  };
}

test('a worker that has not heard of Temporal has the machine’s clock', () => {
  const { clock, ahead } = workerWith(7_000);
  assert.equal(ahead(), 7_000);
  assert.equal(clock.difference(), '');
  assert.ok(Math.abs(createClock().now().getTime() - Date.now()) < 1_000);
});

for (const differenceMs of [-HOUR_MS, -7_000, -1, 0, 1, 7_000, HOUR_MS]) {
  test(`a clock that is ${differenceMs} ms ahead counts no more after one look`, () => {
    const { look, ahead, pass } = workerWith(differenceMs);
    look();
    assert.equal(ahead(), 0);
    pass(86_400_000);
    assert.equal(ahead(), 0);
  });
}

for (const wrongMs of [-HOUR_MS, -10_000, 10_000, HOUR_MS]) {
  test(`a clock that is set wrong by ${wrongMs} ms counts no more after the next look`, () => {
    const { look, ahead, setWrong, pass } = workerWith(0);
    look();
    setWrong(wrongMs);
    assert.equal(ahead(), Math.max(wrongMs, 0));
    pass(1_000);
    look(9);
    assert.equal(ahead(), -9);
  });
}

test('a machine that slept has the time that its clock says until the next look', () => {
  const { look, ahead, sleep } = workerWith(0);
  look();
  sleep(HOUR_MS);
  assert.equal(ahead(), 0);
  look();
  assert.equal(ahead(), 0);
});

test('what a worker that was stopped had been told before is no news', () => {
  const { look, ahead, pass } = workerWith(40_000);
  look();
  pass(60_000);
  for (let n = 0; n < 100; n++) look(60_000);
  assert.equal(ahead(), 0);
  look(59_401);
  assert.equal(ahead(), 0);
  look(600);
  assert.equal(ahead(), -600, 'by so much clocks may have drifted apart in a minute');
});

test('whatever is told late or out of order, and however the clock is set, nothing that is too late is in time', async () => {
  const anyDeed = fc.oneof(
    fc.record({ deed: fc.constant('pass' as const), ms: fc.nat(120_000) }),
    fc.record({ deed: fc.constant('look' as const), ms: fc.nat(300_000) }),
    fc.record({
      deed: fc.constant('set' as const),
      ms: fc.integer({ min: -HOUR_MS, max: HOUR_MS }),
    }),
  );
  await holds(
    500,
    fc.asyncProperty(fc.array(anyDeed, { maxLength: 60 }), async (deeds) => {
      const { look, ahead, pass, setWrong } = workerWith(0);
      look();
      let passed = 0;
      for (const { deed, ms } of deeds) {
        if (deed === 'look') look(ms);
        if (deed === 'set') setWrong(ms);
        if (deed === 'pass') pass(ms);
        if (deed === 'pass') passed += ms;
        assert.ok(ahead() >= -0.01 * passed - 1, `${ahead()} ms after ${passed} ms`);
      }
      look();
      assert.ok(Math.abs(ahead()) <= 0.01 * passed + 1, `${ahead()} ms at the end`);
    }),
  );
});

for (const [differenceMs, isTold] of [
  [5_000, false],
  [5_001, true],
  [-5_000, false],
  [-5_001, true],
] as const) {
  test(`clocks that are ${differenceMs} ms apart are ${isTold ? '' : 'not '}told of, once`, () => {
    const { clock, heard, look } = workerWith(differenceMs);
    assert.deepEqual([heard, clock.difference()], [[], '']);
    for (let n = 0; n < 50; n++) look();
    const worker = new Date(NOON + differenceMs).toISOString();
    const temporal = new Date(NOON).toISOString();
    assert.deepEqual(heard, isTold ? [{ worker, temporal }] : []);
    const words = ` (its clock says ${worker}, Temporal’s ${temporal})`;
    assert.equal(clock.difference(), isTold ? words : '');
  });
}

test('clocks that are apart once more are told of once more', () => {
  const { clock, heard, look, setWrong } = workerWith(10_000);
  look();
  assert.equal(heard.length, 1);
  setWrong(0);
  look();
  assert.equal(clock.difference(), '');
  setWrong(-10_000);
  look();
  assert.equal(heard.length, 2);
});

test('what is replayed is no look at the clock', () => {
  assert.equal(createClock().sinks.clock.measured.callDuringReplay, false);
});
