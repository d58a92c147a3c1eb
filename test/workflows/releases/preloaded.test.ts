/** The workflows' modules are loaded once for all runs: what one of them kept, every order would see, and no replay could repeat. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../../../local/stack/settings.ts';
import { inService } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

const FOLDERS = ['workflows', 'payscore', 'words'];

describe('the workflows’ modules', () => {
  it('keep nothing', async () => {
    const kept = (await Promise.all(FOLDERS.map(keptIn))).flat();
    assert.deepEqual(kept, []);
  });

  it('are seen to keep something, where they do', () => {
    const source = [
      'let count = 0;',
      'const seen = new Set<string>();',
      'const known: ReadonlySet<string> = new Set();',
      'const list: string[] = [];',
      'const fixed = 3;',
    ];
    assert.deepEqual(keptOf('x.ts', source.join('\n')), [
      'x.ts: count',
      'x.ts: seen',
      'x.ts: list',
    ]);
  });
});

describe('the web UI’s Call Stack', () => {
  const stage = useStack();

  it('names who waits', async () => {
    const { out_order_no } = await inService(stage.stack);
    const stack = await stage.stack.run(out_order_no).query<string>('__stack_trace');
    assert.match(stack, /at .*serviceOrder|service-order\/workflow\.ts/);
  });
});

async function keptIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true });
  const files = entries.filter((name) => name.endsWith('.ts'));
  const kept = await Promise.all(
    files.map(async (name) => keptOf(name, await readFile(join(ROOT, folder, name), 'utf8'))),
  );
  return kept.flat();
}

/** What stands at the beginning of a line is of the module: our sources are formatted. */
const CHANGING = [
  /^(?:export )?(?:let|var) (\w+)/,
  /^(?:export )?const (\w+)(?!: Readonly)(?:: [^=]+)? = new (?:Map|Set|WeakMap|WeakSet)\b/,
  /^(?:export )?const (\w+)(?!: readonly)(?:: [^=]+)? = \[\];/,
];

/** Variables of a module that can change. */
function keptOf(name: string, text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const [, variable] = CHANGING.map((pattern) => pattern.exec(line)).find((found) => found) ?? [];
    return variable === undefined ? [] : [`${name}: ${variable}`];
  });
}
