/** Starts a new run for an order whose run has ended, though it goes on at WeChat: it takes the order up from there. */
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import type { Temporal } from './client.ts';
import { notedOf } from './opening.ts';
import type { EarlierRun, Opening } from '../payscore/order.ts';
import { PHASES, type Phase } from '../payscore/phase.ts';
import { recordOfTold, type OrderView } from '../payscore/view.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/contract.ts';

/**
 * What the ended run was opened with, and where it stood.
 *
 * @param before its view, where it could be read: a run that was ended from outside tells it only with a worker
 */
export async function recoveryOf(
  { client }: Temporal,
  run: WorkflowExecutionDescription,
  before: OrderView | undefined,
): Promise<Opening> {
  const { workflowId, runId, typedSearchAttributes, closeTime } = run;
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId, runId },
    maximumPageSize: 1,
  });
  const input = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input;
  const [opening] = await decodeArrayFromPayloads(
    client.options.loadedDataConverter,
    input?.payloads,
  );
  const shown = typedSearchAttributes.get(SEARCH_ATTRIBUTES.phase);
  const takesUp: EarlierRun = {
    openedAt: notedOf(run).openedAt,
    phase: isPhase(shown) ? shown : 'creating',
    endedAt: (closeTime ?? new Date()).toISOString(),
    operations: (before?.operations ?? []).map(recordOfTold),
    ...(before?.explanation !== undefined && { explanation: before.explanation }),
    ...(before?.refund_due && { refundDue: before.refund_due }),
  };
  return { ...(opening as Opening), takesUp };
}

function isPhase(phase: unknown): phase is Phase {
  return PHASES.some((known) => known === phase);
}
