/**
 * `npm run bench:variants`: what an order costs with one thing changed, beside the present code in the same run. Each variant is
 * a build and an installation of its own, in a namespace of its own of one server, and they take turns; the ratio to the present
 * code is that of each round, and the median of the rounds is told.
 *
 *     npm run bench:variants -- [--rounds 7] [--orders 60] [--cores 0] [name …]
 */
import { parseArgs } from 'node:util';
import { manyAtOnce } from './at-once.ts';
import { costOf, medianOf, row, sum, type Cost } from './orders/cost.ts';
import { openInstallation, type Installation } from './orders/installation.ts';
import { carryOrder, stepsOf, type Waited } from './orders/order.ts';
import { startServer } from './orders/server.ts';
import { median } from './statistics.ts';
import { VARIANTS } from './variants/table.ts';
import { buildInto, builtPrograms, buildSources } from '../test/support/build.ts';
import { copyChanged, type Change } from '../test/support/changed-sources.ts';
import { kept } from '../test/support/kept.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    orders: { type: 'string', default: '60' },
    cores: { type: 'string' },
  },
});
const ROUNDS = Number(options.rounds);
const ORDERS = Number(options.orders);
const FULL = 24;
const WARM = 150;
/** What the builds are made of, beside the sources. */
const TABLE = 'bench/variants/table.ts';
const PRESENT = 'present';

interface Measured {
  readonly name: string;
  readonly installation: Installation;
  readonly costs: Cost[];
  readonly waited: Waited[];
}

const names = positionals.length === 0 ? Object.keys(VARIANTS) : positionals;
const programs = new Map([[PRESENT, await builtPrograms()]]);
for (const name of names) programs.set(name, await built(name));
const server = await startServer();
const all: Measured[] = [];
try {
  for (const [name, folder] of programs) {
    const installation = await openInstallation({
      address: server.address,
      namespace: name,
      programs: folder,
      cores: options.cores,
    });
    all.push({ name, installation, costs: [], waited: [] });
  }
  for (const each of all) await carry(each, WARM);
  console.log(`${ROUNDS} rounds of ${ORDERS} at ${FULL} at once; processor ms for each order`);
  for (let round = 0; round < ROUNDS; round++) {
    // Whoever comes first in a round is somebody else each time.
    for (let index = 0; index < all.length; index++) {
      const each = all[(index + round) % all.length] as Measured;
      each.costs.push(await carry(each, ORDERS, each.waited));
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
} finally {
  for (const { installation } of all) await installation.close();
  await server.stop();
}

async function carry(
  { installation }: Measured,
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

async function built(name: string): Promise<string> {
  const changes: readonly Change[] | undefined = VARIANTS[name];
  if (!changes) throw new Error(`there is no variant ${name}; ${TABLE} has them`);
  const sources = await buildSources();
  return await kept(`variant-${name}`, [...sources, TABLE], async (folder) => {
    const copy = `${folder}/sources`;
    await copyChanged(copy, sources, changes);
    await buildInto(folder, copy);
  });
}
