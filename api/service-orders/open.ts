/** Opens an order: at most one run per number, whoever asks and how often. */
import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { toldToRefresh } from '../../temporal/orders.ts';
import { startedAndOpened, type StartPolicies } from '../../temporal/opening.ts';
import { readRun } from './read.ts';
import { refreshOrder, requestOf, USER } from './refresh.ts';
import { deadlines, type Deadlines } from '../http/deadline.ts';
import { problemOf } from '../http/temporal-problems.ts';
import { look, openingOfRun, type Look } from './run.ts';
import { withDeadline, type Temporal } from '../../temporal/client.ts';
import { earlierRunOf } from '../../temporal/earlier-run.ts';
import {
  isOvertakenByEnd,
  isServiceError,
  isTimeout,
  isUnprepared,
  isWithoutWorker,
  updateRefusalOf,
} from '../../temporal/errors.ts';
import { activeTraceparent } from '../../process/spans.ts';
import { Problem } from '../http/problems.ts';
import type { Opened, Service } from '../../payscore/order/opening.ts';
import { hadSentNothing } from '../../payscore/rules/ended.ts';
import { isFinal, type Phase } from '../../payscore/rules/phase.ts';
import type { OrderView } from '../../payscore/order/view.ts';
import type { OpenServiceOrder } from '../../schemas/open-service-order.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/contract.ts';

const LOOK_AGAIN_MS = 250;

export interface OpenedOrder {
  /** No more than its phase while no worker answers; the run is durable all the same. */
  readonly order: OrderView | { readonly out_order_no: string; readonly phase: string };
  /** Somebody opened it before, with the same body. */
  readonly isRepeated: boolean;
}

export interface WantedOrder {
  /** Undefined where the request names one that is not configured, or no longer: then only what was opened before goes on. */
  readonly service: Service | undefined;
  readonly request: OpenServiceOrder;
  /** Of the body as it was sent. */
  readonly digest: string;
  /** The name of the API key by which it is asked for. */
  readonly by?: string | undefined;
  /** Our store was lost: WeChat may have the order though no run of it is known. */
  readonly mayExist: boolean;
}

/**
 * The update that waits for the creation goes with the start alone: a run takes 2000 updates in its life, and whoever
 * repeats the same request is answered without one, unless its user is to authorise.
 *
 * @throws {Problem} `different-body`, `busy`, `not-taken`, `unavailable`
 */
export async function openOrder(temporal: Temporal, wanted: WantedOrder): Promise<OpenedOrder> {
  const { service, request, digest, by, mayExist } = wanted;
  const traceparent = activeTraceparent();
  const openingUnder = (of: Service): Opened => ({
    ...{ service: of, request, digest },
    ...(by !== undefined && { by }),
    ...(traceparent !== undefined && { traceparent }),
    ...(mayExist && { mayExist }),
  });
  const until = deadlines(temporal);
  const opening = service && openingUnder(service);
  const first = opening ? await start(temporal, opening, ONLY_NEW, until) : 'taken';
  if (first !== 'taken') return first;
  const there = await runThere(temporal, wanted, until);
  if (there && isOrder(there))
    return { order: await answerOf(temporal, there, until), isRepeated: true };
  // What is there looked for an order in vain, or was ended from outside: the new run takes it up from WeChat.
  const again = there ? await openingAfter(there) : opening;
  const second = again ? await start(temporal, again, AFTER_A_FAILURE, until) : 'taken';
  if (second !== 'taken') return second;
  throw new Problem('busy', { detail: ({ problems }) => problems.orders.crowd });

  /** Where it may exist, it is of the service it was opened under; otherwise it begins anew with what is configured now. */
  async function openingAfter(ended: Look): Promise<Opened> {
    const takesUp = await pictureOf(temporal, ended, until);
    const mayBegin = service && hadSentNothing(takesUp);
    const of = mayBegin ? service : (await openingOfRun(temporal, ended, until.all)).service;
    return { ...openingUnder(of), takesUp };
  }
}

const ONLY_NEW: StartPolicies = {
  workflowIdConflictPolicy: 'FAIL',
  workflowIdReusePolicy: 'REJECT_DUPLICATE',
};
const AFTER_A_FAILURE: StartPolicies = {
  workflowIdConflictPolicy: 'FAIL',
  workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
};

/** @returns `taken` where there is a run under the number already, which is not touched */
async function start(
  temporal: Temporal,
  opening: Opened,
  policies: StartPolicies,
  until: Deadlines,
): Promise<OpenedOrder | 'taken'> {
  try {
    const order = await withDeadline(temporal, until.call, () =>
      startedAndOpened(temporal, opening, policies, until.notAfter),
    );
    return { order, isRepeated: false };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'taken';
    if (isUnprepared(error) || !mayBeThere(error)) throw problemOf(error);
    const there = await runThere(temporal, opening, until);
    if (!there) throw problemOf(error);
    // It was ended from outside while it was waited for.
    if (!isOrder(there)) return 'taken';
    return { order: await answerOf(temporal, there, until), isRepeated: false };
  }
}

/** Errors that leave open whether a run was started. */
function mayBeThere(error: unknown): boolean {
  const isMoved = updateRefusalOf(error)?.type === 'Moved';
  return isMoved || isOvertakenByEnd(error) || isTimeout(error) || isServiceError(error);
}

/** Whether an order was opened under this number with this very body. */
export async function isOpened(
  temporal: Temporal,
  { request, digest }: Pick<WantedOrder, 'request' | 'digest'>,
): Promise<boolean> {
  const found = await look(temporal, request.out_order_no, deadlines(temporal).call);
  return found?.digest === digest;
}

/** The run of the same body that is there. @throws {Problem} `different-body` */
async function runThere(
  temporal: Temporal,
  { request, digest }: Pick<WantedOrder, 'request' | 'digest'>,
  { all }: Deadlines,
): Promise<Look | undefined> {
  const found = await look(temporal, request.out_order_no, all);
  if (found && found.digest !== digest) throw differentBody();
  return found;
}

/** It goes on, or has come to its end. */
function isOrder({ description }: Look): boolean {
  return ['RUNNING', 'COMPLETED'].includes(description.status.name);
}

async function pictureOf(temporal: Temporal, { description }: Look, { all }: Deadlines) {
  try {
    return await withDeadline(temporal, all, () => earlierRunOf(temporal, description));
  } catch (error) {
    throw isWithoutWorker(error) ? unreadable() : problemOf(error);
  }
}

/** The order as it stands, as soon as it is known whether it exists. */
async function answerOf(
  temporal: Temporal,
  there: Look,
  until: Deadlines,
): Promise<OpenedOrder['order']> {
  const { out_order_no } = there;
  if (phaseShown(there) === 'creating' && there.description.status.name === 'RUNNING') {
    // Somebody waits for it still.
    await withDeadline(temporal, until.call, () =>
      toldToRefresh(temporal, out_order_no, requestOf(USER)),
    ).catch(() => undefined);
  }
  for (let found: Look | undefined = there; found;) {
    const phase = phaseShown(found);
    const isKnown = phase !== ('creating' satisfies Phase);
    if (isKnown || Date.now() > until.call - LOOK_AGAIN_MS) {
      const order = await readRun(temporal, found, until.all).catch((error: unknown) => {
        // What has ended is no promise: why it has must be told.
        if (isFinal(phase as Phase)) throw error;
        return undefined;
      });
      if (!order) return { out_order_no, phase };
      return order.phase === 'authorizing' ? await askedFor(temporal, order, until) : order;
    }
    await delay(LOOK_AGAIN_MS);
    found = await look(temporal, out_order_no, until.all);
  }
  return { out_order_no, phase: 'creating' };
}

function phaseShown({ description }: Look): string {
  return description.typedSearchAttributes.get(SEARCH_ATTRIBUTES.phase) ?? 'creating';
}

/** Whoever asks again has a user who waits for this order: WeChat is asked whether they have authorised meanwhile. */
async function askedFor(temporal: Temporal, order: OrderView, until: Deadlines) {
  return (
    (await refreshOrder(temporal, order.out_order_no, USER, until).catch(() => order)) ?? order
  );
}

function differentBody(): Problem {
  return new Problem('different-body', { detail: ({ problems }) => problems.orders.differentBody });
}

/** Of a run that was ended from outside: what it had promised must not be forgotten. */
export function unreadable(): Problem {
  return new Problem('unavailable', { detail: ({ problems }) => problems.orders.unreadable });
}
