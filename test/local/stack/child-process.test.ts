import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startChild, type Child } from '../../../local/stack/child-process.ts';
import { accepts, closes, nextLine, script } from '../support.ts';

const AT_ONCE = { timeout: 10_000 };

const shell = (body: string) => ({ name: 'a shell', command: '/bin/sh', args: ['-c', body] });

test('every line of a child is heard before its end, an unfinished last one too', async () => {
  const heard: string[] = [];
  const child = startChild({
    ...shell('seq 20000; echo error >&2; printf unfinished; exit 7'),
    onLine: (line) => heard.push(line),
    onExit: (exit) => heard.push(`exit ${exit.code}`),
  });

  assert.deepEqual(await child.exited, { code: 7, signal: null });
  assert.equal(heard.length, 20_003);
  assert.ok(heard.includes('error'));
  assert.deepEqual(heard.slice(-1), ['exit 7']);
  assert.ok(heard.includes('unfinished'));
});

test('a child that nobody listens to is not held up by its output', AT_ONCE, async () => {
  const child = startChild(shell('seq 300000'));

  assert.deepEqual(await child.exited, { code: 0, signal: null });
});

test('a child sees our environment and what is added to it', async (t) => {
  process.env.PAYSCORE_TEST = 'ours';
  t.after(() => delete process.env.PAYSCORE_TEST);
  const heard: string[] = [];
  const child = startChild({
    ...shell('echo $PAYSCORE_TEST $ADDED'),
    env: { ADDED: 'added' },
    onLine: (line) => heard.push(line),
  });

  await child.exited;
  assert.deepEqual(heard, ['ours added']);
});

test('a stopped child may end in order', async () => {
  const child = await started('trap "exit 3" TERM');
  await child.stop();

  assert.deepEqual(await child.exited, { code: 3, signal: null });
});

test('a child that does not end when it is told to is killed', AT_ONCE, async () => {
  const child = await started('trap "" TERM');
  await child.stop();

  assert.deepEqual(await child.exited, { code: null, signal: 'SIGKILL' });
});

test('stopping a child that has ended does nothing', async () => {
  const child = startChild(shell('exit 0'));
  await child.exited;

  await child.stop();
});

test('what a child has started ends with a starter that is killed', async (t) => {
  const starter = script(t, 'starter.ts', ['grandchild']);
  const port = Number(await nextLine(starter));
  assert.ok(await accepts(port));

  starter.process.kill('SIGKILL');

  assert.ok(await closes(port));
});

/** A shell that has set its trap, and stays. */
async function started(trap: string): Promise<Child> {
  return await new Promise((resolve) => {
    const child = startChild({
      ...shell(`${trap}; echo ready; while :; do sleep 0.1; done`),
      graceMs: 300,
      onLine: () => resolve(child),
    });
  });
}
