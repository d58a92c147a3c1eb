/**
 * All tests, or those whose paths begin as the arguments say: `npm test -- test/api test/workflows/cancel`.
 * Beside them runs one Temporal server, on which every stack that does not stop or set up its own has its own merchant.
 */
import { setMaxListeners } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { ROOT } from '../local/settings.ts';
import { startTemporal } from '../local/temporal-server.ts';
import { batchesOf, moduleOf } from './batches.ts';
import { diceOf } from './chaos/dice.ts';
import { SHARED_TEMPORAL } from './support/shared-temporal.ts';

/** More than there are processors, as many of them wait. */
const AT_ONCE = 5;
const LONGEST_BATCH_MS = 900_000;
const FIRST = ['chaos'];
/** The rest ends the run: what waits is not begun last. */
const BESIDE_WAITING = 0.6;
/** For an answer, or for a time to be over. */
const WAITING = ['never-authorised', 'strict', 'workflows', 'api'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'at-once': { type: 'string' }, shuffle: { type: 'string' } },
});
const files = (await testFiles()).filter(
  (file) => positionals.length === 0 || positionals.some((start) => file.startsWith(start)),
);
if (files.length === 0) throw new TypeError(`no test begins with ${positionals.join(' or ')}`);

const temporal = await startTemporal();
process.env[SHARED_TEMPORAL] = temporal.address;
const folder = await mkdtemp(join(tmpdir(), 'payscore-tests-'));
const ending = new AbortController();
setMaxListeners(0, ending.signal); // one for each batch
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
try {
  const batches = besideEachOther(batchesOf(inOrder(files)));
  const results = run({
    files: await Promise.all(batches.map((batch, nth) => moduleOf(batch, folder, nth))),
    concurrency: Number(values['at-once'] ?? AT_ONCE),
    timeout: LONGEST_BATCH_MS,
    signal: ending.signal,
  });
  results.on('test:fail', () => (process.exitCode = 1));
  for await (const text of results.compose(new spec())) process.stdout.write(text);
} finally {
  await temporal.stop();
  await rm(folder, { recursive: true, force: true });
}

async function testFiles(): Promise<string[]> {
  const found = await readdir(join(ROOT, 'test'), { recursive: true });
  return found.filter((file) => file.endsWith('.test.ts')).map((file) => join('test', file));
}

/** Which file is begun when decides no result: `--shuffle 7` tries it. */
function inOrder(all: readonly string[]): string[] {
  if (values.shuffle !== undefined) return diceOf(Number(values.shuffle), 'files').shuffled(all);
  return all.toSorted();
}

/** What takes longest is begun first, and what mostly waits runs beside what mostly computes. */
function besideEachOther(batches: readonly string[][]): string[][] {
  const isOf = (folders: readonly string[]) => (batch: readonly string[]) =>
    folders.includes(batch[0]?.split('/')[1] ?? '');
  const first = batches.filter(isOf(FIRST));
  const waiting = batches.filter(isOf(WAITING));
  const computing = batches.filter((batch) => !isOf([...FIRST, ...WAITING])(batch));
  const share = (BESIDE_WAITING * computing.length) / Math.max(waiting.length, 1);
  return [
    ...first,
    ...waiting.flatMap((batch, nth) => [
      batch,
      ...computing.slice(Math.round(nth * share), Math.round((nth + 1) * share)),
    ]),
    ...computing.slice(Math.round(waiting.length * share)),
  ];
}
