/** One service order, from its opening to its last phase. */
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  workflowInfo,
} from '@temporalio/workflow';
import { openBook, type Book } from './book.ts';
import type { Carried } from './contract.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { createLoop } from './loop.ts';
import { isAfterReset, rememberEarlierRun } from './reset.ts';
import type { Opening, Order } from '../payscore/order.ts';
import { hasEnded } from '../payscore/unserved.ts';
import { viewOf, type OrderView } from '../payscore/view.ts';

export async function serviceOrder(opening: Opening, carried?: Carried): Promise<OrderView> {
  const book = openBook(opening, carried?.order);
  const inbox = createInbox(book);
  inbox.isAsked = carried?.isAsked ?? false;
  if (carried?.isReset) book.record({ kind: 'taken_up' });

  const loop = createLoop(book, inbox);
  const isOpen = () => !hasEnded(book.order);
  const isAtWork = () => isOpen() || loop.isReading();
  const mustMove = () => workflowInfo().continueAsNewSuggested || isAfterReset();

  // "Request Cancellation" in the web UI must not end an order that WeChat goes on with.
  return await CancellationScope.nonCancellable(async () => {
    while (isAtWork() && !mustMove()) {
      loop.turn();
      await condition(() => !isAtWork() || mustMove() || loop.hasWork());
    }
    // Its history has grown so long that the order must go on in a new run, or it was taken back to an earlier moment.
    if (isAtWork()) await loop.leave();
    else loop.end();
    await condition(allHandlersFinished);
    if (isAtWork()) {
      if (isAfterReset()) await rememberEarlierRun(book);
      await continueAsNew<typeof serviceOrder>(book.order.opening, carriedOf(book, inbox));
    }
    loop.end();
    failWhereNumberIsFree(book.order);
    return viewOf(book.order);
  });
}

function carriedOf({ order }: Book, { isAsked }: Inbox): Carried {
  return { order, isAsked, isReset: isAfterReset() };
}

/** Whoever opens an order under its number comes next: nobody opened it here and WeChat does not know it, or it never got there. */
function failWhereNumberIsFree({ opening, phase, explanation, isUnserved }: Order): void {
  if (isUnserved) throw ApplicationFailure.nonRetryable(explanation, 'Misconfigured');
  if ('request' in opening || opening.takesUp || phase !== 'rejected') return;
  throw ApplicationFailure.nonRetryable(explanation, 'NotFound');
}
