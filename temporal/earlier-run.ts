/** One picture of what an ended run of an order had promised, owed and not read, so that a later run goes on with all of it. */
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { viewBy } from './ask.ts';
import { runEvents } from './run-events.ts';
import { notedOf } from './opening.ts';
import type { Temporal } from './client.ts';
import type { EarlierRun, Opening } from '../payscore/order/opening.ts';
import { isNeverOpened } from '../payscore/rules/ended.ts';
import { recordOfTold, serviceOrderIn, viewOf, type OrderView } from '../payscore/order/view.ts';
import { order as orderQuery } from '../workflows/contract.ts';

/**
 * With what a run is opened that takes the order up from WeChat, where nobody asks for it to be created.
 *
 * @throws whatever Temporal's client throws: what cannot be read must not be forgotten, so there is no new run without it
 */
export async function openingToTakeUp(
  temporal: Temporal,
  run: WorkflowExecutionDescription,
): Promise<Opening> {
  const { opening } = await runEvents(temporal, run);
  const { mayExist: _, ...rest } = opening;
  return { ...rest, takesUp: await earlierRunOf(temporal, run), takesUpOnly: true };
}

/**
 * A run that came to its end tells it without a worker, any other by a query; one that no worker ever saw by its history.
 *
 * @throws whatever Temporal's client throws, a query that no worker answers included
 */
export async function earlierRunOf(
  temporal: Temporal,
  run: WorkflowExecutionDescription,
): Promise<EarlierRun> {
  const earlier = await pictureOf(temporal, run);
  const { runId } = await temporal.client.workflow.getHandle(run.workflowId).describe();
  // Somebody else has taken it up meanwhile, and that run may know more by now.
  if (runId !== run.runId) throw new RunSupersededError();
  return earlier;
}

/** The same of any run of the order, a later one or not. */
export async function pictureOf(
  temporal: Temporal,
  run: WorkflowExecutionDescription,
): Promise<EarlierRun> {
  const endedAt = (run.closeTime ?? new Date()).toISOString();
  const { openedAt } = notedOf(run);
  if (run.status.name === 'COMPLETED') {
    const view = await viewIn(temporal, run);
    return { ...told(view), openedAt, endedAt, isBrokenOff: false };
  }
  const { opening, carried, isSeen, left, notifications } = await runEvents(temporal, run);
  // A run that no worker ever saw has sent nothing: what it was begun with counts.
  const view = isSeen ? await viewIn(temporal, run) : carried && viewOf(carried.order);
  const before = view
    ? { ...told(view), endedAt, isBrokenOff: !isNeverOpened(view) }
    : (opening.takesUp ?? UNTOUCHED);
  return {
    ...before,
    openedAt,
    operations: unique([...before.operations, ...left], ({ key }) => key),
    notifications: unique([...before.notifications, ...notifications], ({ body }) => body),
  };
}

/** A query may have heard of the latest messages already. */
function unique<T>(all: readonly T[], nameOf: (it: T) => string): T[] {
  return all.filter(
    (it, index) => all.findIndex((other) => nameOf(other) === nameOf(it)) === index,
  );
}

/** Another run of the order was started while this one was read: the same again finds it. */
export class RunSupersededError extends Error {
  override readonly name = 'RunSupersededError';
}

const UNTOUCHED: EarlierRun = {
  phase: 'creating',
  endedAt: new Date(0).toISOString(),
  isBrokenOff: false,
  operations: [],
  notifications: [],
};

export async function viewIn(
  temporal: Temporal,
  run: WorkflowExecutionDescription,
): Promise<OrderView> {
  return await viewBy(temporal, run, orderQuery);
}

function told(view: OrderView) {
  const { phase, explanation, giving_up, refund_due, completed_at, operations } = view;
  const { refunded, settled, outbox } = view;
  const { is_number_taken, last_refusal, ended_before, unread_notifications = [] } = view;
  const serviceOrder = serviceOrderIn(view);
  return {
    phase,
    operations: operations.map(recordOfTold),
    notifications: unread_notifications,
    ...(is_number_taken && { isNumberTaken: true }),
    ...(last_refusal && { lastRefusal: last_refusal }),
    ...(ended_before && { endedBefore: ended_before }),
    ...(explanation !== undefined && { explanation }),
    ...(giving_up !== undefined && { givingUp: giving_up }),
    ...(refund_due && { refundDue: refund_due }),
    ...(refunded && { refunded }),
    ...(settled && { settled }),
    ...(outbox && { outbox }),
    ...(completed_at !== undefined && { completedAt: completed_at }),
    ...(serviceOrder && { serviceOrder }),
  };
}
