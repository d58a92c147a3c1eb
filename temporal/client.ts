/** Temporal, as programs that have no workflow in hand use it: which client, and which merchant's orders. Of which service an order is, its opening says. */
import type { Client, WorkflowExecutionDescription, WorkflowHandle } from '@temporalio/client';
import { isNotRunning } from './errors.ts';
import { workflowIdOf, type ServiceOrderWorkflow } from '../workflows/contract.ts';
import type { Words } from '../words/en.ts';

export interface Temporal {
  readonly client: Client;
  /** Whose orders these are. */
  readonly mchid: string;
  readonly taskQueue: string;
  /** The operator's: what the web UI calls the runs. */
  readonly words: Words;
  /** How long a caller of the API waits in all, in ms; the API's own measure unless given. */
  readonly patienceMs?: number;
}

/** As a worker has it, whose activities are told the merchant. */
export type WorkersTemporal = Omit<Temporal, 'mchid'>;

/** Runs calls of Temporal that must have answered by a deadline, in ms since the epoch. */
export function withDeadline<T>(
  { client }: Pick<Temporal, 'client'>,
  deadline: number,
  calls: () => Promise<T>,
): Promise<T> {
  return client.connection.withDeadline(deadline, calls);
}

/** Undefined where there is no such run. */
export async function describedOrNone(
  run: Pick<WorkflowHandle, 'describe'>,
): Promise<WorkflowExecutionDescription | undefined> {
  try {
    return await run.describe();
  } catch (error) {
    if (isNotRunning(error)) return undefined;
    throw error;
  }
}

/** The order's latest run, or this one of them. */
export function runOf({ client, mchid }: Temporal, out_order_no: string, runId?: string) {
  const workflowId = workflowIdOf(mchid, out_order_no);
  return client.workflow.getHandle<ServiceOrderWorkflow>(workflowId, runId);
}
