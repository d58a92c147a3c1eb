/** One load at a time, and not sooner than an interval after the last. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRefresh } from '../../wechatpay/refresh.ts';

const MINUTE_MS = 60_000;

function counting(load: () => Promise<void> = async () => undefined) {
  const seen = { loads: 0, failures: [] as unknown[], at: 0 };
  const refresh = createRefresh({
    load: () => {
      seen.loads += 1;
      return load();
    },
    minIntervalMs: MINUTE_MS,
    now: () => new Date(seen.at),
    onFailure: (error) => void seen.failures.push(error),
  });
  return { seen, refresh };
}

test('a hundred who ask at once share one load', async () => {
  const { seen, refresh } = counting(() => new Promise((resolve) => setTimeout(resolve, 20)));
  await Promise.all(Array.from({ length: 100 }, refresh));
  assert.equal(seen.loads, 1);
});

test('loads again after the interval, and not before', async () => {
  const { seen, refresh } = counting();
  const loadsAt = async (at: number) => {
    seen.at = at;
    await refresh();
    return seen.loads;
  };
  const loads = [];
  for (const at of [0, 1, MINUTE_MS - 1, MINUTE_MS, 2 * MINUTE_MS - 1, 2 * MINUTE_MS]) {
    loads.push(await loadsAt(at));
  }
  assert.deepEqual(loads, [1, 1, 1, 2, 2, 3]);
});

test('two loads never run at once, however long one takes', async () => {
  let running = 0;
  const { seen, refresh } = counting(async () => {
    assert.equal(++running, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
  });
  const first = refresh();
  seen.at = MINUTE_MS;
  await Promise.all([first, refresh()]);
  assert.deepEqual([seen.loads, seen.failures], [2, []]);
});

test('never fails, tells of the failure, and is tried again after the interval', async () => {
  const { seen, refresh } = counting(() => Promise.reject(new Error('away')));
  await refresh();
  await refresh();
  seen.at = MINUTE_MS;
  await refresh();
  assert.equal(seen.loads, 2);
  assert.equal(seen.failures.length, 2);
});

test('a clock that was set back does not stop the loading', async () => {
  const { seen, refresh } = counting();
  seen.at = 100 * MINUTE_MS;
  await refresh();
  seen.at = 0;
  await refresh();
  assert.equal(seen.loads, 2);
});
