/** Whether workers take the merchant's tasks, and how far our clock is from Temporal's, by when they did. */
import proto from '@temporalio/proto';
import type { Check } from '../check.ts';
import type { Examination } from '../examination.ts';
import { fault, ok, unknown } from '../finding.ts';
import { provenAhead } from '../../temporal/clock.ts';
import type { Door } from './door.ts';

const { TaskQueueType } = proto.temporal.api.enums.v1;
/** Between API, worker and Temporal more is too much: no worker takes a request in time. */
const LIMIT_SECONDS = 30;

export function taskQueueChecks({ words, now }: Examination, door: Door): Check[] {
  const { taskQueue } = words.temporal;
  const { ofTemporal: clocks } = words.clocks;
  const pollersOf = async (taskQueueType: (typeof TaskQueueType)[keyof typeof TaskQueueType]) => {
    const name = door.taskQueue();
    const { pollers } = await door.ask(({ workflowService }) =>
      workflowService.describeTaskQueue({
        ...{ namespace: door.namespace, taskQueue: { name }, taskQueueType },
      }),
    );
    return pollers?.length ?? 0;
  };

  return [
    {
      id: 'task-queue',
      async look() {
        const [ofOrders, ofCalls] = await Promise.all([
          pollersOf(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
          pollersOf(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
        ]);
        return ofOrders > 0 && ofCalls > 0
          ? ok(taskQueue.taken(door.taskQueue()))
          : fault(taskQueue.deserted(door.taskQueue()));
      },
    },
    {
      id: 'temporal-clock',
      async look() {
        if ((await pollersOf(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)) === 0) {
          return unknown(clocks.noWorker);
        }
        const parts = { taskQueue: door.taskQueue() };
        const ahead = await door.ask((client) =>
          provenAhead({ ...parts, client }, () => now().getTime()),
        );
        return Math.abs(ahead) <= LIMIT_SECONDS
          ? ok(clocks.agree)
          : fault(clocks.apart(Math.round(ahead)));
      },
    },
  ];
}
