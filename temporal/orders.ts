/** One order by its number: read as it stands, and asked to look at WeChat Pay. */
import { randomUUID } from 'node:crypto';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { describedOrNone, runOf, type Temporal } from './client.ts';
import { openingToTakeUp, viewIn } from './earlier-run.ts';
import { isNotRunning } from './errors.ts';
import { notedOf, startedAndOpened } from './opening.ts';
import type { Opening, Service } from '../payscore/order/opening.ts';
import type { OrderView } from '../payscore/order/view.ts';
import {
  refresh,
  refreshRequested,
  SEARCH_ATTRIBUTES,
  type RefreshRequest,
} from '../workflows/contract.ts';

/** No body was compared when it was opened. */
const ADOPTED_DIGEST = '';

export interface OrderThere {
  readonly view: OrderView;
  /** When the order ended; its run may go on, because money is owed. */
  readonly endedAt: Date | undefined;
  /** Nobody opened it here. */
  readonly isAdopted: boolean;
}

/** @throws {WorkflowNotFoundError} there is no such order */
export async function orderThere(temporal: Temporal, out_order_no: string): Promise<OrderThere> {
  return await orderIn(temporal, await runOf(temporal, out_order_no).describe());
}

/** The same of a run that is known already. */
export async function orderIn(
  temporal: Temporal,
  description: WorkflowExecutionDescription,
): Promise<OrderThere> {
  return {
    view: await viewIn(temporal, description),
    endedAt:
      description.typedSearchAttributes.get(SEARCH_ATTRIBUTES.endedAt) ?? description.closeTime,
    isAdopted: isAdopted(description),
  };
}

function isAdopted(description: WorkflowExecutionDescription): boolean {
  return notedOf(description).digest === ADOPTED_DIGEST;
}

/** Nobody has opened it here, and it is not known yet whether WeChat has it. */
export function isLookedFor(description: WorkflowExecutionDescription): boolean {
  const phase = description.typedSearchAttributes.get(SEARCH_ATTRIBUTES.phase);
  return isAdopted(description) && phase === 'creating';
}

/** What is there under a number: a run that failed and that nobody had opened had looked for an order that does not exist. */
export async function lookUp(
  temporal: Temporal,
  out_order_no: string,
): Promise<WorkflowExecutionDescription | undefined> {
  const description = await describedOrNone(runOf(temporal, out_order_no));
  const isVain = description?.status.name === 'FAILED' && isAdopted(description);
  return isVain ? undefined : description;
}

/** An order that goes on asks WeChat now. */
export async function refreshed(temporal: Temporal, out_order_no: string): Promise<OrderView> {
  const updateId = `refresh/${randomUUID()}`;
  return await runOf(temporal, out_order_no).executeUpdate(refresh, {
    updateId,
    args: [{ notAfter: soon() }],
  });
}

/** The same without an answer. @returns false where the order has ended */
export async function toldToRefresh(
  temporal: Temporal,
  out_order_no: string,
  asked: RefreshRequest = {},
): Promise<boolean> {
  try {
    await runOf(temporal, out_order_no).signal(refreshRequested, asked);
    return true;
  } catch (error) {
    if (isNotRunning(error)) return false;
    throw error;
  }
}

/** A new run takes the order up from WeChat. */
export async function takenUp(
  temporal: Temporal,
  ended: WorkflowExecutionDescription,
): Promise<OrderView> {
  return await startedToTakeUp(temporal, await openingToTakeUp(temporal, ended), soon());
}

/** The same of one that nobody knows here. */
export async function adopted(
  temporal: Temporal,
  service: Service,
  out_order_no: string,
): Promise<OrderView> {
  return await startedToTakeUp(temporal, adoptionOf(service, out_order_no), soon());
}

/** Whoever is no person waits for so long. */
const PATIENCE_MS = 60_000;

function soon(): string {
  return new Date(Date.now() + PATIENCE_MS).toISOString();
}

/** With what an order is opened that nobody opened here. */
export function adoptionOf(service: Service, out_order_no: string): Opening {
  return { service, out_order_no, digest: ADOPTED_DIGEST };
}

/** The order as WeChat has it; whoever else takes it up at the same moment shares the run. */
export async function startedToTakeUp(
  temporal: Temporal,
  opening: Opening,
  notAfter: string,
): Promise<OrderView> {
  const policies = {
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  } as const;
  return await startedAndOpened(temporal, opening, policies, notAfter);
}
