/** Asks a run how things stand, by its query. */
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowExecutionDescription, WorkflowHandle } from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';
import type { Temporal } from './client.ts';
import { isQueryRefused } from './errors.ts';

const TRIES = 5;
const PAUSE_MS = 100;

/** A run that came to its end tells it without a worker; one that was ended from outside, like one that goes on, by its query. */
export async function viewBy<Told>(
  { client }: Pick<Temporal, 'client'>,
  { workflowId, runId, status }: WorkflowExecutionDescription,
  query: QueryDefinition<Told, [isOver?: boolean]>,
): Promise<Told> {
  const run = client.workflow.getHandle<() => Promise<Told>>(workflowId, runId);
  if (status.name === 'COMPLETED') return await run.result();
  return await ask(run, query, { isOver: status.name !== 'RUNNING' });
}

/**
 * A run that goes on refuses what was asked before it took its latest events up (`workflows/unstarted-events.ts`), and answers a
 * moment later; one that has ended never takes them up, and answers as it is.
 *
 * @throws whatever Temporal's client throws, a query that no worker answers included
 */
export async function ask<Told>(
  run: Pick<WorkflowHandle, 'query'>,
  query: QueryDefinition<Told, [isOver?: boolean]>,
  { isOver }: { readonly isOver: boolean },
): Promise<Told> {
  for (let tries = 1; ; tries++) {
    try {
      return await (isOver ? run.query(query, true) : run.query(query));
    } catch (error) {
      if (!isQueryRefused(error) || tries === TRIES) throw error;
    }
    await delay(PAUSE_MS);
  }
}
