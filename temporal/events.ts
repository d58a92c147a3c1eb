/** The lanes of events, as programs without a workflow in hand use them. */
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { viewBy } from './ask.ts';
import { codecKeyOf } from './codec/key-attribute.ts';
import { describedOrNone, type Temporal } from './client.ts';
import type { BusinessEvent } from '../payscore/events/event.ts';
import {
  EVENTS,
  events as eventsQuery,
  eventsWorkflowIdOf,
  published,
  resendRequested,
  type EventsWorkflow,
} from '../workflows/contract.ts';

/** Known to Temporal when this returns. */
export async function publishedTo(
  temporal: Temporal,
  lane: string,
  events: readonly BusinessEvent[],
): Promise<void> {
  await temporal.client.workflow.signalWithStart<EventsWorkflow, [readonly BusinessEvent[]]>(
    EVENTS,
    {
      ...startOf(temporal, lane),
      signal: published,
      signalArgs: [events],
    },
  );
}

function startOf({ client, taskQueue, mchid, words }: Temporal, lane: string) {
  return {
    workflowId: eventsWorkflowIdOf(mchid, lane),
    taskQueue,
    staticSummary: words.summaries.events(lane),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    typedSearchAttributes: new TypedSearchAttributes(codecKeyOf(client)),
  };
}

export interface Held {
  /** Undefined where the lane does not hold it any more. */
  readonly event?: BusinessEvent;
  /** When the oldest happened that it holds; RFC 3339, Beijing. */
  readonly since?: string;
}

/**
 * Looks for an event: where it waits, or among the last that were delivered, of the lane's latest run and those before it.
 *
 * @returns undefined where there is no run of the lane, or none any more
 */
export async function heldEvent(
  temporal: Temporal,
  lane: string,
  id: string,
): Promise<Held | undefined> {
  const workflowId = eventsWorkflowIdOf(temporal.mchid, lane);
  const latest = await describedOrNone(temporal.client.workflow.getHandle(workflowId));
  if (!latest) return undefined;
  let since: string | undefined;
  for await (const run of runsOf(temporal, latest)) {
    if (run.status.name === 'CONTINUED_AS_NEW') continue;
    const { waiting, delivered } = await viewBy(temporal, run, eventsQuery);
    const events = [...delivered, ...waiting];
    const event = events.find((it) => it.id === id);
    if (event) return { event };
    const [oldest] = events.map(({ at }) => at).toSorted();
    if (oldest !== undefined && (since === undefined || oldest < since)) since = oldest;
  }
  return { ...(since !== undefined && { since }) };
}

/** Visibility lags behind by moments, so the latest is named beside it. */
async function* runsOf({ client }: Temporal, latest: WorkflowExecutionDescription) {
  yield latest;
  const { workflowId } = latest;
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
    if (runId === latest.runId) continue;
    const run = await describedOrNone(client.workflow.getHandle(workflowId, runId));
    if (run) yield run;
  }
}

/** To whichever run goes on with the lane, or a new one. */
export async function resend(
  temporal: Temporal,
  lane: string,
  event: BusinessEvent,
): Promise<void> {
  await temporal.client.workflow.signalWithStart<EventsWorkflow, [BusinessEvent?]>(EVENTS, {
    ...startOf(temporal, lane),
    signal: resendRequested,
    signalArgs: [event],
  });
}
