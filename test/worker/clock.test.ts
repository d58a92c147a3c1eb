/** The worker's clock beside Temporal's: by Temporal's an attempt is too late, whatever this one says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClock } from '../../worker/clock.ts';

const NOON = Date.UTC(2026, 9, 1, 4);

/** A worker whose clock differs from Temporal's by so many milliseconds; it hears of Temporal's after a while. */
function workerWith(differenceMs: number) {
  const heard: { worker: string; temporal: string }[] = [];
  let difference = differenceMs;
  let temporalNow = NOON;
  const clock = createClock(
    (clocks) => void heard.push(clocks),
    () => temporalNow + difference,
  );
  const { fn } = clock.sinks.clock.measured;
  return {
    clock,
    heard,
    pass: (ms: number) => void (temporalNow += ms),
    setWrong: (ms: number) => void (difference = ms),
    /** So many looks, each so late. */
    look(times: number, lateMs = 0) {
      for (let n = 0; n < times; n++) void fn(undefined as never, temporalNow - lateMs);
    },
    ahead: () => clock.now().getTime() - temporalNow,
  };
}

test('by itself a worker’s clock is the one that it has', () => {
  const { clock, ahead } = workerWith(7_000);
  assert.equal(ahead(), 7_000);
  assert.equal(clock.difference(), '');
  assert.ok(Math.abs(createClock().now().getTime() - Date.now()) < 1_000);
});

test('two looks are not enough, for one may have been made by a worker that was stopped in the middle of it', () => {
  const { look, ahead } = workerWith(7_000);
  look(2);
  assert.equal(ahead(), 7_000);
  look(1);
  assert.equal(ahead(), 0);
});

for (const differenceMs of [-3_600_000, -7_000, -1, 0, 1, 7_000, 3_600_000]) {
  test(`a clock that is ${differenceMs} ms ahead is set right`, () => {
    const { look, ahead, pass } = workerWith(differenceMs);
    look(3);
    assert.equal(ahead(), 0);
    pass(86_400_000);
    assert.equal(ahead(), 0);
  });
}

test('of the looks the third nearest counts: whatever is late only seems to be ahead', () => {
  const { look, ahead } = workerWith(7_000);
  look(5, 60_000);
  assert.equal(ahead(), -60_000);
  look(1, 20);
  look(1, 10);
  assert.equal(ahead(), -60_000, 'at one or two near looks the clock may just have been set');
  look(1, 30);
  assert.equal(ahead(), -30);
  look(5, 60_000);
  assert.equal(ahead(), -30);
  look(1, 5);
  assert.equal(ahead(), -20);
});

test('two looks at a clock that was set back for a moment count for nothing', () => {
  const { look, ahead, setWrong } = workerWith(0);
  look(10);
  setWrong(-3_600_000);
  look(2);
  setWrong(0);
  for (let n = 0; n < 40; n++) {
    assert.equal(ahead(), 0);
    look(1);
  }
});

test('a worker is never taken for later than it is, whatever the looks are like', () => {
  const { look, ahead } = workerWith(500);
  for (const lateMs of [3, 1_000, 0, 40_000, 17]) {
    look(3, lateMs);
    assert.ok(ahead() <= 0, `${ahead()} ms`);
  }
});

for (const [way, differenceMs, looks] of [
  ['ahead', 10_000, 29],
  ['back', -10_000, 3],
] as const) {
  test(`a clock that is set ${way} meanwhile is known to be so after ${looks} looks`, () => {
    const { look, ahead, setWrong } = workerWith(0);
    look(100);
    setWrong(differenceMs);
    assert.equal(ahead(), differenceMs);
    look(looks - 1);
    assert.equal(ahead(), differenceMs);
    look(1);
    assert.equal(ahead(), 0);
  });
}

for (const [differenceMs, isTold] of [
  [5_000, false],
  [5_001, true],
  [-5_000, false],
  [-5_001, true],
] as const) {
  test(`clocks that are ${differenceMs} ms apart are ${isTold ? '' : 'not '}told of`, () => {
    const { clock, heard, look } = workerWith(differenceMs);
    look(2);
    assert.deepEqual([heard, clock.difference()], [[], '']);
    look(50);
    const worker = new Date(NOON + differenceMs).toISOString();
    const temporal = new Date(NOON).toISOString();
    assert.deepEqual(heard, isTold ? [{ worker, temporal }] : []);
    const words = ` (its clock says ${worker}, Temporal’s ${temporal})`;
    assert.equal(clock.difference(), isTold ? words : '');
  });
}

test('clocks that are apart once more are told of once more', () => {
  const { clock, heard, look, setWrong } = workerWith(10_000);
  look(3);
  assert.equal(heard.length, 1);
  setWrong(0);
  look(3);
  assert.equal(clock.difference(), '');
  setWrong(-10_000);
  look(2);
  assert.equal(heard.length, 1);
  look(1);
  assert.equal(heard.length, 2);
});

test('what is replayed is no look at the clock', () => {
  assert.equal(createClock().sinks.clock.measured.callDuringReplay, false);
});
