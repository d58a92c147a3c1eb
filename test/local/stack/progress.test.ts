import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { step } from '../../../local/stack/progress.ts';

test('a step says what it does, that it goes on, and how long it took', async (t) => {
  const lines = terminal(t);
  t.mock.timers.enable({ apis: ['setInterval'] });

  await step('Building', async () => t.mock.timers.tick(31_000));

  assert.deepEqual(lines.map(withoutSeconds), [
    'Building …',
    'Building: goes on, N s',
    'Building: goes on, N s',
    'Building: done in N s',
  ]);
});

test('a step that fails says so', async (t) => {
  const lines = terminal(t);
  const fail = async () => {
    throw new Error('no compiler');
  };

  await assert.rejects(step('Building', fail), { message: 'no compiler' });

  assert.deepEqual(lines.map(withoutSeconds), ['Building …', 'Building: failed after N s']);
});

function terminal(t: TestContext): string[] {
  const lines: string[] = [];
  t.mock.method(process.stderr, 'write', (text: string) => lines.push(text.trimEnd()));
  return lines;
}

function withoutSeconds(line: string): string {
  return line.replace(/[\d.]+ s/, 'N s');
}
