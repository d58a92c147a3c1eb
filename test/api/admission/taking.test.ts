/** How soon requests are taken, and how one sees that nothing is. */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import { createTaking, type Taking } from '../../../api/admission/taking.ts';

const deadline = Object.assign(new Error('4 DEADLINE_EXCEEDED'), { code: 4 });

function takingAt() {
  let ms = 0;
  const taking = createTaking(() => ms);
  const heard: unknown[] = [];
  taking.hear({
    underWay: () => 7,
    note: (what, sample) => heard.push({ what, ...sample }),
  });
  return { taking, heard, pass: (by: number) => void (ms += by) };
}

/** An update that is taken, or not, when the test says so. */
function update({ interceptor }: Taking) {
  let end: (error?: Error) => void = () => undefined;
  const done = interceptor.startUpdate?.(
    {} as never,
    () =>
      new Promise<never>((resolve, reject) => {
        end = (error) => (error === undefined ? resolve(undefined as never) : reject(error));
      }),
  );
  const settled = Promise.resolve(done).catch(() => undefined);
  return async (error?: Error) => {
    end(error);
    await settled;
    await setImmediate();
  };
}

test('it tells of each request how long it took, and of one that was not taken in time, too', async () => {
  const { taking, heard, pass } = takingAt();
  const first = update(taking);
  pass(300);
  await first();
  const second = update(taking);
  pass(6_000);
  await second(deadline);
  assert.deepEqual(heard, [
    { what: 'change', amid: 7, ms: 300, isTaken: true },
    { what: 'change', amid: 7, ms: 6_000, isTaken: false },
  ]);
});

test('what Temporal refuses is no measure', async () => {
  const { taking, heard } = takingAt();
  await update(taking)(new Error('no such run'));
  assert.deepEqual(heard, []);
});

test('nothing is taken, where for 2 s nothing was that waits', async () => {
  const { taking, pass } = takingAt();
  update(taking);
  pass(2_000);
  assert.equal(taking.isStalled(), false);
  pass(1);
  assert.equal(taking.isStalled(), true);
});

test('where something is taken all the time, there is only too much', async () => {
  const { taking, pass } = takingAt();
  update(taking);
  for (let second = 0; second < 10; second++) {
    const other = update(taking);
    pass(1_000);
    await other();
    assert.equal(taking.isStalled(), false);
  }
});

test('a new request that follows one that nobody took finds it as it was', async () => {
  const { taking, pass } = takingAt();
  const first = update(taking);
  pass(6_000);
  await first(deadline);
  update(taking);
  assert.equal(taking.isStalled(), true);
});

test('nothing is taken from the moment that Temporal cannot be reached until something is', async () => {
  const { taking } = takingAt();
  await update(taking)(Object.assign(new Error('14 UNAVAILABLE'), { code: 14 }));
  assert.equal(taking.isStalled(), true);
  await update(taking)();
  assert.equal(taking.isStalled(), false);
});

test('that nobody waits at this moment says nothing, shortly after a failure', async () => {
  const { taking, pass } = takingAt();
  const first = update(taking);
  pass(6_000);
  await first(deadline);
  assert.equal(taking.isStalled(), true);
});

test('what was taken after a failure makes it forgotten', async () => {
  const { taking, pass } = takingAt();
  const first = update(taking);
  pass(6_000);
  await first(deadline);
  await update(taking)();
  pass(5_000);
  update(taking);
  assert.equal(taking.isStalled(), false);
});

test('an hour in which nobody asked is no standstill', async () => {
  const { taking, pass } = takingAt();
  const first = update(taking);
  pass(6_000);
  await first(deadline);
  pass(3_600_000);
  assert.equal(taking.isStalled(), false);
  const second = update(taking);
  assert.equal(taking.isStalled(), false);
  await second();
  pass(3_600_000);
  update(taking);
  assert.equal(taking.isStalled(), false);
});
