/** What a reset brings back comes to the run in the same order when another worker takes it over. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import { eventually } from '../../support/eventually.ts';
import { CANCELLATION, rentalEnd } from '../../support/orders.ts';
import { inService, shown, strike } from '../../support/play.ts';
import { reset } from '../../support/reset.ts';
import { useStack } from '../../support/stage.ts';
import { workflowIdOf } from '../../../workflows/contract.ts';

const { EventType } = proto.temporal.api.enums.v1;

describe('an order that is taken back to before an update and a signal', () => {
  const stage = useStack();

  it('goes on with another worker', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'cut', { times: 2 });
    const asked = stack.api.complete(out_order_no, rentalEnd(500));
    await eventually('the attempt', async () => {
      const { events } = await stack.run(out_order_no).fetchHistory();
      return timesIn(events, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED) >= 2;
    });
    await stack.run(out_order_no).signal('serviceCancelled', { body: CANCELLATION });
    const tasks = (await stack.historyOf(out_order_no)).filter(
      ({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
    );
    const { client, merchant } = stack;
    await stack.people.planFault({ call: 'create', fault: 'slow', delay_seconds: 4 });
    const runId = await reset(stack, out_order_no, tasks[1]);
    const again = client.workflow.getHandle(workflowIdOf(merchant.mchid, out_order_no), runId);
    const times = async (type: number) => timesIn((await again.fetchHistory()).events, type);
    await eventually(
      'what comes after the reset',
      async () => (await times(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)) > 0,
    );
    await stage.startWorker();
    await asked;
    await shown(stack, out_order_no, { phase: 'cancelled' }, 60_000);
    assert.notEqual(await times(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED), 0);
    // The reset itself is told as one.
    assert.equal(await times(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED), 1);
    assert.equal((await again.describe()).status.name, 'CONTINUED_AS_NEW');
  });
});

type Events = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events'];

function timesIn(events: Events, type: number): number {
  return (events ?? []).filter(({ eventType }) => eventType === type).length;
}
