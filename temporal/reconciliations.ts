/** Reconciliations as Temporal keeps them: started, found and listed by their day. */
import {
  WorkflowExecutionAlreadyStartedError,
  type Client,
  type WorkflowExecutionInfo,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { describedOrNone, type Temporal } from './client.ts';
import {
  RECONCILIATION,
  reconciliationWorkflowIdOf,
  SEARCH_ATTRIBUTES,
  type ReconciliationDay,
  type ReconciliationState,
  type ReconciliationWorkflow,
} from '../workflows/contract.ts';

export interface ReconciliationRun {
  readonly bill_date: string;
  /** Where it stands; undefined for a moment after the start. */
  readonly state: string | undefined;
  readonly status: string;
  readonly startTime: Date;
  readonly closeTime: Date | undefined;
}

/** A report that is there stays unless another is wanted; a run that goes on is left to itself. */
export type Reuse = 'ALLOW_DUPLICATE_FAILED_ONLY' | 'ALLOW_DUPLICATE';

/** @returns whether a new run was started */
export async function startReconciliation(
  { client, mchid, taskQueue, words }: Temporal,
  day: ReconciliationDay,
  workflowIdReusePolicy: Reuse,
): Promise<boolean> {
  const { bill_date } = day;
  try {
    await client.workflow.start<ReconciliationWorkflow>(RECONCILIATION, {
      workflowId: reconciliationWorkflowIdOf(mchid, bill_date),
      taskQueue,
      args: [day],
      workflowIdReusePolicy,
      workflowIdConflictPolicy: 'FAIL',
      staticSummary: words.summaries.day(bill_date),
      typedSearchAttributes: new TypedSearchAttributes([
        { key: SEARCH_ATTRIBUTES.reconciliation, value: 'running' },
      ]),
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** The latest run of a day; undefined where there was none. */
export async function findReconciliation(
  temporal: Temporal,
  bill_date: string,
): Promise<ReconciliationRun | undefined> {
  const run = await describedOrNone(handleOf(temporal, bill_date));
  return run && reconciliationRunOf(temporal, run);
}

export function handleOf({ client, mchid }: Temporal, bill_date: string) {
  return client.workflow.getHandle<ReconciliationWorkflow>(
    reconciliationWorkflowIdOf(mchid, bill_date),
  );
}

/** Of each day the latest run, the latest day first. Temporal keeps some months of them. */
export async function listReconciliations(temporal: Temporal): Promise<ReconciliationRun[]> {
  const { client, mchid } = temporal;
  const ids = reconciliationWorkflowIdOf(mchid, '');
  const query = `WorkflowType = '${RECONCILIATION}' AND WorkflowId STARTS_WITH '${ids}'`;
  const latest = new Map<string, ReconciliationRun>();
  for await (const info of client.workflow.list({ query })) {
    const run = reconciliationRunOf(temporal, info);
    const other = latest.get(run.bill_date);
    if (!other || other.startTime < run.startTime) latest.set(run.bill_date, run);
  }
  return [...latest.values()].sort((a, b) => (a.bill_date < b.bill_date ? 1 : -1));
}

/** So many runs began lately: those of a week that is tried anew every morning are no more. */
const LATELY = 50;

/** The days of which the runs begun lately have a report, though it may still await something. */
export async function reconciledDays(temporal: Temporal): Promise<string[]> {
  const { client, mchid } = temporal;
  const ids = reconciliationWorkflowIdOf(mchid, '');
  const { name } = SEARCH_ATTRIBUTES.reconciliation;
  const states: ReconciliationState[] = ['balanced', 'unbalanced', 'awaiting'];
  const query = `WorkflowType = '${RECONCILIATION}' AND WorkflowId STARTS_WITH '${ids}' AND ${name} IN ('${states.join("', '")}')`;
  const { executions } = await client.workflowService.listWorkflowExecutions({
    ...{ namespace: client.options.namespace, query, pageSize: LATELY },
  });
  return executions.map(({ execution }) => (execution?.workflowId ?? '').slice(ids.length));
}

/** When the first run of this id began, in ms since the epoch; as far as Temporal lists it, else as given. */
export async function firstStartOf(
  client: Client,
  workflowId: string,
  otherwiseMs: number,
): Promise<number> {
  let first = otherwiseMs;
  for await (const { startTime } of client.workflow.list({
    query: `WorkflowId = '${workflowId}'`,
  })) {
    first = Math.min(first, startTime.getTime());
  }
  return first;
}

function reconciliationRunOf(
  { mchid }: Temporal,
  info: Omit<WorkflowExecutionInfo, 'raw'>,
): ReconciliationRun {
  const { workflowId, typedSearchAttributes, status, startTime, closeTime } = info;
  return {
    bill_date: workflowId.slice(reconciliationWorkflowIdOf(mchid, '').length),
    state: typedSearchAttributes.get(SEARCH_ATTRIBUTES.reconciliation),
    status: status.name,
    startTime,
    closeTime,
  };
}
