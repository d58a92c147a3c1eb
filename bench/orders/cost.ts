/** Processor time for each of many orders or bare workflows, by who takes it. */
import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../statistics.ts';
import { processorMs } from './processor.ts';

const PARTS = ['server', 'postgres', 'worker', 'caller', 'simulator'] as const;
type Part = (typeof PARTS)[number];

/** `caller`: the API, or the bare workflow's client. */
export type Pids = Readonly<Record<Part, readonly number[]>>;

type Payer = Part | 'driver';
/** In ms. */
type Account = Readonly<Record<Payer, number>>;

export type Cost = Account & { readonly perSecond: number };

/** What Temporal does after an order has ended is its cost, too. */
export const REST_MS = 2_000;

export async function costOf(pids: Pids, total: number, work: () => Promise<void>): Promise<Cost> {
  const before = await accountOf(pids);
  const begin = performance.now();
  await work();
  const seconds = (performance.now() - begin) / 1_000;
  await delay(REST_MS);
  const after = await accountOf(pids);
  const each = ([of, ms]: readonly [Payer, number]) => [of, (ms - before[of]) / total];
  const costs = (Object.entries(after) as [Payer, number][]).map(each);
  return { ...(Object.fromEntries(costs) as Account), perSecond: total / seconds };
}

async function accountOf(pids: Pids): Promise<Account> {
  const parts = PARTS.map(async (part) => {
    const each = await Promise.all(pids[part].map(processorMs));
    return [part, each.reduce((total, ms) => total + ms, 0)] as const;
  });
  // This process has started the others, whose work is not its own.
  const { user, system } = process.cpuUsage();
  const driver = (user + system) / 1_000;
  return { ...(Object.fromEntries(await Promise.all(parts)) as Record<Part, number>), driver };
}

/** Of what somebody has to run. */
export function sum({ server, postgres, worker, caller }: Cost): number {
  return server + postgres + worker + caller;
}

export function medianOf(costs: readonly Cost[]): Cost {
  const names = [...PARTS, 'driver', 'perSecond'] as const;
  return Object.fromEntries(
    names.map((name) => [name, median(costs.map((cost) => cost[name]))]),
  ) as unknown as Cost;
}

export function row(name: string, cost: Cost): string {
  const ms = (value: number) => value.toFixed(1).padStart(6);
  const { server, postgres, worker, caller, simulator, driver, perSecond } = cost;
  return (
    `${name.padEnd(24)} server ${ms(server)}  ${postgres > 0 ? `PostgreSQL ${ms(postgres)}  ` : ''}worker ${ms(worker)}` +
    `  API or client ${ms(caller)}  together ${ms(sum(cost))}` +
    `  (simulator ${ms(simulator)}, driver ${ms(driver)}; ${perSecond.toFixed(1)}/s)`
  );
}
