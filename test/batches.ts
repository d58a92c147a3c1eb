/**
 * Files that run one after the other in one process: loading the SDK and the sources costs a process more than most files take.
 * What starts programs, or asks what its own process is like, has a process of its own.
 */
import { writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../local/settings.ts';

const LARGEST = 6;
const ALONE = /^test\/(chaos|local|stories|toolchain|tools|worker)\//;

/** A batch never mixes folders: some of them say for their whole process how WeChat Pay is. */
export function batchesOf(files: readonly string[]): string[][] {
  const batches: string[][] = [];
  for (const file of files) {
    const batch = batches.find(
      ([first = '', ...more]) =>
        dirname(first) === dirname(file) && more.length + 1 < LARGEST && !ALONE.test(file),
    );
    if (batch) batch.push(file);
    else batches.push([file]);
  }
  return batches;
}

const BATCH_END = new URL('support/batch-end.ts', import.meta.url).href;

/** @returns the module that runs the batch: each file is a suite, with its own hooks */
export async function moduleOf(files: readonly string[], folder: string, nth: number) {
  const path = join(folder, `batch-${nth}.mjs`);
  const suites = files.map((file, index) => {
    const url = pathToFileURL(resolve(ROOT, file)).href;
    const end = index === files.length - 1 ? 'after(endSoon); ' : '';
    return `describe(${JSON.stringify(file)}, async () => { ${end}await import('${url}'); });`;
  });
  const imports = [
    `import { after, describe } from 'node:test';`,
    `import { endSoon } from '${BATCH_END}';`,
  ];
  await writeFile(path, [...imports, ...suites, ''].join('\n'));
  return path;
}
