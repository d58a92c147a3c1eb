/**
 * How long calls to WeChat Pay wait for their turn: for a worker that has room for them, or for what the merchant may send in a
 * second. Whoever is taken at once, and waits here, is served too late all the same.
 */
import proto from '@temporalio/proto';
import { tsToMs } from '../../temporal/sdk-internals.ts';
import { withDeadline, type Temporal } from '../../temporal/client.ts';

const EVERY_MS = 1_000;
const ANSWER_MS = 2_000;
/** What was told so long ago says nothing about now. */
const KNOWN_MS = 10_000;

export interface Backlog {
  /** To be called with every request: has Temporal asked, once a second. */
  ask(): void;
  /** How long the oldest call waits among those that go before all that have a greater key (`workflows/activities.ts`); 0 where it is not known. */
  ageMs(priorityKey: number): number;
}

export function createBacklog(
  temporal: Temporal,
  now: () => number = () => performance.now(),
): Backlog {
  let ages: readonly (readonly [key: number, ms: number])[] = [];
  let toldAt = -Infinity;
  let askedAt = -Infinity;

  async function look(): Promise<void> {
    const { client, taskQueue } = temporal;
    const { statsByPriorityKey } = await withDeadline(temporal, Date.now() + ANSWER_MS, () =>
      client.workflowService.describeTaskQueue({
        namespace: client.options.namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
        reportStats: true,
      }),
    );
    ages = Object.entries(statsByPriorityKey ?? {}).map(([key, { approximateBacklogAge: age }]) => [
      Number(key),
      age ? tsToMs(age) : 0,
    ]);
    toldAt = now();
  }

  return {
    ask() {
      if (now() - askedAt < EVERY_MS) return;
      askedAt = now();
      // A server that cannot tell leaves it at what the requests themselves measure.
      void look().catch(() => undefined);
    },
    ageMs(priorityKey) {
      if (now() - toldAt > KNOWN_MS) return 0;
      return Math.max(0, ...ages.filter(([key]) => key <= priorityKey).map(([, ms]) => ms));
    },
  };
}
