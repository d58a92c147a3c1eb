/** Whether workers take the merchant's tasks, and how far our clock is from Temporal's, by when they did. */
import proto from '@temporalio/proto';
import type { Check } from '../check.ts';
import { fault, ok, unknown } from '../finding.ts';
import { provenAhead } from '../../temporal/clock.ts';
import { apartWords } from '../../wechatpay/clock.ts';
import type { Door } from './door.ts';

const { TaskQueueType } = proto.temporal.api.enums.v1;
/** Between API, worker and Temporal more is too much: no worker takes a request in time. */
const LIMIT_SECONDS = 30;

export function taskQueueChecks(door: Door, now: () => Date): Check[] {
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
          ? ok(`Workers take tasks from ${door.taskQueue()}.`)
          : fault(
              `No worker takes tasks from ${door.taskQueue()}.`,
              'Start the worker, and look at its log; its WECHATPAY_MCHID and TEMPORAL_NAMESPACE must be those of here.',
            );
      },
    },
    {
      id: 'temporal-clock',
      async look() {
        if ((await pollersOf(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)) === 0) {
          return unknown('Temporal tells its time by workers alone.', 'See task-queue.');
        }
        const parts = { taskQueue: door.taskQueue() };
        const ahead = await door.ask((client) =>
          provenAhead({ ...parts, client }, () => now().getTime()),
        );
        return Math.abs(ahead) <= LIMIT_SECONDS
          ? ok('Nothing proves the clock of this machine and Temporal’s to be apart.')
          : fault(
              `The clock of this machine is at least ${apartWords(ahead)} Temporal’s.`,
              'Set the clocks of both machines, and keep them by NTP.',
            );
      },
    },
  ];
}
