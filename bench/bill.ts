/**
 * `npm run bench:bill`: a million rows of a bill against 200,000 orders of ours, beside the csv parser alone over the same
 * file. Each contestant is a process of its own, so that its memory is its own. Figures of one run are comparable, others not.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeDay } from './bill/day.ts';
import type { Measured } from './bill/contestant.ts';

const ROWS = Number(process.env['BENCH_ROWS'] ?? 1_000_000);
const ORDERS = ROWS / 5;
const ROUNDS = 3;
const CONTESTANT = fileURLToPath(new URL('bill/contestant.ts', import.meta.url));
const NAMES = ['parser', 'comparison'] as const;
type Name = (typeof NAMES)[number];

const folder = await mkdtemp(join(tmpdir(), 'payscore-bench-bill-'));
try {
  const file = await writeDay(folder, { rows: ROWS, orders: ORDERS });
  const { size } = await stat(file);
  const measured: Record<Name, Measured[]> = { parser: [], comparison: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of NAMES) measured[name].push(await measure(name));
  }
  report(size, measured);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(name: Name): Promise<Measured> {
  const args = ['--import', 'tsx/esm', CONTESTANT, name, folder];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Measured;
}

function report(size: number, measured: Record<Name, Measured[]>): void {
  const rates = (name: Name) => measured[name].map(({ rows, ms }) => (rows * 1000) / ms);
  const peak = (name: Name) => Math.max(...measured[name].map(({ peakMb }) => peakMb));
  const [parser, comparison] = [median(rates('parser')), median(rates('comparison'))];
  const [result] = measured.comparison;
  console.log(`${ROWS} rows (${Math.round(size / 1e6)} MB), ${ORDERS} orders of ours; median of ${ROUNDS} rounds, peak of all
                        rows/s    peak MB
  csv-parse alone     ${cell(parser)}  ${cell(peak('parser'))}
  whole comparison    ${cell(comparison)}  ${cell(peak('comparison'))}

  comparison / parser   ${(comparison / parser).toFixed(2)}
  findings: ${JSON.stringify(result?.findings ?? {})}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function cell(value: number): string {
  return value.toFixed(0).padStart(9);
}
