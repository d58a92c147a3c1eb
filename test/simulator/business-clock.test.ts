/** The business clock: its course, and the alarms that follow it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBusinessClock } from '../../simulator/business-clock.ts';
import { openJournal } from '../../simulator/journal.ts';

const clockOf = (factor?: number, journal = openJournal(undefined)) =>
  createBusinessClock(journal.collection('clock'), factor);

test('runs with real time unless told otherwise', () => {
  assert.ok(Math.abs(clockOf().now() - Date.now()) < 1000);
});

test('runs as many times faster as its factor', async () => {
  const clock = clockOf(1000);
  const before = clock.now();
  await sleep(100);
  const passed = clock.now() - before;
  assert.ok(passed >= 99_000 && passed < 10_000_000, `${passed}`);
});

test('goes on from where it was when its factor changes', () => {
  const clock = clockOf();
  clock.set({ now: new Date('2030-01-01T00:00:00Z') });
  clock.set({ factor: 5 });
  assert.ok(clock.now() - Date.parse('2030-01-01T00:00:00Z') < 60_000);
});

test('rings an alarm once when it is due, earlier when set forward, never when called off', async (t) => {
  const clock = clockOf();
  t.after(() => clock.stop());
  const rung: string[] = [];
  clock.runAt(clock.now() + 3_600_000, () => rung.push('in an hour'));
  clock.runAt(clock.now() + 7_200_000, () => rung.push('in two hours'));
  clock.runAt(clock.now() + 1000, () => rung.push('called off'))();
  await sleep(20);
  assert.deepEqual(rung, []);
  clock.set({ now: new Date(clock.now() + 3_600_000) });
  await sleep(50);
  assert.deepEqual(rung, ['in an hour']);
});

test('waits longer than one timer can', async (t) => {
  const clock = clockOf();
  t.after(() => clock.stop());
  let rung = false;
  clock.runAt(clock.now() + 2 ** 33, () => (rung = true));
  await sleep(50);
  assert.equal(rung, false);
});

test('keeps its course in the journal; a factor that is asked for wins', () => {
  const journal = openJournal(undefined);
  const settings = journal.collection<{ real: number; business: number; factor: number }>('clock');
  createBusinessClock(settings, 2).set({ now: new Date('2030-01-01T00:00:00Z') });
  const again = createBusinessClock(settings, undefined);
  assert.equal(again.factor(), 2);
  assert.ok(again.now() >= Date.parse('2030-01-01T00:00:00Z'));
  assert.equal(createBusinessClock(settings, 3).factor(), 3);
});
