/** Opens an order: at most one run per number, whoever asks and how often. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { digestOf, withStart } from '../../temporal/opening.ts';
import { readRun } from './read.ts';
import { refreshOrder } from './refresh.ts';
import { look, patience, problemOf, type Patience } from './patience.ts';
import { by, type Temporal } from '../../temporal/client.ts';
import {
  isOvertakenByEnd,
  isServiceError,
  isTimeout,
  isUnprepared,
  updateRefusalOf,
} from '../../temporal/errors.ts';
import { Problem } from '../problems.ts';
import type { Opened } from '../../payscore/order.ts';
import type { Phase } from '../../payscore/phase.ts';
import type { OrderView } from '../../payscore/view.ts';
import type { OpenServiceOrder } from '../../schemas/open-service-order.ts';
import { opened, SEARCH_ATTRIBUTES } from '../../workflows/contract.ts';

const LOOK_AGAIN_MS = 250;
/** What must be left of WeChat's token for a user to be sent there with it. */
const SPARE_MS = 300_000;

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
  const opening: Opened = { service: temporal.service, request, digest: digestOf(request) };
  return await start(temporal, opening, 'REJECT_DUPLICATE', patience());
}

async function start(
  temporal: Temporal,
  opening: Opened,
  workflowIdReusePolicy: 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE_FAILED_ONLY',
  until: Patience,
): Promise<OpenedOrder> {
  try {
    const order = await by(temporal, until.call, () =>
      temporal.client.workflow.executeUpdateWithStart(opened, {
        startWorkflowOperation: withStart(temporal, opening, {
          workflowIdConflictPolicy: 'FAIL',
          workflowIdReusePolicy,
        }),
        updateId: `opened/${randomUUID()}`,
      }),
    );
    return { order, isRepeated: false };
  } catch (error) {
    const isRepeated = error instanceof WorkflowExecutionAlreadyStartedError;
    if (isUnprepared(error)) throw problemOf(error);
    if (!isRepeated && !mayBeThere(error)) throw problemOf(error);
    const order = await orderThere(temporal, opening, until);
    if (order) return { order: await withFreshToken(temporal, order), isRepeated };
    const mayStartAgain = isRepeated && workflowIdReusePolicy === 'REJECT_DUPLICATE';
    if (!mayStartAgain) throw problemOf(error);
    // What is there was ended from outside, with this very body: the new run takes it up from WeChat.
    return await start(temporal, opening, 'ALLOW_DUPLICATE_FAILED_ONLY', until);
  }
}

/** Errors that leave open whether a run was started. */
function mayBeThere(error: unknown): boolean {
  const isMoved = updateRefusalOf(error)?.type === 'Moved';
  return isMoved || isOvertakenByEnd(error) || isTimeout(error) || isServiceError(error);
}

/** Whether an order was opened under this number with this very body. */
export async function isOpened(temporal: Temporal, request: OpenServiceOrder): Promise<boolean> {
  const found = await look(temporal, request.out_order_no, patience().call);
  return found?.digest === digestOf(request);
}

/** The order of the run that is there; undefined when there is none that goes on or has come to its end. */
async function orderThere(
  temporal: Temporal,
  { request, digest }: Opened,
  until: Patience,
): Promise<OpenedOrder['order'] | undefined> {
  const { out_order_no } = request;
  for (;;) {
    const found = await look(temporal, out_order_no, until.all);
    if (!found) return;
    if (found.digest !== digest) throw differentBody();
    if (!['RUNNING', 'COMPLETED'].includes(found.description.status.name)) return;
    const { typedSearchAttributes } = found.description;
    const phase = typedSearchAttributes.get(SEARCH_ATTRIBUTES.phase) ?? 'creating';
    const isKnown = phase !== ('creating' satisfies Phase);
    if (isKnown || Date.now() > until.call - LOOK_AGAIN_MS) {
      return await readRun(temporal, found, until.all).catch(() => ({ out_order_no, phase }));
    }
    await delay(LOOK_AGAIN_MS);
  }
}

/** Whoever asks again for a user who must still authorise gets a token that lives long enough, if WeChat gives one. */
async function withFreshToken(
  temporal: Temporal,
  order: OpenedOrder['order'],
): Promise<OpenedOrder['order']> {
  const expires = 'invitation' in order ? order.invitation?.expires_at : undefined;
  if (expires === undefined || Date.parse(expires) - Date.now() > SPARE_MS) return order;
  return (await refreshOrder(temporal, order.out_order_no).catch(() => order)) ?? order;
}

function differentBody(): Problem {
  return new Problem('different-body', {
    detail:
      'The order under this out_order_no is untouched. A different order needs its own number.',
  });
}
