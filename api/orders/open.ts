/** Opens an order: at most one run per number, whoever asks and how often. */
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { readRun } from './read.ts';
import { by, look, patience, problemOf, type Patience, type Temporal } from './temporal.ts';
import { isOvertakenByEnd, isServiceError, isTimeout, isUnprepared } from './temporal-errors.ts';
import { Problem } from '../problems.ts';
import type { Opening } from '../../payscore/order.ts';
import type { Phase } from '../../payscore/phase.ts';
import type { OrderView } from '../../payscore/view.ts';
import type { OpenServiceOrder } from '../../schemas/open-service-order.ts';
import {
  opened,
  SEARCH_ATTRIBUTES,
  SERVICE_ORDER,
  workflowIdOf,
  type OpeningMemo,
  type ServiceOrderWorkflow,
} from '../../workflows/contract.ts';

const LOOK_AGAIN_MS = 250;

export interface OpenedOrder {
  /** No more than its phase while no worker answers; the run is durable all the same. */
  readonly order: OrderView | { readonly out_order_no: string; readonly phase: string };
  /** Somebody opened it before, with the same body. */
  readonly isRepeated: boolean;
}

/**
 * The update that waits for the creation goes with the start alone: a run takes 2000 updates in its life, and whoever
 * repeats the same request is answered without one.
 *
 * @throws {Problem} `different-body`, `busy`, `not-taken`
 */
export async function openOrder(
  temporal: Temporal,
  request: OpenServiceOrder,
): Promise<OpenedOrder> {
  const opening: Opening = { service: temporal.service, request, digest: digestOf(request) };
  const until = patience();
  try {
    const order = await by(temporal, until.call, () =>
      temporal.client.workflow.executeUpdateWithStart(opened, {
        startWorkflowOperation: startOf(temporal, opening),
        updateId: `opened/${randomUUID()}`,
      }),
    );
    return { order, isRepeated: false };
  } catch (error) {
    const isRepeated = error instanceof WorkflowExecutionAlreadyStartedError;
    if (isUnprepared(error)) throw problemOf(error);
    const mayBeThere = isOvertakenByEnd(error) || isTimeout(error) || isServiceError(error);
    if (!isRepeated && !mayBeThere) throw problemOf(error);
    const order = await orderThere(temporal, opening, until);
    if (!order) throw problemOf(error);
    return { order, isRepeated };
  }
}

/** Whether an order was opened under this number with this very body. */
export async function isOpened(temporal: Temporal, request: OpenServiceOrder): Promise<boolean> {
  const found = await look(temporal, request.out_order_no, patience().call);
  return found?.digest === digestOf(request);
}

/** The order of the run that is there; undefined when there is none that goes on or has come to its end. */
async function orderThere(
  temporal: Temporal,
  { request, digest }: Opening,
  until: Patience,
): Promise<OpenedOrder['order'] | undefined> {
  const { out_order_no } = request;
  for (;;) {
    const found = await look(temporal, out_order_no, until.all);
    if (!found || !['RUNNING', 'COMPLETED'].includes(found.description.status.name)) return;
    if (found.digest !== digest) throw differentBody();
    const { typedSearchAttributes } = found.description;
    const phase = typedSearchAttributes.get(SEARCH_ATTRIBUTES.phase) ?? 'creating';
    const isKnown = phase !== ('creating' satisfies Phase);
    if (isKnown || Date.now() > until.call - LOOK_AGAIN_MS) {
      return await readRun(temporal, found, until.all).catch(() => ({ out_order_no, phase }));
    }
    await delay(LOOK_AGAIN_MS);
  }
}

function startOf({ service, taskQueue }: Temporal, opening: Opening) {
  const { out_order_no, service_introduction } = opening.request;
  const memo: OpeningMemo = { digest: opening.digest };
  return new WithStartWorkflowOperation<ServiceOrderWorkflow>(SERVICE_ORDER, {
    workflowId: workflowIdOf(service.mchid, out_order_no),
    taskQueue,
    args: [opening],
    workflowIdConflictPolicy: 'FAIL',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    memo: { ...memo },
    staticSummary: `${service_introduction} · ${out_order_no}`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.phase, value: 'creating' },
      { key: SEARCH_ATTRIBUTES.serviceId, value: service.service_id },
    ]),
  });
}

/** Of the parsed body, whose fields come in the schema's order: the same request has the same digest. */
function digestOf(request: OpenServiceOrder): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}

function differentBody(): Problem {
  return new Problem('different-body', {
    detail:
      'The order under this out_order_no is untouched. A different order needs its own number.',
  });
}
