/** How the run of an order is started, and what is noted beside the start for processes that have no worker. */
import { createHash, randomUUID } from 'node:crypto';
import {
  WithStartWorkflowOperation,
  type WorkflowExecutionInfo,
  type WorkflowIdConflictPolicy,
} from '@temporalio/client';
import { TypedSearchAttributes, type WorkflowIdReusePolicy } from '@temporalio/common';
import type { Temporal } from './client.ts';
import { codecKeyOf } from './codec/key-attribute.ts';
import { rfc3339Of } from '../payscore/times/beijing-time.ts';
import { numberOf, type Opening } from '../payscore/order/opening.ts';
import { isFinal, type Phase } from '../payscore/rules/phase.ts';
import { nameOf } from '../payscore/order/name.ts';
import type { OrderView } from '../payscore/order/view.ts';
import {
  opened,
  SEARCH_ATTRIBUTES,
  SERVICE_ORDER,
  workflowIdOf,
  type OpeningMemo,
  type ServiceOrderWorkflow,
} from '../workflows/contract.ts';

export interface StartPolicies {
  readonly workflowIdConflictPolicy: WorkflowIdConflictPolicy;
  readonly workflowIdReusePolicy: WorkflowIdReusePolicy;
}

export function startOf({ client, mchid, taskQueue, words }: Temporal, opening: Opening) {
  const openedAt = opening.takesUp?.openedAt ?? rfc3339Of(new Date());
  const memo: OpeningMemo = { digest: opening.digest, openedAt };
  return {
    workflowId: workflowIdOf(mchid, numberOf(opening)),
    taskQueue,
    args: [opening] as [Opening],
    memo: { ...memo },
    staticSummary: nameOf(opening, words.summaries.adopted),
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.phase, value: phaseAtStart(opening) },
      { key: SEARCH_ATTRIBUTES.serviceId, value: opening.service.service_id },
      ...codecKeyOf(client),
    ]),
  };
}

/** What has ended stays what it is until WeChat proves otherwise. */
function phaseAtStart({ takesUp }: Opening): Phase {
  return takesUp && isFinal(takesUp.phase) ? takesUp.phase : 'creating';
}

/** What is noted beside the start of a run; a run that a person started by hand has no digest. */
export function notedOf({ memo, startTime }: Pick<WorkflowExecutionInfo, 'memo' | 'startTime'>) {
  const { digest, openedAt = rfc3339Of(startTime) } = (memo ?? {}) as Partial<OpeningMemo>;
  return { digest, openedAt };
}

/** @returns the order, as soon as it is known whether it exists, or that its user must authorise */
export async function startedAndOpened(
  temporal: Temporal,
  opening: Opening,
  policies: StartPolicies,
  notAfter: string,
): Promise<OrderView> {
  const handle = await temporal.client.workflow.startUpdateWithStart(opened, {
    startWorkflowOperation: new WithStartWorkflowOperation<ServiceOrderWorkflow>(SERVICE_ORDER, {
      ...startOf(temporal, opening),
      ...policies,
    }),
    updateId: `opened/${randomUUID()}`,
    args: [{ notAfter }],
    // Apart from its outcome: how soon it is taken tells how much there is to do, whatever WeChat takes to answer.
    waitForStage: 'ACCEPTED',
  });
  return await handle.result();
}

/**
 * Of a body as its caller sent it, whatever the order of its fields: a later release that adds a default must not take the
 * same request for another one.
 */
export function digestOf(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(body)))
    .digest('hex');
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, it]) => [name, inOrder(it)]));
}
