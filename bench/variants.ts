/**
 * `npm run bench:variants`: what an order costs with one thing changed, beside the present code in the same run. Each variant is
 * an installation of its own, in a namespace of its own, and they take turns; the ratio to the present code is that of each
 * round, and the median of the rounds is told.
 *
 *     npm run bench:variants -- [--rounds 7] [--orders 60] [--at-once 24] [--cores 0] [name …]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { manyAtOnce } from './at-once.ts';
import { costOf, medianOf, row, sum, type Cost } from './orders/cost.ts';
import { openInstallation, type Installation } from './orders/installation.ts';
import { carryOrder, stepsOf, type Waited } from './orders/order.ts';
import { startServer, type Server, type Store } from './orders/server.ts';
import { median } from './statistics.ts';
import { VARIANTS, type Variant } from './variants/table.ts';
import { buildInto, builtPrograms, buildSources } from '../test/support/build.ts';
import { copyChanged, type Change } from '../test/support/changed-sources.ts';
import { kept } from '../test/support/kept.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    orders: { type: 'string', default: '60' },
    'at-once': { type: 'string', default: '24' },
    cores: { type: 'string' },
  },
});
const ROUNDS = Number(options.rounds);
const ORDERS = Number(options.orders);
const FULL = Number(options['at-once']);
const WARM = 100;
/** What the builds are made of, beside the sources. */
const TABLE = 'bench/variants/table.ts';

interface Measured {
  readonly name: string;
  readonly server: Server;
  readonly installation: Installation;
  readonly costs: Cost[];
  readonly waited: Waited[];
}

const names = positionals.length === 0 ? Object.keys(VARIANTS) : positionals;
const variants = new Map(names.map((name) => [name, variantOf(name)]));
const servers = new Map<Store, Server>();
const all: Measured[] = [];
try {
  await open('present', {});
  for (const [name, variant] of variants) await open(name, variant);
  for (const each of all) await carry(each, WARM);
  console.log(`${ROUNDS} rounds of ${ORDERS} at ${FULL} at once; processor ms for each order`);
  for (let round = 0; round < ROUNDS; round++) {
    // Whoever comes first in a round is somebody else each time.
    for (let index = 0; index < all.length; index++) {
      const each = all[(index + round) % all.length] as Measured;
      const cost = await carry(each, ORDERS, each.waited);
      each.costs.push(cost);
      console.log(row(`${each.name} ${round + 1}`, cost));
    }
  }
  const [present] = all as [Measured];
  for (const { name, costs, waited } of all) {
    const ratios = costs.map((cost, round) => sum(cost) / sum(present.costs[round] as Cost));
    const [least, greatest] = [Math.min(...ratios), Math.max(...ratios)];
    console.log(row(name, medianOf(costs)));
    console.log(
      `  of the present: ${median(ratios).toFixed(3)} (${least.toFixed(2)} to ${greatest.toFixed(2)}); ${stepsOf(waited)}`,
    );
  }
} catch (error) {
  // At once: what else is under way fails as all is closed, and may end this process.
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const { installation } of all) await installation.close();
  for (const server of servers.values()) await server.stop();
}

async function open(name: string, variant: Variant): Promise<void> {
  const { changes, store = 'memory', workers = 1, apis = 1 } = variant;
  const server = servers.get(store) ?? (await startServer(store));
  servers.set(store, server);
  const installation = await openInstallation({
    address: server.address,
    namespace: name,
    programs: changes ? await built(name, changes) : await builtPrograms(),
    cores: options.cores,
    ...{ workers, apis },
  });
  all.push({ name, server, installation, costs: [], waited: [] });
}

async function carry(
  { server, installation }: Measured,
  total: number,
  waited: Waited[] = [],
): Promise<Cost> {
  const { worker, api, simulator } = installation.pids();
  return await costOf({ ...server.pids, worker, caller: api, simulator }, total, () =>
    manyAtOnce(total, FULL, async () => {
      waited.push(await carryOrder(installation));
    }),
  );
}

function variantOf(name: string): Variant {
  const variant = VARIANTS[name];
  if (!variant) throw new Error(`there is no variant ${name}; ${TABLE} has them`);
  return variant;
}

async function built(name: string, changes: readonly Change[]): Promise<string> {
  const sources = await buildSources();
  return await kept(`variant-${name}`, [...sources, TABLE], async (folder) => {
    const copy = join(folder, 'sources');
    await copyChanged(copy, sources, changes);
    await buildInto(folder, copy);
  });
}
