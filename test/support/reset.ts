/** "Reset" in Temporal's web UI: the order runs again from an earlier point. */
import { randomUUID } from 'node:crypto';
import type { Stack } from './stack.ts';
import { workflowIdOf } from '../../workflows/contract.ts';

type Event = Awaited<ReturnType<Stack['historyOf']>>[number];

/**
 * @param to a workflow task that was completed: the new run begins with it
 * @returns the id of the new run
 */
export async function reset(
  { client, merchant, run }: Stack,
  out_order_no: string,
  to: Pick<Event, 'eventId'> | undefined,
): Promise<string> {
  const { runId } = await client.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: {
      workflowId: workflowIdOf(merchant.mchid, out_order_no),
      runId: (await run(out_order_no).describe()).runId,
    },
    reason: 'pressed by mistake',
    workflowTaskFinishEventId: to?.eventId ?? null,
    requestId: randomUUID(),
  });
  return runId;
}
