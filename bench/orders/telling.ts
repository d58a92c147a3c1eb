/** What it costs that business code is told what happens: beside the same orders of which nobody is told, in the same rounds. */
import { manyAtOnce } from '../at-once.ts';
import { median } from '../statistics.ts';
import { eventsWorkflowIdOf, workflowIdOf } from '../../workflows/contract.ts';
import { sum, type Cost } from './cost.ts';
import type { Installation } from './installation.ts';
import { carryOrder } from './order.ts';
import type { Stage } from './stage.ts';

const COUNT = 10;

export async function tellOfEvents(
  stage: Stage,
  rounds: readonly { readonly order: Cost; readonly told: Cost }[],
): Promise<void> {
  const more = rounds.map(({ order, told }) => sum(told) - sum(order));
  const ratio = median(rounds.map(({ order, told }) => sum(told) / sum(order)));
  console.log(
    `told / order, median of ${rounds.length} rounds: ${ratio.toFixed(2)}; for each delivery, one an order: ` +
      `${median(more).toFixed(1)} ms (${Math.min(...more).toFixed(1)} to ${Math.max(...more).toFixed(1)})`,
  );
  const { mchid } = stage.telling;
  const [off = []] = await lengthsOf(stage, (number) => [workflowIdOf(stage.mchid, number)]);
  const [on = [], lanes = []] = await lengthsOf(stage.telling, (number) => [
    workflowIdOf(mchid, number),
    eventsWorkflowIdOf(mchid, number),
  ]);
  console.log(
    `events of history, median of ${COUNT}: ${median(off)} of an order, ` +
      `${median(on)} of one that is told of, and ${median(lanes)} of its lane`,
  );
}

/** By workflow, in the order of their ids, of each of several orders. */
async function lengthsOf(
  installation: Installation,
  idsOf: (out_order_no: string) => readonly string[],
): Promise<number[][]> {
  const lengths: number[][] = [];
  await manyAtOnce(COUNT, COUNT, async () => {
    const { out_order_no } = await carryOrder(installation);
    for (const [nth, workflowId] of idsOf(out_order_no).entries()) {
      const run = installation.client.workflow.getHandle(workflowId);
      await run.result();
      (lengths[nth] ??= []).push((await run.describe()).historyLength);
    }
  });
  return lengths;
}
