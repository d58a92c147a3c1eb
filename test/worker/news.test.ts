/** What a run says twice, because its task was done once more, is counted once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNews } from '../../worker/news.ts';

test('the same of the same run is no news within a minute', () => {
  let now = 0;
  const isNews = createNews(() => now);
  assert.equal(isNews('run 1', 'phase', 'paid'), true);
  now = 59_999;
  assert.equal(isNews('run 1', 'phase', 'paid'), false);
  assert.equal(isNews('run 2', 'phase', 'paid'), true);
  assert.equal(isNews('run 1', 'phase', 'paying'), true);
  now = 60_000;
  assert.equal(isNews('run 1', 'phase', 'paid'), true);
});

test('what it remembers is bounded, whatever it hears: the oldest goes', () => {
  const isNews = createNews(() => 0);
  for (let run = 0; run < 25_000; run++) isNews(`run ${run}`);
  assert.equal(isNews('run 24999'), false);
  assert.equal(isNews('run 0'), true);
});
