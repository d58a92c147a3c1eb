/** Opens an order: at most one run per number, whoever asks and how often. */
import { createHash, randomUUID } from 'node:crypto';
import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { look, problemOf, REQUEST_MS, runOf, within, type Temporal } from './temporal.ts';
import { isOvertakenByEnd, isServiceError, isTimeout, updateRefusalOf } from './temporal-errors.ts';
import { Problem } from '../problems.ts';
import type { Opening } from '../../payscore/order.ts';
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

export interface OpenedOrder {
  /** Absent while it is not known yet whether WeChat has it; the run is durable all the same. */
  readonly order?: OrderView;
  /** Somebody opened it before, with the same body. */
  readonly isRepeated: boolean;
}

/** @throws {Problem} `different-body`, `busy`, `not-taken` */
export async function openOrder(
  temporal: Temporal,
  request: OpenServiceOrder,
): Promise<OpenedOrder> {
  const opening: Opening = { service: temporal.service, request, digest: digestOf(request) };
  const caller = randomUUID();
  try {
    const { order, openedBy } = await within(temporal, REQUEST_MS, () =>
      temporal.client.workflow.executeUpdateWithStart(opened, {
        startWorkflowOperation: startOf(temporal, opening, caller),
        args: [opening.digest],
        updateId: `opened/${caller}`,
      }),
    );
    return { order, isRepeated: openedBy !== caller };
  } catch (error) {
    if (updateRefusalOf(error)?.type === 'DifferentBody') throw differentBody();
    const isKnownSoon =
      error instanceof WorkflowExecutionAlreadyStartedError ||
      isOvertakenByEnd(error) ||
      isTimeout(error) ||
      isServiceError(error);
    if (!isKnownSoon) throw problemOf(error);
    return await whatBecameOf(temporal, opening, error);
  }
}

/** Without an answer, only the run itself says whether there is one. */
async function whatBecameOf(
  temporal: Temporal,
  { request, digest }: Opening,
  error: unknown,
): Promise<OpenedOrder> {
  const found = await look(temporal, request.out_order_no);
  if (!found) throw problemOf(error);
  if (found.digest !== digest) throw differentBody();
  const hasAnswered = !isTimeout(error) && !isServiceError(error);
  if (found.description.status.name !== 'COMPLETED') return { isRepeated: hasAnswered };
  const order = await within(temporal, REQUEST_MS, () =>
    runOf(temporal, request.out_order_no).result(),
  );
  return { order, isRepeated: true };
}

function startOf({ service, taskQueue }: Temporal, opening: Opening, caller: string) {
  const { out_order_no, service_introduction } = opening.request;
  const memo: OpeningMemo = { digest: opening.digest };
  return new WithStartWorkflowOperation<ServiceOrderWorkflow>(SERVICE_ORDER, {
    workflowId: workflowIdOf(service.mchid, out_order_no),
    taskQueue,
    args: [opening, caller],
    workflowIdConflictPolicy: 'USE_EXISTING',
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
