/** The refunds of a payment, as programs without a workflow in hand use them. */
import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { viewBy } from './ask.ts';
import { codecKeyOf } from './codec/key-attribute.ts';
import { isNotRunning } from './errors.ts';
import { signalOnceTo } from './signal-once.ts';
import { describedOrNone, type Temporal } from './client.ts';
import { lookUp } from './orders.ts';
import { openingOf } from './run-events.ts';
import { updateIdOf } from './update-id.ts';
import type { Services, SignedNotification } from '../payscore/order/opening.ts';
import type { RefundRecord, RefundsOpening } from '../payscore/refunds/refunds.ts';
import type { RefundsView } from '../payscore/refunds/view.ts';
import {
  refund,
  REFUNDS,
  refunds as refundsQuery,
  refundsWorkflowIdOf,
  refundTold,
  type RefundAsked,
  type RefundsWorkflow,
} from '../workflows/contract.ts';

/** Whose payment it is. */
export interface Paid {
  readonly out_order_no: string;
  readonly transaction_id: string;
  /** Of one of these an order is that is no longer kept here. */
  readonly services: Services;
}

/** @returns undefined where nothing was ever refunded */
export async function refundsThere(
  temporal: Temporal,
  transaction_id: string,
): Promise<RefundsView | undefined> {
  const run = await runThere(temporal, transaction_id);
  return run && (await viewBy(temporal, run, refundsQuery));
}

/**
 * Applied for, as far as it is known before its caller goes. A new run begins only where none goes on, with all that the last one
 * knew.
 *
 * @throws {WorkflowUpdateFailedError} `NotAllowed`, `KeyReused`, `Busy`, `Moved`, `Expired`
 */
export async function askedRefund(
  temporal: Temporal,
  paid: Paid,
  asked: RefundAsked,
): Promise<RefundRecord> {
  const update = {
    updateId: updateIdOf('refund', asked.out_refund_no, `${asked.digest}${asked.receivedAt}`),
    args: [asked] as [RefundAsked],
    waitForStage: 'ACCEPTED' as const,
  };
  for (;;) {
    const run = await runThere(temporal, paid.transaction_id);
    try {
      if (run?.status.name === 'RUNNING') {
        const there = handleOf(temporal, paid.transaction_id);
        return await (await there.startUpdate(refund, update)).result();
      }
      const handle = await temporal.client.workflow.startUpdateWithStart(refund, {
        startWorkflowOperation: new WithStartWorkflowOperation<RefundsWorkflow>(REFUNDS, {
          ...startOf(temporal, await openingAfter(temporal, paid, run)),
          workflowIdConflictPolicy: 'FAIL',
        }),
        ...update,
      });
      return await handle.result();
    } catch (error) {
      // It has ended meanwhile, or another has begun.
      const isOvertaken = error instanceof WorkflowExecutionAlreadyStartedError;
      if (!isOvertaken && !isNotRunning(error)) throw error;
    }
  }
}

/** @returns false where no run of refunds takes it: nothing of this payment is on its way here */
export async function toldRefund(
  temporal: Temporal,
  transaction_id: string,
  signed: SignedNotification,
): Promise<boolean> {
  const { 'wechatpay-signature': signature = '' } = signed.headers;
  const workflowId = refundsWorkflowIdOf(temporal.mchid, transaction_id);
  try {
    await signalOnceTo(temporal, workflowId, refundTold, { argument: signed, signature });
    return true;
  } catch (error) {
    if (isNotRunning(error)) return false;
    throw error;
  }
}

/** The same where no run takes it: one begins. */
export async function startedByRefund(
  temporal: Temporal,
  paid: Paid,
  signed: SignedNotification,
): Promise<void> {
  const run = await runThere(temporal, paid.transaction_id);
  await temporal.client.workflow.signalWithStart<RefundsWorkflow, [SignedNotification]>(REFUNDS, {
    ...startOf(temporal, await openingAfter(temporal, paid, run)),
    signal: refundTold,
    signalArgs: [signed],
  });
}

function startOf({ client, mchid, taskQueue, words }: Temporal, opening: RefundsOpening) {
  return {
    workflowId: refundsWorkflowIdOf(mchid, opening.transaction_id),
    taskQueue,
    args: [opening] as [RefundsOpening],
    staticSummary: words.summaries.refunds(opening.transaction_id, opening.out_order_no),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    typedSearchAttributes: new TypedSearchAttributes(codecKeyOf(client)),
  };
}

/** What cannot be read of an earlier run must not be forgotten: then there is no new run. */
async function openingAfter(
  temporal: Temporal,
  { services, ...paid }: Paid,
  run: WorkflowExecutionDescription | undefined,
): Promise<RefundsOpening> {
  const earlier = run && (await viewBy(temporal, run, refundsQuery));
  const { refunds, applied_at: appliedAt, outbox } = earlier ?? {};
  const order = await lookUp(temporal, paid.out_order_no);
  const own = order && (await openingOf(temporal, order)).service;
  const [service, ...others] = own ? [own] : services;
  return {
    ...{ service, ...paid },
    ...(others.length > 0 && { others }),
    ...(refunds && { earlier: refunds }),
    ...(appliedAt !== undefined && { appliedAt }),
    ...(outbox && { outbox }),
  };
}

async function runThere(
  temporal: Temporal,
  transaction_id: string,
): Promise<WorkflowExecutionDescription | undefined> {
  return await describedOrNone(handleOf(temporal, transaction_id));
}

function handleOf({ client, mchid }: Temporal, transaction_id: string) {
  return client.workflow.getHandle<RefundsWorkflow>(refundsWorkflowIdOf(mchid, transaction_id));
}
