/** Replays histories, as a worker does that takes an order over. */
import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import { TEST_CONVERTER } from './codec.ts';
import { createClock } from '../../worker/clock.ts';
import { NO_FIGURES } from '../../worker/figure-sinks.ts';

export interface Replay {
  readonly count: number;
  /** What went wrong, of which run. */
  readonly failures: readonly { readonly workflowId: string; readonly reason: string }[];
}

export async function replay(
  workflowBundle: NonNullable<ReplayWorkerOptions['workflowBundle']>,
  histories: Parameters<typeof Worker.runReplayHistories>[1],
): Promise<Replay> {
  const failures = [];
  let count = 0;
  const sinks = { ...createClock().sinks, ...NO_FIGURES };
  for await (const { workflowId, runId, error } of Worker.runReplayHistories(
    { workflowBundle, sinks, dataConverter: TEST_CONVERTER },
    histories,
  )) {
    count++;
    if (error) failures.push({ workflowId, reason: `run ${runId}: ${error.message}` });
  }
  return { count, failures };
}
