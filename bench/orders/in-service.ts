/** Many orders in service at once: what they take of memory, and how soon a worker that is started anew is of use. */
import { manyAtOnce } from '../at-once.ts';
import { quantile } from '../statistics.ts';
import { openOrder } from './order.ts';
import { residentMiB } from './processor.ts';
import type { Stage } from './stage.ts';
import { rentalEnd } from '../../test/support/orders.ts';

const AT_ONCE = 24;
const STEPS = 4;
/** Of the oldest: a worker that was started anew knows none of them. */
const COMPLETED = 200;

export async function inService(stage: Stage, total: number): Promise<void> {
  const numbers: string[] = [];
  for (let step = 1; step <= STEPS; step++) {
    const begin = performance.now();
    await manyAtOnce(Math.round(total / STEPS), AT_ONCE, async () => {
      numbers.push((await openOrder(stage)).out_order_no);
    });
    const perSecond = (total / STEPS / (performance.now() - begin)) * 1_000;
    console.log(
      `${numbers.length} in service: ${await memoryOf(stage)}; opened at ${perSecond.toFixed(1)}/s`,
    );
  }
  const restartMs = await stage.restartWorkers();
  const { openMs } = await openOrder(stage);
  const [oldest = '', ...others] = numbers.slice(0, COMPLETED + 1);
  const completedMs = await complete(stage, oldest);
  console.log(
    `worker told to end, and ready again: ${(restartMs / 1_000).toFixed(1)} s; then an order opened in ` +
      `${openMs.toFixed(0)} ms, the oldest completed in ${completedMs.toFixed(0)} ms; ${await memoryOf(stage)}`,
  );
  const times: number[] = [];
  await manyAtOnce(others.length, AT_ONCE, async (index) => {
    times.push(await complete(stage, others[index] ?? ''));
  });
  console.log(
    `${times.length} more of the oldest completed, ${AT_ONCE} at once: p50 ${quantile(times, 0.5).toFixed(0)} ms, ` +
      `p99 ${quantile(times, 0.99).toFixed(0)} ms; ${await memoryOf(stage)}`,
  );
}

async function complete({ api }: Stage, out_order_no: string): Promise<number> {
  const begin = performance.now();
  const { status } = await api().complete(out_order_no, rentalEnd(500));
  if (status !== 200) throw new Error(`the completion was answered ${status}`);
  return performance.now() - begin;
}

async function memoryOf({ server: { pids: ofServer }, pids }: Stage): Promise<string> {
  const { worker, api } = pids();
  const of = async (some: readonly number[]) => {
    const each = await Promise.all(some.map(residentMiB));
    return each.reduce((sum, mib) => sum + mib, 0).toFixed(0);
  };
  return `MiB: server ${await of(ofServer.server)}, worker ${await of(worker)}, API ${await of(api)}`;
}
