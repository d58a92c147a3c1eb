/**
 * `npm run bench:outage`: WeChat Pay is away while many operations are asked for, and comes back with a limit of its own. How
 * many of its answers are 429, how soon everything is done, and whether those who waited longest went first; with the cap on
 * calls, and without one, in one run. Minutes stand for the hours of a real outage: what waits asks at least every minute.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { rental, rentalEnd } from '../test/support/orders.ts';
import { startStack, type Stack } from '../test/support/stack.ts';

const ORDERS = Number(process.argv[2] ?? 1_000);
const AWAY_MS = Number(process.argv[3] ?? 180) * 1_000;
/** What WeChat takes from this merchant in a second; the cap lies below it. */
const LIMIT = Number(process.argv[4] ?? 60);
const CAP = Number(process.argv[5] ?? 50);
const AT_ONCE = 20;
const ASKED_BETWEEN_MS = 20;

console.log(
  `${ORDERS} operations, WeChat Pay away for ${AWAY_MS / 1_000} s, then ${LIMIT} calls/s`,
);
await play('capped', CAP);
await play('uncapped', 100_000);

async function play(name: string, callsPerSecond: number): Promise<void> {
  const statuses = new Map<number, number>();
  const logger = pino(
    { level: 'debug' },
    {
      write(line: string) {
        const { status } = JSON.parse(line) as { status?: number };
        if (status !== undefined) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      },
    },
  );
  const stack = await startStack({ simulator: { logger } });
  try {
    const worker = await stack.startWorker({ callsPerSecond: 100_000 });
    const numbers = await inService(stack);
    await worker.stop();
    const capped = await stack.startWorker({ callsPerSecond });
    await stack.people.randomFaults({ rate: 1, faults: ['cut'] } as never);
    for (const number of numbers) {
      await stack.api.complete(number, rentalEnd(500), { prefer: 'respond-async' });
      await delay(ASKED_BETWEEN_MS);
    }
    await delay(AWAY_MS);

    await stack.people.endRandomFaults();
    await stack.people.limitRate({ calls_per_second: LIMIT });
    statuses.clear();
    const begin = performance.now();
    const doneAt = await untilDone(stack, numbers, begin);
    const seconds = (performance.now() - begin) / 1_000;
    const calls = [...statuses.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `${name.padEnd(8)} ${statuses.get(429) ?? 0} of ${calls} answers are 429; all done in ${seconds.toFixed(0)} s; ` +
        `order kept ${(100 * kept(numbers.map((it) => doneAt.get(it) ?? 0))).toFixed(0)} %`,
    );
    await capped.stop();
  } finally {
    await stack.stop();
  }
}

async function inService(stack: Stack): Promise<string[]> {
  const orders = Array.from({ length: ORDERS }, () => rental({ risk_fund: { amount: 2_000 } }));
  const waiting = [...orders];
  const open = async () => {
    for (let order = waiting.pop(); order; order = waiting.pop()) {
      await stack.people.authorise(order.openid);
      await stack.api.open(order);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, open));
  await delay(3_000);
  return orders.map(({ out_order_no }) => out_order_no);
}

/** When WeChat had completed each, in ms. */
async function untilDone({ people }: Stack, numbers: readonly string[], begin: number) {
  const doneAt = new Map<string, number>();
  while (doneAt.size < numbers.length) {
    for (const number of numbers) {
      if (doneAt.has(number)) continue;
      const { ledger } = await people.order(number);
      if (ledger.some(({ event }) => event === 'completed')) {
        doneAt.set(number, performance.now() - begin);
      }
    }
    await delay(200);
  }
  return doneAt;
}

/** The share of pairs of which the one that was asked for first was done first; half of them by chance. */
function kept(doneAt: readonly number[]): number {
  let pairs = 0;
  let inOrder = 0;
  for (let later = 1; later < doneAt.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      pairs += 1;
      if ((doneAt[earlier] ?? 0) <= (doneAt[later] ?? 0)) inOrder += 1;
    }
  }
  return inOrder / pairs;
}
