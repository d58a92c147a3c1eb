/** How all orders of the merchant stand together, as Temporal lists and counts them: for figures, so it must cost little. */
import proto from '@temporalio/proto';
import { withDeadline, type Temporal } from './client.ts';
import { reconciledDays } from './reconciliations.ts';
import { tsToMs } from './sdk-internals.ts';
import { UNDELIVERED } from '../payscore/events/queue.ts';
import { REFUND_TROUBLES } from '../payscore/refunds/rules.ts';
import { TROUBLES } from '../payscore/rules/trouble.ts';
import { spanOf } from '../payscore/times/bill-date.ts';
import { RECONCILIATION, SEARCH_ATTRIBUTES } from '../workflows/contract.ts';

const ANSWER_MS = 10_000;
const DAY_MS = 24 * 3_600_000;

export type Survey = Awaited<ReturnType<typeof surveyOf>>;

/** Never fails: what Temporal does not tell is undefined. */
export async function surveyOf(temporal: Temporal, now = new Date()) {
  const own = `TaskQueue = '${temporal.taskQueue}'`;
  const aDayAgo = new Date(now.getTime() - DAY_MS).toISOString();
  const count = async (query: string) =>
    (await temporal.client.workflow.count(`${own} AND ${query}`)).count;
  const told = async <T>(ask: () => Promise<T>) => {
    try {
      return await withDeadline(temporal, Date.now() + ANSWER_MS, ask);
    } catch {
      return undefined;
    }
  };

  const { trouble, reconciliation } = SEARCH_ATTRIBUTES;
  const ended = `WorkflowType = '${RECONCILIATION}' AND CloseTime > '${aDayAgo}'`;
  const [taskFailures, troubles, reconciliations, reconciledUntil, queues] = await Promise.all([
    told(() => count(`ExecutionStatus = 'Running' AND TemporalReportedProblems IS NOT NULL`)),
    told(() =>
      countEach([...TROUBLES, ...REFUND_TROUBLES, UNDELIVERED], (word) =>
        count(
          `${trouble.name} = '${word}' AND (ExecutionStatus = 'Running' OR CloseTime > '${aDayAgo}')`,
        ),
      ),
    ),
    told(async () => ({
      ...(await countEach(['balanced', 'unbalanced'], (word) =>
        count(`${ended} AND ${reconciliation.name} = '${word}'`),
      )),
      failed: await count(`${ended} AND ExecutionStatus IN ('Failed', 'TimedOut', 'Terminated')`),
    })),
    told(() => reconciledUntilOf(temporal)),
    told(async () => ({
      workflow: await queueOf(temporal, 'TASK_QUEUE_TYPE_WORKFLOW'),
      activity: await queueOf(temporal, 'TASK_QUEUE_TYPE_ACTIVITY'),
    })),
  ]);
  return { taskFailures, troubles, reconciliations, reconciledUntil, queues };
}

async function countEach<Word extends string>(
  words: readonly Word[],
  count: (word: Word) => Promise<number>,
): Promise<Record<Word, number>> {
  const counted = await Promise.all(words.map(async (word) => [word, await count(word)] as const));
  return Object.fromEntries(counted) as Record<Word, number>;
}

/** The end of the last day that has a report; null where none has. */
async function reconciledUntilOf(temporal: Temporal): Promise<Date | null> {
  const [last] = (await reconciledDays(temporal)).toSorted().reverse();
  return last === undefined ? null : spanOf(last).to;
}

type QueueType = 'TASK_QUEUE_TYPE_WORKFLOW' | 'TASK_QUEUE_TYPE_ACTIVITY';

async function queueOf({ client, taskQueue }: Temporal, type: QueueType) {
  const { pollers, stats } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: proto.temporal.api.enums.v1.TaskQueueType[type],
    reportStats: true,
  });
  const { approximateBacklogCount, approximateBacklogAge } = stats ?? {};
  return {
    backlog: Number(approximateBacklogCount ?? 0),
    ageSeconds: approximateBacklogAge ? tsToMs(approximateBacklogAge) / 1_000 : 0,
    pollers: pollers?.length ?? 0,
  };
}
