/** What an order leaves in Temporal, and asks of it. */
import { setTimeout as delay } from 'node:timers/promises';
import { manyAtOnce } from '../at-once.ts';
import { median } from '../statistics.ts';
import { workflowIdOf } from '../../workflows/contract.ts';
import { REST_MS } from './cost.ts';
import { carryOrder } from './order.ts';
import { added, serverFigures } from './server-figures.ts';
import type { Stage } from './stage.ts';

const COUNT = 24;

export async function tellWrites(stage: Stage): Promise<void> {
  const { client, mchid, server } = stage;
  const before = await serverFigures(server.metricsUrl);
  const events: number[] = [];
  const bytes: number[] = [];
  await manyAtOnce(COUNT, COUNT, async () => {
    const { out_order_no } = await carryOrder(stage);
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
