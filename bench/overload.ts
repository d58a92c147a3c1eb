/**
 * `npm run bench:overload`: what becomes of more than can be served. Once, twice and five times as many pairs of opening and
 * completion as the machine can answer, by users who come whatever becomes of those before, against the program `api`, and
 * against the same without admission. Each user pays, so that WeChat Pay calls back meanwhile.
 *
 * What can be answered is measured before and after each load, by 40 callers who wait for each other: on a machine with other
 * work it changes by the minute, and only neighbours are comparable: the share is of the better of the two.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Manner } from './overload/caller.ts';
import { loadAtOnce, loadPerSecond } from './overload/load.ts';
import type { Result } from './overload/tally.ts';
import { steadyPort } from '../test/support/port.ts';
import { openProgramStage } from '../test/support/program-stage.ts';
import { startBuilt, startProgram, type Program } from '../test/support/program.ts';

const MS = Number(process.argv[2] ?? 6) * 1_000;
/** A load has to come about first: a pair takes 2 s and its answers. */
const LOAD = { warmMs: 7_000, ms: MS };
const CLOSED = { warmMs: 4_000, ms: MS };
/** What the merchant may call of WeChat Pay in a second; far below what a machine can do, it is that which is asked too much of. */
const CALLS = process.argv[3] ?? '1000';
const AT_ONCE = 40;
const DRAIN_MS = 2_000;

setMaxListeners(0);
const stage = await openProgramStage();
const { people } = stage.stack;
const API_PORT = String(await steadyPort());
const url = `http://127.0.0.1:${API_PORT}`;
const variables = {
  ...stage.variables,
  API_PORT,
  API_METRICS_PORT: String(await steadyPort()),
  WORKER_PORT: String(await steadyPort()),
  WECHATPAY_NOTIFY_URL: `${url}/wechatpay/notifications`,
  WECHATPAY_CALLS_PER_SECOND: CALLS,
  LOG_LEVEL: 'warn',
};
const worker = await startBuilt('worker/main.js', variables);
const withAdmission = () => startBuilt('api/main.js', variables);
const without = () => startProgram('bench/overload/api.ts', variables);

/** The most that was ever answered, in pairs a second. */
let best = 0;

try {
  await served(withAdmission, async () => {
    const loads = [
      [1, 'honours'],
      [2, 'honours'],
      [5, 'honours'],
      [5, 'insists'],
    ] as const;
    await offerAll('with admission', loads);
  });
  await served(without, () =>
    offerAll('without', [
      [2, 'honours'],
      [5, 'honours'],
    ]),
  );
} finally {
  await worker.end();
  await stage.close();
}

async function offerAll(how: string, loads: readonly (readonly [number, Manner])[]): Promise<void> {
  let before = await capacity();
  best = Math.max(best, before);
  for (const [times, manner] of loads) {
    const known = await notificationsRefused();
    const result = await loadPerSecond({ url, people, manner, ...LOAD }, times * best);
    const refused = (await notificationsRefused()) - known;
    await delay(DRAIN_MS);
    const after = await capacity();
    const share = (result.goodput / Math.max(before, after)).toFixed(2);
    const of = `${before.toFixed(1)} and ${after.toFixed(1)}/s`;
    console.log(
      row(`${how}, ${times}×, ${manner}`, result),
      `${share} of ${of}, ${refused} callbacks refused`,
    );
    before = after;
    best = Math.max(best, after);
  }
}

async function capacity(): Promise<number> {
  const { goodput } = await loadAtOnce({ url, people, manner: 'honours', ...CLOSED }, AT_ONCE);
  await delay(DRAIN_MS);
  return goodput;
}

async function served<T>(start: () => Promise<Program> | Program, use: () => Promise<T>) {
  const api = await start();
  try {
    while (!(await isUp())) await delay(100);
    return await use();
  } finally {
    await api.end();
  }
}

async function isUp(): Promise<boolean> {
  return await fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function notificationsRefused(): Promise<number> {
  const attempts = (await people.notifications()).flatMap((told) => told.attempts);
  return attempts.filter(({ status }) => status !== undefined && status >= 400).length;
}

function row(name: string, { goodput, p50Ms, p99Ms, answers }: Result): string {
  const of = (status: number) => String(answers[status] ?? 0).padStart(5);
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  return (
    `${name.padEnd(28)} ${goodput.toFixed(1).padStart(5)}/s; p50 ${seconds(p50Ms)}, p99 ${seconds(p99Ms)}; ` +
    `429 ${of(429)}, 503 ${of(503)}, 202 ${of(202)};`
  );
}
