import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skippingEnvironment } from '../../support/skipping-environment.ts';
import { accepts, closes, nextLine, script } from '../support.ts';

test('the time-skipping server is one that the SDK can use, and that skips time', async (t) => {
  const { environment, stop } = await skippingEnvironment();
  t.after(stop);

  const before = await environment.currentTimeMs();
  await environment.sleep('60 days');

  assert.ok((await environment.currentTimeMs()) - before >= 60 * 24 * 3600 * 1000);
});

test('the time-skipping server ends with a starter that is killed', async (t) => {
  const starter = script(t, 'starter.ts', ['time-skipping']);
  const port = Number(await nextLine(starter));
  assert.ok(await accepts(port));

  starter.process.kill('SIGKILL');

  assert.ok(await closes(port));
});
