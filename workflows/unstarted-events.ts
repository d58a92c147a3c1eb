/**
 * Keeps a run from going on with events that no workflow task has started. A query that Temporal hands to a worker by itself comes
 * with the history as it is by then, and Core acts on the last of it at once: at an hour and in an order that no replay repeats,
 * so that the run would be stuck as soon as it leaves its worker's cache. The query fails instead, the run is begun anew from its
 * history, and whoever asks again is answered.
 */
import type { WorkflowInterceptors } from '@temporalio/workflow';

const REFUSAL =
  'asked before its latest events were taken up: it is begun anew from its history, and nothing is lost';

interface Applied {
  /** When the workflow task was started that has brought them. */
  readonly startedAt: string;
  readonly events: number;
}

export function interceptors(): WorkflowInterceptors {
  let last: Applied | undefined;
  let isAhead = false;
  return {
    internals: [
      {
        activate(input, next) {
          const { timestamp, historyLength, isReplaying } = input.activation;
          const jobs = input.activation.jobs ?? [];
          // A run that has ended does not go on: whoever knows that says so, and is shown it as it is.
          const isOfEnded = jobs.every(({ queryWorkflow: query }) => query?.arguments?.length);
          if (isAhead && !isOfEnded) throw new Error(REFUSAL);
          if (jobs.some(({ queryWorkflow: query }) => !query)) {
            const now = { startedAt: JSON.stringify(timestamp), events: Number(historyLength) };
            // Each workflow task has an hour of its own. What was recorded otherwise is replayed otherwise.
            const isStarted = last?.startedAt !== now.startedAt || last.events === now.events;
            isAhead = !isStarted && !isReplaying;
            last = now;
          }
          next(input);
        },
      },
    ],
  };
}
