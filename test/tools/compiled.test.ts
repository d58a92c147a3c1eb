/** Batches that were compiled are what they were: one of each module, beside the same files, and failing where their sources do. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { compiled, OWN_URL } from '../compiled.ts';

/** @returns what the modules print, each in a process of its own */
async function printed(
  t: TestContext,
  sources: Readonly<Record<string, string>>,
  modules: readonly string[],
) {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-compiled-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(sources)) await writeFile(join(folder, name), text);
  const paths = await compiled(
    modules.map((name) => join(folder, name)),
    folder,
  );
  const lines = paths.map(async (path) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--enable-source-maps', path]);
    return stdout.trim();
  });
  return { folder, lines: await Promise.all(lines) };
}

const COUNTER = `let count = 0;\nexport const next = (): number => ++count;\n`;

test('a module is loaded once in a process, however it is reached, and anew in the next', async (t) => {
  const twice = `await import('./a.ts'); await import('./b.ts');`;
  const { lines } = await printed(
    t,
    {
      'counter.ts': COUNTER,
      'a.ts': `import { next } from './counter.ts';\nconsole.log(next());\n`,
      'b.ts': `import { next } from './counter.ts';\nconsole.log(next());\n`,
      'one.mjs': twice,
      'other.mjs': twice,
    },
    ['one.mjs', 'other.mjs'],
  );
  assert.deepEqual(lines, ['1\n2', '1\n2']);
});

test('a source finds what lies beside it, and fails under its own name and line', async (t) => {
  const { folder, lines } = await printed(
    t,
    {
      'beside.txt': 'beside',
      'reader.ts': [
        `import { readFileSync } from 'node:fs';`,
        `type Line = string;`,
        `const text: Line = readFileSync(new URL('beside.txt', ${OWN_URL}), 'utf8');`,
        `console.log(text, new Error('so').stack);`,
      ].join('\n'),
      'batch.mjs': `await import('./reader.ts');`,
    },
    ['batch.mjs'],
  );
  assert.match(lines[0] ?? '', /^beside Error: so/);
  assert.ok(lines[0]?.includes(`${join(folder, 'reader.ts')}:4:`), lines[0]);
});
