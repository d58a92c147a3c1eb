/** An operator of Temporal, who presses Terminate and Reset in its web UI, also where it does not answer at once. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import proto from '@temporalio/proto';
import { TEST_CONVERTER } from '../support/codec.ts';
import { workflowIdOf } from '../../workflows/contract.ts';

const { EventType } = proto.temporal.api.enums.v1;

const AGAIN_MS = 500;
const GIVE_UP_MS = 60_000;
/** Of gRPC: what is not there, or does not stand so that it could be done. */
const IMPOSSIBLE = [3, 5, 9];
const REASON = 'pressed by chaos';

export type Operator = ReturnType<typeof createOperator>;

export function createOperator(address: string, mchid: string) {
  const connection = Connection.lazy({ address });
  const client = new Client({ connection, dataConverter: TEST_CONVERTER });

  async function terminate(out_order_no: string): Promise<void> {
    await client.workflow.getHandle(workflowIdOf(mchid, out_order_no)).terminate(REASON);
  }

  /** @param share of its tasks, at which it runs again */
  async function reset(out_order_no: string, share: number, requestId: string): Promise<void> {
    const workflowId = workflowIdOf(mchid, out_order_no);
    const { runId } = await client.workflow.getHandle(workflowId).describe();
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const tasks = (events ?? []).filter(
      ({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
    );
    const task = tasks[Math.floor(share * tasks.length)];
    if (!task?.eventId) throw new WorkflowNotFoundError('it has done nothing', workflowId, runId);
    await client.workflowService.resetWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId, runId },
      reason: REASON,
      workflowTaskFinishEventId: task.eventId,
      requestId,
    });
  }

  return {
    /** @returns whether there was a run to end */
    terminate: (out_order_no: string) => wherePossible(() => terminate(out_order_no)),
    reset(out_order_no: string, share: number) {
      const requestId = randomUUID();
      return wherePossible(() => reset(out_order_no, share, requestId));
    },
    end: () => connection.close(),
  };
}

async function wherePossible(press: () => Promise<void>): Promise<boolean> {
  const end = Date.now() + GIVE_UP_MS;
  for (;;) {
    try {
      await press();
      return true;
    } catch (error) {
      if (isImpossible(error)) return false;
      if (Date.now() > end) throw error;
    }
    await delay(AGAIN_MS);
  }
}

function isImpossible(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  return isGrpcServiceError(error) && IMPOSSIBLE.includes(error.code);
}
