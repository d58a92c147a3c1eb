/** Temporal's clock, as a worker knows it: by the last look, whatever the machine's clock says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClock } from '../../worker/clock.ts';

const NOON = Date.UTC(2026, 9, 1, 4);
const HOUR_MS = 3_600_000;

/** A worker whose clock differs from Temporal's by so many milliseconds. */
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
  test(`a clock of either that is set by ${wrongMs} ms counts no more after the next look`, () => {
    const { look, ahead, setWrong, pass } = workerWith(0);
    for (let n = 0; n < 100; n++) look();
    setWrong(wrongMs);
    assert.equal(ahead(), wrongMs);
    pass(1_000);
    look(9);
    assert.equal(ahead(), -9);
  });
}

test('a worker that was stopped in a look believes it until the next one', () => {
  const { look, ahead } = workerWith(40_000);
  look();
  look(60_000);
  assert.equal(ahead(), -60_000);
  look();
  assert.equal(ahead(), 0);
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
