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

const ENDS_WITH_PARENT = new URL('support/ends-with-parent.ts', import.meta.url).href;

/** @returns the module that runs the batch: each file is a suite, with its own hooks */
export async function moduleOf(files: readonly string[], folder: string, nth: number) {
  const path = join(folder, `batch-${nth}.mjs`);
  const suites = files.map((file) => {
    const [name, url] = [file, pathToFileURL(resolve(ROOT, file)).href].map((it) =>
      JSON.stringify(it),
    );
    return `describe(${name}, async () => void (await import(${url})));`;
  });
  const imports = [`import { describe } from 'node:test';`, `import '${ENDS_WITH_PARENT}';`];
  await writeFile(path, [...imports, ...suites, ''].join('\n'));
  return path;
}
