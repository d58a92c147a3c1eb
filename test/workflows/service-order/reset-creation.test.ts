/** A reset takes an order back to the middle of its creation: what WeChat once answered to that is no news of how it stands. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import proto from '@temporalio/proto';
import { eventually } from '../../support/eventually.ts';
import { CANCELLATION } from '../../support/orders.ts';
import { executedOn, inService } from '../../support/play.ts';
import { reset } from '../../support/reset.ts';
import type { Stack } from '../../support/stack.ts';
import { useStack } from '../../support/stage.ts';
import { linesOf } from '../../support/words.ts';

const { EventType } = proto.temporal.api.enums.v1;

describe('a cancelled order that is taken back to the middle of its creation', () => {
  const stage = useStack();

  for (const [moment, call] of [
    ['before it was sent', 'getPermission'],
    ['while it was under way', 'createServiceOrder'],
  ] as const) {
    it(`${moment}, is cancelled still, and was never in service`, async () => {
      const { stack } = stage;
      const { out_order_no } = await inService(stack);
      assert.equal((await stack.api.cancel(out_order_no, CANCELLATION)).status, 200);
      assert.equal((await stack.run(out_order_no).result()).phase, 'cancelled');

      await resetToAfter(stack, out_order_no, call);
      const lines = await eventually('the end of the new run', async () => {
        const { status } = await stack.run(out_order_no).describe();
        return status.name === 'COMPLETED' && linesOf((await stack.api.read(out_order_no)).body);
      });
      assert.equal((await stack.run(out_order_no).result()).phase, 'cancelled');
      assert.deepEqual(
        lines.filter((line) => /create: DOING/.test(line)),
        [],
        lines.join('\n'),
      );
      assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'cancelled 0']);
    });
  }
});

/** To the workflow task that follows the activity's scheduling: its result comes to the new run. */
async function resetToAfter(stack: Stack, out_order_no: string, activity: string): Promise<void> {
  const events = await stack.historyOf(out_order_no);
  const scheduled = events.findIndex(
    (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === activity,
  );
  assert.notEqual(scheduled, -1);
  const task = events
    .slice(scheduled)
    .find(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
  await reset(stack, out_order_no, task);
}
