/** Many orders in service at once: what they take of memory, and how soon a worker that is started anew is of use. */
import { manyAtOnce } from '../at-once.ts';
import { openOrder } from './order.ts';
import { residentMiB } from './processor.ts';
import type { Stage } from './stage.ts';
import { rentalEnd } from '../../test/support/orders.ts';

const AT_ONCE = 24;
const STEPS = 4;

export async function inService(stage: Stage, total: number): Promise<void> {
  const numbers: string[] = [];
  for (let step = 1; step <= STEPS; step++) {
    await manyAtOnce(Math.round(total / STEPS), AT_ONCE, async () => {
      numbers.push((await openOrder(stage)).out_order_no);
    });
    console.log(`${numbers.length} in service: ${await memoryOf(stage)}`);
  }
  const restartMs = await stage.restartWorker();
  const { openMs } = await openOrder(stage);
  const oldest = numbers[0] ?? '';
  const begin = performance.now();
  const { status } = await stage.api.complete(oldest, rentalEnd(500));
  console.log(
    `worker told to end, and ready again: ${(restartMs / 1_000).toFixed(1)} s; ` +
      `then an order opened in ${openMs.toFixed(0)} ms, the oldest completed (${status}) ` +
      `in ${(performance.now() - begin).toFixed(0)} ms; ${await memoryOf(stage)}`,
  );
}

async function memoryOf({ pids }: Stage): Promise<string> {
  const { server = 0, worker, api } = pids();
  const [atServer, atWorker, atApi] = await Promise.all([server, worker, api].map(residentMiB));
  return `MiB: server ${atServer?.toFixed(0)}, worker ${atWorker?.toFixed(0)}, API ${atApi?.toFixed(0)}`;
}
