/** Tests in batches: nothing is left out, nothing of a file reaches another one, and a failure is one. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { batchesOf, moduleOf } from '../batches.ts';

const nothing = () => '';
const named = (folder: string, count: number) =>
  Array.from({ length: count }, (_, nth) => `test/${folder}/${nth}.test.ts`);

test('every file is in one batch, with others of its room, few enough to share the work', () => {
  const files = [...named('page', 25), ...named('worker', 3), ...named('strict', 8)];
  const batches = batchesOf(files, nothing);
  assert.deepEqual(batches.flatMap((batch) => batch.files).toSorted(), files.toSorted());
  const sizes = (room: string) =>
    batches.filter((batch) => batch.room === room).map((batch) => batch.files.length);
  assert.deepEqual(sizes('page'), [9, 8, 8]);
  assert.deepEqual(sizes('worker'), [1, 1, 1]);
  assert.deepEqual(sizes('strict'), [4, 4]);
});

test('what starts a server or a program has a process of its own', () => {
  const batches = batchesOf(named('api', 3), (file) =>
    file === 'test/api/1.test.ts' ? 'useStack({ temporal: {} })' : '',
  );
  assert.deepEqual(
    batches.map(({ files }) => files),
    [['test/api/1.test.ts'], ['test/api/0.test.ts', 'test/api/2.test.ts']],
  );
});

test('what is quick is in one batch, whatever its room', () => {
  const batches = batchesOf([...named('payscore/rules', 2), ...named('schemas', 2)], nothing);
  assert.deepEqual(
    batches.map(({ room, files }) => [room, files.length]),
    [['quick', 4]],
  );
});

async function ran(
  t: TestContext,
  sources: Readonly<Record<string, string>>,
  {
    longestFileMs,
    stopsAt,
    ...change
  }: { longestFileMs?: number; stopsAt?: string; LEFT_BEHIND_MS?: string } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-batch-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const files = Object.keys(sources).map((name) => join(folder, name));
  for (const [name, text] of Object.entries(sources)) {
    await writeFile(join(folder, name), `import { beforeEach, test } from 'node:test';\n${text}`);
  }
  const path = await moduleOf({ room: 'room', files }, folder, 0, longestFileMs);
  const { NODE_TEST_CONTEXT: _ours, ...env } = process.env;
  return await new Promise<{ code: unknown; output: string }>((resolve) => {
    const args = ['--import', 'tsx/esm', '--test-reporter=tap', path];
    const child = execFile(
      process.execPath,
      args,
      { env: { ...env, ...change } },
      (error, output, errors) =>
        resolve({ code: error === null ? 0 : error.code, output: output + errors }),
    );
    child.stdout?.on('data', (text: string) => {
      if (stopsAt !== undefined && text.includes(stopsAt)) child.kill('SIGTERM');
    });
  });
}

test('hooks of one file do not reach the tests of another', async (t) => {
  const { code, output } = await ran(t, {
    'a.mjs': `let hooks = 0; globalThis.hooks = () => hooks; beforeEach(() => { hooks += 1; }); test('a', () => {});`,
    'b.mjs': `test('b', () => { if (globalThis.hooks() !== 1) throw new Error('reached'); });`,
  });
  assert.equal(code, 0, output);
  assert.match(output, /# pass 2\n/);
});

for (const [what, failing] of [
  ['a test that fails', `test('fails', () => { throw new Error('so'); });`],
  ['a file that cannot be loaded', `throw new Error('so');`],
] as const) {
  test(`${what} fails the batch, and the others are run`, async (t) => {
    const { code, output } = await ran(t, {
      'a.mjs': `test('a', () => {});`,
      'b.mjs': failing,
      'c.mjs': `test('c', () => {});`,
    });
    assert.equal(code, 1);
    assert.match(output, /# pass 2\n/);
    assert.match(output, /not ok 2 - .*b\.mjs/);
  });
}

test('a batch that leaves something behind ends all the same, and fails', async (t) => {
  const { code, output } = await ran(
    t,
    {
      'a.mjs': `test('a', () => void setInterval(() => {}, 1_000));`,
      'b.mjs': `test('b', () => {});`,
    },
    { LEFT_BEHIND_MS: '500' },
  );
  assert.equal(code, 1);
  assert.match(output, /ok 2 - .*b\.mjs/);
  assert.match(output, /Something goes on/);
});

const HANGS = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1_000); test('hangs', () => new Promise(() => console.log('it hangs')));`;

test('a test that hangs is named, and the next file is run', async (t) => {
  const { code, output } = await ran(
    t,
    { 'a.mjs': HANGS, 'b.mjs': `test('b', () => {});` },
    { longestFileMs: 500, LEFT_BEHIND_MS: '500' },
  );
  assert.equal(code, 1);
  assert.match(output, /not ok 1 - hangs/);
  assert.match(output, /ok 2 - .*b\.mjs/);
});

test('a batch that is told to end does, though somebody in it listens for that', async (t) => {
  const { code, output } = await ran(t, { 'a.mjs': HANGS }, { stopsAt: 'it hangs' });
  assert.equal(code, 1);
  assert.doesNotMatch(output, /ok 1 - hangs/);
});
