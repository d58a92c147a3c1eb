/** Temporal, as the API uses it: which client, which orders, and how long a caller waits. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { isExhausted, isNotRunning, isServiceError, isTimeout } from './temporal-errors.ts';
import { Problem } from '../problems.ts';
import type { Service } from '../../payscore/order.ts';
import {
  workflowIdOf,
  type OpeningMemo,
  type ServiceOrderWorkflow,
} from '../../workflows/contract.ts';

export interface Temporal {
  readonly client: Client;
  /** Whose orders these are. */
  readonly service: Service;
  readonly taskQueue: string;
}

/** A caller waits at most 8 s in all: for his own request, and for what is to be known when that took too long. */
export const REQUEST_MS = 6_000;
const LOOK_MS = 2_000;

/** Runs calls of Temporal that must have answered by then. */
export function within<T>({ client }: Temporal, ms: number, calls: () => Promise<T>): Promise<T> {
  return client.connection.withDeadline(Date.now() + ms, calls);
}

export function runOf({ client, service }: Temporal, out_order_no: string) {
  return client.workflow.getHandle<ServiceOrderWorkflow>(workflowIdOf(service.mchid, out_order_no));
}

export interface Look {
  readonly description: WorkflowExecutionDescription;
  /** Of the body that the order was opened with. */
  readonly digest: string | undefined;
}

/** What Temporal itself knows of an order's run, without a worker; undefined when there is none. */
export async function look(
  temporal: Temporal,
  out_order_no: string,
  ms = LOOK_MS,
): Promise<Look | undefined> {
  try {
    const description = await within(temporal, ms, () => runOf(temporal, out_order_no).describe());
    const { digest } = (description.memo ?? {}) as Partial<OpeningMemo>;
    return { description, digest };
  } catch (error) {
    if (isNotRunning(error)) return undefined;
    throw problemOf(error);
  }
}

/** For errors that no order is to blame for. */
export function problemOf(error: unknown): unknown {
  if (isExhausted(error)) {
    return new Problem('busy', { detail: 'Repeat the same request in a few seconds.' });
  }
  if (isTimeout(error) || isServiceError(error)) {
    return new Problem('not-taken', {
      detail:
        'Temporal does not answer, so this is not known to be taken. Repeat the same request.',
    });
  }
  return error;
}

export function noSuchOrder(out_order_no: string): Problem {
  return new Problem('not-found', { detail: `No order ${out_order_no} is known here.` });
}

/** Whether Temporal answers at all. */
export async function isTemporalThere(temporal: Temporal): Promise<boolean> {
  try {
    await within(temporal, LOOK_MS, () => temporal.client.workflowService.getSystemInfo({}));
    return true;
  } catch {
    return false;
  }
}
