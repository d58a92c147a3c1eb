/** Completes an order, with an answer or without. */
import { randomUUID } from 'node:crypto';
import type { WorkflowUpdateHandle } from '@temporalio/client';
import { readOrder } from './read.ts';
import { by, patience, problemOf, runOf, type Patience, type Temporal } from './temporal.ts';
import { isNotRunning, isOvertakenByEnd, isTimeout, updateRefusalOf } from './temporal-errors.ts';
import { Problem } from '../problems.ts';
import { isFinal } from '../../payscore/phase.ts';
import type { Refusal } from '../../payscore/refusal.ts';
import type { OrderView } from '../../payscore/view.ts';
import type { CompleteServiceOrder } from '../../schemas/complete-service-order.ts';
import { complete, serviceEnded } from '../../workflows/contract.ts';

/** An answer that is given at the last moment must still reach the caller. */
const MARGIN_MS = 1_000;

/**
 * Completes and waits for what WeChat says.
 *
 * @returns the order, or undefined when the request was taken but its outcome is not known in time
 * @throws {Problem} `not-allowed`, `refused-by-wechat-pay`, `not-found`, `busy`, `not-taken`
 */
export async function completeOrder(
  temporal: Temporal,
  out_order_no: string,
  body: CompleteServiceOrder,
): Promise<OrderView | undefined> {
  const until = patience();
  try {
    const update = await by(temporal, until.call, () =>
      runOf(temporal, out_order_no).startUpdate(complete, {
        args: [
          {
            body,
            receivedAt: new Date().toISOString(),
            notAfter: new Date(until.call - MARGIN_MS).toISOString(),
          },
        ],
        updateId: `complete/${randomUUID()}`,
        waitForStage: 'ACCEPTED',
      }),
    );
    return await outcomeOf(temporal, update, until.call);
  } catch (error) {
    if (isNotRunning(error) || isOvertakenByEnd(error)) {
      return await afterTheEnd(temporal, out_order_no, body, until);
    }
    if (isTimeout(error)) throw notKnownToBeTaken();
    throw refusalOf(error) ?? problemOf(error);
  }
}

async function outcomeOf(
  temporal: Temporal,
  update: WorkflowUpdateHandle<OrderView>,
  moment: number,
): Promise<OrderView | undefined> {
  try {
    return await by(temporal, moment, () => update.result());
  } catch (error) {
    if (isTimeout(error)) return undefined;
    throw error;
  }
}

/** Leaves the request with Temporal, which keeps it until a worker takes it. */
export async function leaveCompletion(
  temporal: Temporal,
  out_order_no: string,
  body: CompleteServiceOrder,
): Promise<void> {
  const until = patience();
  try {
    await by(temporal, until.call, () =>
      runOf(temporal, out_order_no).signal(serviceEnded, {
        body,
        receivedAt: new Date().toISOString(),
      }),
    );
  } catch (error) {
    if (!isNotRunning(error)) throw problemOf(error);
    await afterTheEnd(temporal, out_order_no, body, until);
  }
}

/** An order that has ended: the same completion has succeeded, any other comes too late. */
async function afterTheEnd(
  temporal: Temporal,
  out_order_no: string,
  body: CompleteServiceOrder,
  { all }: Patience,
): Promise<OrderView> {
  const order = await readOrder(temporal, out_order_no, { call: all, all });
  const isCompleted = ['paid', 'paid_elsewhere', 'free'].includes(order.phase);
  if (isCompleted && order.total_amount === body.total_amount) return order;
  throw new Problem('not-allowed', {
    detail: isFinal(order.phase)
      ? `The order has ended: it is ${order.phase}, total_amount ${order.total_amount ?? 'none'}.`
      : `The order's run was ended from outside while it was ${order.phase}.`,
  });
}

function refusalOf(error: unknown): Problem | undefined {
  const refusal = updateRefusalOf(error);
  switch (refusal?.type) {
    case 'Refused':
      return new Problem('refused-by-wechat-pay', {
        detail: 'The order is unchanged; a corrected request can follow.',
        refusal: refusal.detail as Refusal,
      });
    case 'NotAllowed':
      return new Problem('not-allowed', { detail: refusal.message });
    case 'Expired':
      return notTaken();
    case undefined:
      return undefined;
  }
}

/** A worker may have taken it at the last moment, and its answer been lost. */
function notKnownToBeTaken(): Problem {
  return new Problem('not-taken', {
    detail:
      'Whether the request was taken is not known; probably no worker runs. Repeat the same request, ' +
      'and read the order before asking for another amount.',
  });
}

function notTaken(): Problem {
  return new Problem('not-taken', {
    detail:
      'No worker took the request in time, so it will not be carried out. Repeat it. ' +
      'If workers are running, compare the clocks of the API and of Temporal.',
  });
}
