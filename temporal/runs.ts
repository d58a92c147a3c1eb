/** The runs of orders that Temporal lists: without a worker, and a moment behind. */
import type { WorkflowExecutionInfo } from '@temporalio/client';
import { executionInfoFromRaw } from './sdk-internals.ts';
import type { Temporal } from './client.ts';
import {
  numberOfWorkflow,
  SEARCH_ATTRIBUTES,
  SERVICE_ORDER,
  workflowIdOf,
} from '../workflows/contract.ts';

export interface RunsAsked {
  /** Of Temporal's list filter, all of which must hold. */
  readonly conditions: readonly string[];
  readonly pageSize: number;
  readonly token?: Uint8Array | undefined;
}

export type OrderRun = Omit<WorkflowExecutionInfo, 'raw'>;

export interface RunsPage {
  readonly runs: OrderRun[];
  /** Where the list goes on; undefined at its end. */
  readonly token: Uint8Array | undefined;
}

/** Of this merchant's orders, in Temporal's list filter. */
export function ofMerchant({ mchid }: Pick<Temporal, 'mchid'>): string {
  return `WorkflowId STARTS_WITH '${workflowIdOf(mchid, '')}'`;
}

export async function runsIn(
  { client }: Pick<Temporal, 'client'>,
  { conditions, pageSize, token }: RunsAsked,
): Promise<RunsPage> {
  const { namespace, loadedDataConverter } = client.options;
  const query = [
    `WorkflowType = '${SERVICE_ORDER}'`,
    // A run that was continued has a successor; one that failed as rejected had looked for an order that does not exist.
    `ExecutionStatus != 'ContinuedAsNew'`,
    `(ExecutionStatus != 'Failed' OR ${SEARCH_ATTRIBUTES.phase.name} != 'rejected')`,
    ...conditions,
  ].join(' AND ');
  const { executions, nextPageToken } = await client.workflowService.listWorkflowExecutions({
    ...{ namespace, query, pageSize },
    ...(token && { nextPageToken: token }),
  });
  const runs = executions.map((raw) =>
    executionInfoFromRaw(raw, loadedDataConverter, undefined, namespace),
  );
  return {
    runs: await Promise.all(runs),
    token: nextPageToken?.length ? nextPageToken : undefined,
  };
}

/** What a run shows of its order. */
export function shownBy({ mchid }: Pick<Temporal, 'mchid'>, run: OrderRun) {
  const { workflowId, typedSearchAttributes: shown, closeTime } = run;
  const service_id = shown.get(SEARCH_ATTRIBUTES.serviceId);
  const trouble = shown.get(SEARCH_ATTRIBUTES.trouble);
  const endedAt = shown.get(SEARCH_ATTRIBUTES.endedAt) ?? closeTime;
  const paidAmount = shown.get(SEARCH_ATTRIBUTES.paidAmount);
  const transaction_id = shown.get(SEARCH_ATTRIBUTES.transactionId);
  return {
    out_order_no: numberOfWorkflow(mchid, workflowId),
    closeTime,
    endedAt,
    ...(paidAmount !== undefined && { paidAmount }),
    ...(transaction_id !== undefined && { transaction_id }),
    ...(service_id !== undefined && { service_id }),
    ...(trouble !== undefined && { trouble }),
  };
}
