/**
 * `npm run bench:orders`: what a plain paid order costs, in processor time by process, beside a bare workflow of the same
 * shape; the two alternate within one run, and medians of the rounds are told. Everything is started from the build, with the
 * payload codec on; the bare workflow has none. Linux only: `/proc` has the account.
 *
 *     npm run bench:orders -- [--rounds 5] [--orders 150] [--disk] [--in-service 20000] [--profile folder]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { manyAtOnce } from './at-once.ts';
import { inService } from './orders/in-service.ts';
import { carryOrder, type Waited } from './orders/order.ts';
import { processorMs } from './orders/processor.ts';
import { added, serverFigures } from './orders/server-figures.ts';
import { openStage, type Stage } from './orders/stage.ts';
import { median, quantile } from './statistics.ts';
import { workflowIdOf } from '../workflows/contract.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    orders: { type: 'string', default: '150' },
    disk: { type: 'boolean', default: false },
    profile: { type: 'string' },
    'in-service': { type: 'string', default: '0' },
  },
});
const ROUNDS = Number(options.rounds);
const ORDERS = Number(options.orders);
const FULL = 24;
/** Node compiles what it runs often, for a while. */
const WARM = 250;
const FEW = 2;
/** What Temporal does after an order has ended is its cost, too. */
const REST_MS = 2_000;

/** Processor ms for one. */
interface Cost {
  readonly server: number;
  readonly worker: number;
  /** Of the API, or of the bare workflow's client. */
  readonly caller: number;
  /** Of WeChat Pay's simulator. */
  readonly simulator: number;
  readonly driver: number;
  readonly perSecond: number;
}

const folder = await mkdtemp(join(tmpdir(), 'payscore-bench-'));
const stage = await openStage({
  temporal: options.disk ? { databaseFile: join(folder, 'temporal.db') } : {},
  profile: options.profile,
});
try {
  await measure(stage);
} finally {
  await stage.close();
  await rm(folder, { recursive: true });
}

async function measure(parts: Stage): Promise<void> {
  await orders(parts, FULL, WARM);
  await bare(parts, WARM);
  console.log(`${ROUNDS} rounds of ${ORDERS} at ${FULL} at once; processor ms for each`);
  const rounds: { order: Cost; floor: Cost }[] = [];
  const waited: Waited[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const floor = await bare(parts, ORDERS);
    const order = await orders(parts, FULL, ORDERS, waited);
    rounds.push({ order, floor });
    console.log(row(`order ${round}`, order));
    console.log(row(`bare  ${round}`, floor), `ratio ${(sum(floor) / sum(order)).toFixed(2)}`);
  }
  const ratio = median(rounds.map(({ order, floor }) => sum(floor) / sum(order)));
  console.log(row('order, median', medianOf(rounds.map(({ order }) => order))));
  console.log(row('bare,  median', medianOf(rounds.map(({ floor }) => floor))));
  console.log(`bare / order, median of ${ROUNDS} rounds: ${ratio.toFixed(2)}`);

  console.log(`waited for at ${FULL} at once, ms: ${stepsOf(waited)}`);
  const few: Waited[] = [];
  await orders(parts, FEW, 40, few);
  console.log(`waited for at ${FEW} at once, ms: ${stepsOf(few)}`);

  await tellWrites(parts);
  const open = Number(options['in-service']);
  if (open > 0) await inService(parts, open);
}

async function orders(
  parts: Stage,
  atOnce: number,
  total: number,
  waited: Waited[] = [],
): Promise<Cost> {
  return await costOf(parts, 'order', total, () =>
    manyAtOnce(total, atOnce, async () => {
      waited.push(await carryOrder(parts));
    }),
  );
}

async function bare(parts: Stage, total: number): Promise<Cost> {
  return await costOf(parts, 'bare', total, () => parts.bare.carry({ total, atOnce: FULL }));
}

async function costOf(
  { pids, bare: floor }: Stage,
  what: 'order' | 'bare',
  total: number,
  work: () => Promise<void>,
): Promise<Cost> {
  const { server = 0, worker, api, simulator = 0 } = pids();
  const of =
    what === 'order'
      ? [server, worker, api, simulator, process.pid]
      : [server, floor.pids.worker, floor.pids.client, simulator, process.pid];
  const before = await Promise.all(of.map(own));
  const begin = performance.now();
  await work();
  const seconds = (performance.now() - begin) / 1_000;
  await delay(REST_MS);
  const after = await Promise.all(of.map(own));
  const [atServer = 0, atWorker = 0, atCaller = 0, atSimulator = 0, atDriver = 0] = after.map(
    (ms, index) => (ms - (before[index] ?? 0)) / total,
  );
  return {
    server: atServer,
    worker: atWorker,
    caller: atCaller,
    simulator: atSimulator,
    driver: atDriver,
    perSecond: total / seconds,
  };
}

/** This process has started the others. */
async function own(pid: number): Promise<number> {
  if (pid !== process.pid) return await processorMs(pid);
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function sum({ server, worker, caller }: Cost): number {
  return server + worker + caller;
}

function medianOf(costs: readonly Cost[]): Cost {
  const of = (name: keyof Cost) => median(costs.map((cost) => cost[name]));
  return {
    server: of('server'),
    worker: of('worker'),
    caller: of('caller'),
    simulator: of('simulator'),
    driver: of('driver'),
    perSecond: of('perSecond'),
  };
}

function row(name: string, cost: Cost): string {
  const ms = (value: number) => value.toFixed(1).padStart(6);
  const { server, worker, caller, simulator, driver, perSecond } = cost;
  return (
    `${name.padEnd(14)} server ${ms(server)}  worker ${ms(worker)}  API or client ${ms(caller)}  together ${ms(sum(cost))}` +
    `  (simulator ${ms(simulator)}, driver ${ms(driver)}; ${perSecond.toFixed(1)}/s)`
  );
}

function stepsOf(waited: readonly Waited[]): string {
  const step = (name: string, of: (it: Waited) => number) => {
    const all = waited.map(of);
    return `${name} p50 ${quantile(all, 0.5).toFixed(0)} p99 ${quantile(all, 0.99).toFixed(0)}`;
  };
  return [
    step('open', ({ openMs }) => openMs),
    step('complete', ({ completeMs }) => completeMs),
    step('pay to paid', ({ paidMs }) => paidMs),
  ].join('; ');
}

/** What an order leaves in Temporal, and asks of it. */
async function tellWrites(parts: Stage): Promise<void> {
  const { client, mchid, server } = parts;
  const COUNT = 24;
  const before = await serverFigures(server.metricsUrl);
  const events: number[] = [];
  const bytes: number[] = [];
  await manyAtOnce(COUNT, FULL, async () => {
    const { out_order_no } = await carryOrder(parts);
    const run = client.workflow.getHandle(workflowIdOf(mchid, out_order_no));
    const { historyLength, historySize = 0 } = await run.describe();
    events.push(historyLength);
    bytes.push(historySize);
  });
  await delay(REST_MS);
  const after = await serverFigures(server.metricsUrl);
  console.log(`history: ${median(events)} events, ${median(bytes)} bytes, median of ${COUNT}`);
  for (const [counter, label, name] of [
    ['service_requests', 'operation', 'requests'],
    ['visibility_persistence_requests', 'operation', 'requests to visibility'],
    ['persistence_requests', 'operation', 'requests to the store'],
  ] as const) {
    const each = added(before, after, { counter, label }).map(
      ([operation, count]) => `${operation} ${(count / COUNT).toFixed(1)}`,
    );
    console.log(`${name} for each: ${each.join(', ')}`);
  }
}
