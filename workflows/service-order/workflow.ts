/** One service order, from its opening to its last phase. */
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  patched,
  workflowInfo,
} from '@temporalio/workflow';
import { openOrderState, type OrderState } from './order-state.ts';
import type { Carried } from '../contract.ts';
import { setHandlers, type Inbox } from './handlers.ts';
import { createLoop } from './loop.ts';
import { isAfterReset } from './reset.ts';
import { readEarlierRun } from '../activities.ts';
import type { Order } from '../../payscore/order/order.ts';
import type { Opening } from '../../payscore/order/opening.ts';
import { owedOf } from '../../payscore/order/refund-due.ts';
import { hasEnded, isNumberFree } from '../../payscore/rules/ended.ts';
import { viewOf, type OrderView } from '../../payscore/order/view.ts';
import { words } from '../words.ts';

export async function serviceOrder(opening: Opening, carried?: Carried): Promise<OrderView> {
  const state = openOrderState(opening, carried?.order);
  const inbox = setHandlers(state);
  inbox.isAsked = carried?.isAsked ?? false;
  if (carried?.isReset) state.apply({ kind: 'taken_up' });

  const loop = createLoop(state, inbox);
  const isOpen = () => !hasEnded(state.order);
  const isAtWork = () => isOpen() || loop.isReading();
  /** What is owed to the user is shown, and can be settled, as long as the run goes on. Runs of 0.2 ended all the same. */
  const isOwing = () => !isOpen() && owedOf(state.order) > 0 && patched('owing-goes-on');
  const mustMove = () => workflowInfo().continueAsNewSuggested || isAfterReset();

  async function workWhile(isNeeded: () => boolean): Promise<void> {
    while (isNeeded() && !mustMove()) {
      loop.turn();
      await condition(() => !isNeeded() || mustMove() || loop.hasWork());
    }
  }

  // "Request Cancellation" in the web UI must not end an order that WeChat goes on with.
  return await CancellationScope.nonCancellable(async () => {
    await workWhile(isAtWork);
    if (!isAtWork()) loop.end();
    await workWhile(() => isOwing() || loop.isReading() || loop.isTelling());
    const goesOn = () => isAtWork() || isOwing() || loop.isTelling();
    // Its history has grown so long that the order must go on in a new run, or it was taken back to an earlier moment.
    if (goesOn()) await loop.handOver();
    else loop.end();
    await condition(allHandlersFinished);
    if (goesOn()) {
      if (isAfterReset()) await rememberEarlierRun(state);
      await continueAsNew<typeof serviceOrder>(state.order.opening, carriedOf(state, inbox));
    }
    loop.end();
    failWhereNumberIsFree(state.order);
    return viewOf(state.order);
  });
}

function carriedOf({ order }: OrderState, { isAsked }: Inbox): Carried {
  return { order, isAsked, isReset: isAfterReset() };
}

/** Whoever opens an order under its number comes next: nobody opened it here and WeChat does not know it, or it never got there. */
function failWhereNumberIsFree(order: Order): void {
  const { explanation, wasNeverOpened } = order;
  const why = explanation && words.fact(explanation);
  if (wasNeverOpened) throw ApplicationFailure.nonRetryable(why, 'Misconfigured');
  if (!isNumberFree(order)) return;
  throw ApplicationFailure.nonRetryable(why, 'NotFound');
}

/** The run that was reset has ended, and knows what became of requests since that point. */
async function rememberEarlierRun(state: OrderState): Promise<void> {
  const { opening, out_order_no } = state.order;
  const runId = workflowInfo().originalExecutionRunId;
  const earlier = await readEarlierRun(opening.service, out_order_no, runId);
  state.apply({ kind: 'remembered', earlier, runId: workflowInfo().runId });
}
