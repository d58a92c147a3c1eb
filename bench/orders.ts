/**
 * `npm run bench:orders`: what a plain paid order costs, in processor time by process, beside the same whose business code is
 * told that it was paid (one event each), and a bare workflow of the same shape; they alternate within one run, and medians of
 * the rounds are told. Everything is started from the build, with the payload codec on; the bare workflow has none. Linux only:
 * `/proc` has the account.
 *
 *     npm run bench:orders -- [--rounds 5] [--orders 150] [--at-once 24] [--warm 250] [--disk | --postgres]
 *                             [--workers 1] [--apis 1] [--in-service 20000] [--profile folder]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { manyAtOnce } from './at-once.ts';
import { costOf, medianOf, row, sum, type Cost } from './orders/cost.ts';
import { inService } from './orders/in-service.ts';
import { carryOrder, stepsOf, type Waited } from './orders/order.ts';
import { openStage, type Stage } from './orders/stage.ts';
import { tellOfEvents } from './orders/telling.ts';
import { tellWrites } from './orders/writes.ts';
import { median } from './statistics.ts';
import { SetupError } from '../local/stack/setup-error.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    orders: { type: 'string', default: '150' },
    'at-once': { type: 'string', default: '24' },
    warm: { type: 'string', default: '250' },
    disk: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    workers: { type: 'string', default: '1' },
    apis: { type: 'string', default: '1' },
    profile: { type: 'string' },
    'in-service': { type: 'string', default: '0' },
  },
});
const ROUNDS = Number(options.rounds);
const ORDERS = Number(options.orders);
const FULL = Number(options['at-once']);
/** Node compiles what it runs often, for a while. */
const WARM = Number(options.warm);
const FEW = 2;

try {
  await main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-bench-'));
  try {
    const file = { databaseFile: join(folder, 'temporal.db') };
    const stage = await openStage({
      store: options.postgres ? 'postgres' : options.disk ? file : 'memory',
      workers: Number(options.workers),
      apis: Number(options.apis),
      profile: options.profile,
    });
    try {
      await measure(stage);
    } catch (error) {
      // At once: what else is under way fails as the stage closes, and may end this process.
      console.error(error);
      process.exitCode = 1;
    } finally {
      await stage.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measure(stage: Stage): Promise<void> {
  await orders(stage, FULL, WARM);
  await ordersTold(stage, WARM);
  await bare(stage, WARM);
  console.log(`${ROUNDS} rounds of ${ORDERS} at ${FULL} at once; processor ms for each`);
  const rounds: { order: Cost; told: Cost; floor: Cost }[] = [];
  const waited: Waited[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const floor = await bare(stage, ORDERS);
    const order = await orders(stage, FULL, ORDERS, waited);
    const told = await ordersTold(stage, ORDERS);
    rounds.push({ order, told, floor });
    console.log(row(`order ${round}`, order));
    console.log(row(`told  ${round}`, told), `ratio ${(sum(told) / sum(order)).toFixed(2)}`);
    console.log(row(`bare  ${round}`, floor), `ratio ${(sum(floor) / sum(order)).toFixed(2)}`);
  }
  const ratio = median(rounds.map(({ order, floor }) => sum(floor) / sum(order)));
  console.log(row('order, median', medianOf(rounds.map(({ order }) => order))));
  console.log(row('bare,  median', medianOf(rounds.map(({ floor }) => floor))));
  console.log(row('told,  median', medianOf(rounds.map(({ told }) => told))));
  console.log(`bare / order, median of ${ROUNDS} rounds: ${ratio.toFixed(2)}`);
  await tellOfEvents(stage, rounds);

  console.log(`waited for at ${FULL} at once, ms: ${stepsOf(waited)}`);
  const few: Waited[] = [];
  await orders(stage, FEW, 40, few);
  console.log(`waited for at ${FEW} at once, ms: ${stepsOf(few)}`);

  await tellWrites(stage);
  const open = Number(options['in-service']);
  if (open > 0) await inService(stage, open);
}

async function orders(
  stage: Stage,
  atOnce: number,
  total: number,
  waited: Waited[] = [],
): Promise<Cost> {
  const { worker, api, simulator } = stage.pids();
  return await costOf({ ...stage.server.pids, worker, caller: api, simulator }, total, () =>
    manyAtOnce(total, atOnce, async () => {
      waited.push(await carryOrder(stage));
    }),
  );
}

/** The same, and business code is told of each that it was paid. */
async function ordersTold({ server, telling, told }: Stage, total: number): Promise<Cost> {
  const { worker, api, simulator } = telling.pids();
  const before = told.count();
  return await costOf({ ...server.pids, worker, caller: api, simulator }, total, async () => {
    await manyAtOnce(total, FULL, async () => void (await carryOrder(telling)));
    await told.untilTold(before + total);
  });
}

async function bare({ server, bare: floor, pids }: Stage, total: number): Promise<Cost> {
  const { worker, client } = floor.pids;
  const { simulator } = pids();
  return await costOf({ ...server.pids, worker, caller: client, simulator }, total, () =>
    floor.carry({ total, atOnce: FULL }),
  );
}
