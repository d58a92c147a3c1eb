/** Temporal, as programs that have no workflow in hand use it: which client, and whose orders. */
import type { Client } from '@temporalio/client';
import type { Service } from '../payscore/order/opening.ts';
import { workflowIdOf, type ServiceOrderWorkflow } from '../workflows/contract.ts';

export interface Temporal {
  readonly client: Client;
  /** Whose orders these are. */
  readonly service: Service;
  readonly taskQueue: string;
}

/** Runs calls of Temporal that must have answered by a deadline, in ms since the epoch. */
export function withDeadline<T>(
  { client }: Pick<Temporal, 'client'>,
  deadline: number,
  calls: () => Promise<T>,
): Promise<T> {
  return client.connection.withDeadline(deadline, calls);
}

/** The order's latest run, or this one of them. */
export function runOf({ client, service }: Temporal, out_order_no: string, runId?: string) {
  const workflowId = workflowIdOf(service.mchid, out_order_no);
  return client.workflow.getHandle<ServiceOrderWorkflow>(workflowId, runId);
}
