/**
 * All tests, those of a tier, or those whose paths begin as the arguments say: `npm test -- test/api test/workflows/details`.
 * Beside them runs one Temporal server, on which every stack that does not stop or set up its own has its own merchant.
 */
import { readFileSync } from 'node:fs';
import { setMaxListeners } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { ROOT } from '../local/stack/settings.ts';
import { startTemporal } from '../local/servers/temporal-server.ts';
import { batchesOf, moduleOf, type Batch } from './batches.ts';
import { compiled } from './compiled.ts';
import { diceOf } from './chaos/dice.ts';
import { tierOf, type Tier } from './tiers.ts';
import { builtPrograms } from './support/build.ts';
import { workflowBundle } from './support/bundle.ts';
import { SHARED_TEMPORAL } from './support/shared-temporal.ts';

/** More than there are processors, as most of them wait. */
const AT_ONCE = 6;
const LONGEST_BATCH_MS = 900_000;
const FIRST = ['chaos'];
/** More of them at first: the flows that come first wait longest. */
const BESIDE_WAITING = 1.2;
/** For an answer, or for a time to be over; begun in this order. */
const WAITING = ['strict', 'never-authorised', 'api', 'workflows'];

/** Memory for time: two processors collect garbage for a tenth of a run otherwise. */
process.env['GOGC'] ??= '800';
process.env['NODE_OPTIONS'] ??= '--max-semi-space-size=64';
/** Tests read English, whatever the terminal's language. */
process.env['OPERATOR_LANGUAGE'] ??= 'en';

const WITHOUT_TEMPORAL: readonly (Tier | undefined)[] = ['unit', 'simulator'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'at-once': { type: 'string' },
    shuffle: { type: 'string' },
    tier: { type: 'string' },
  },
});
const files = (await testFiles())
  .filter((file) => values.tier === undefined || tierOf(file) === values.tier)
  .filter(
    (file) => positionals.length === 0 || positionals.some((start) => file.startsWith(start)),
  );
if (files.length === 0) {
  throw new TypeError(`no test of ${[values.tier ?? 'all', ...positionals].join(', ')}`);
}

const needsTemporal = files.some((file) => !WITHOUT_TEMPORAL.includes(tierOf(file)));
const temporal = needsTemporal ? await startTemporal() : undefined;
if (temporal) process.env[SHARED_TEMPORAL] = temporal.address;
const folder = await mkdtemp(join(tmpdir(), 'payscore-tests-'));
const ending = new AbortController();
setMaxListeners(0, ending.signal); // one for each batch
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
try {
  const batches = besideEachOther(
    batchesOf(inOrder(files), (file) => readFileSync(join(ROOT, file), 'utf8')),
  );
  const modules = await Promise.all(batches.map((batch, nth) => moduleOf(batch, folder, nth)));
  const [testModules] = await Promise.all([
    compiled(modules, folder),
    // Otherwise each of the first batches finds that it is missing, and makes its own.
    needsTemporal && workflowBundle(),
    files.some((file) => tierOf(file) === 'slow') && builtPrograms(),
  ]);
  const results = run({
    files: testModules,
    concurrency: Number(values['at-once'] ?? AT_ONCE),
    timeout: LONGEST_BATCH_MS,
    signal: ending.signal,
  });
  results.on('test:fail', () => (process.exitCode = 1));
  for await (const text of results.compose(new spec())) process.stdout.write(text);
} finally {
  await temporal?.stop();
  await rm(folder, { recursive: true, force: true });
}
// A batch that was stopped and does not end would be waited for.
process.exit();

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
function besideEachOther(batches: readonly Batch[]): Batch[] {
  const isOf = (rooms: readonly string[]) => (batch: Batch) => rooms.includes(batch.room);
  const first = batches.filter(isOf(FIRST));
  const waiting = WAITING.flatMap((room) => batches.filter(isOf([room])));
  const computing = batches.filter((batch) => !isOf([...FIRST, ...WAITING])(batch));
  const share = (BESIDE_WAITING * computing.length) / Math.max(waiting.length, 1);
  return [
    ...first,
    ...waiting.flatMap((batch, nth) => [
      batch,
      ...computing.slice(Math.round(nth * share), Math.round((nth + 1) * share)),
    ]),
    // Where nothing waits.
    ...computing.slice(Math.round(waiting.length * share)),
  ];
}
