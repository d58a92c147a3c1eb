/**
 * How far our clock is proven to be from Temporal's, which tells its time to nobody who asks. It notes when workers last asked for
 * work, though: never in its future, and it forgets whoever has not asked for five minutes.
 */
import proto from '@temporalio/proto';
import { tsToMs } from './sdk-internals.ts';
import type { Temporal } from './client.ts';

const FORGOTTEN_SECONDS = 300;

/** In whole seconds, at least so much: positive where ours is ahead, negative where it is behind, 0 where nothing is proven. */
export async function provenAhead(
  { client, taskQueue }: Pick<Temporal, 'client' | 'taskQueue'>,
  now: () => number = Date.now,
): Promise<number> {
  const { namespace } = client.options;
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
  });
  const asked = (pollers ?? []).flatMap(({ lastAccessTime }) =>
    lastAccessTime ? [tsToMs(lastAccessTime)] : [],
  );
  if (asked.length === 0) return 0;
  const sinceLast = (now() - Math.max(...asked)) / 1_000;
  if (sinceLast < 0) return Math.floor(sinceLast);
  return Math.max(0, Math.floor(sinceLast - FORGOTTEN_SECONDS));
}
