/** One service order, from its opening to its last phase. */
import { allHandlersFinished, CancellationScope, condition } from '@temporalio/workflow';
import { ask, keyOf } from './account.ts';
import { awaitPayment } from './activities.ts';
import { openBook, type Book } from './book.ts';
import { createInbox, outcomeAfterwards, type Inbox } from './inbox.ts';
import type { Outcome, Request } from './request.ts';
import type { Opening } from '../payscore/order.ts';
import { isFinal } from '../payscore/phase.ts';
import { settles } from '../payscore/trust.ts';
import { viewOf, type OrderView } from '../payscore/view.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

export async function serviceOrder(opening: Opening): Promise<OrderView> {
  const book = openBook(opening);
  const inbox = createInbox(book);

  // "Request Cancellation" in the web UI must not end an order that WeChat goes on with.
  return await CancellationScope.nonCancellable(async () => {
    await keep(book, inbox);
    await condition(allHandlersFinished);
    return viewOf(book.order);
  });
}

/** The loop: observations are folded in at once, operations run one at a time beside it. */
async function keep(book: Book, inbox: Inbox): Promise<void> {
  const { observations, requests } = inbox;
  let running: Request | undefined;
  let isPolling = false;
  let fault: unknown;

  const isOpen = () => !isFinal(book.order.phase);
  const canStart = () => running === undefined && requests.length > 0;
  const mustPoll = () => book.order.phase === 'paying' && !isPolling;

  while (isOpen()) {
    for (const said of observations.splice(0)) observe(said);
    if (isOpen() && canStart()) start(requests.shift() as Request);
    if (mustPoll()) poll();
    await condition(
      () => !isOpen() || observations.length > 0 || canStart() || mustPoll() || fault !== undefined,
    );
    if (fault !== undefined) throw fault;
  }
  // The final phase is the news that everybody gets who still waits.
  for (const left of running ? [running, ...requests] : requests) {
    conclude(left, outcomeAfterwards(left));
  }

  function observe(said: ServiceOrder): void {
    if (settles(book.order, said)) {
      book.record({ kind: 'observed', by: 'notification', serviceOrder: said });
    } else {
      beside(ask(book));
    }
  }

  function start(request: Request): void {
    const verdict = request.judge();
    if (verdict.kind !== 'go') return conclude(request, verdict);
    running = request;
    beside(
      request.perform().then((outcome) => {
        running = undefined;
        conclude(request, outcome);
      }),
    );
  }

  function poll(): void {
    isPolling = true;
    beside(
      awaitPayment(keyOf(book)).then((said) => {
        isPolling = false;
        book.record({ kind: 'observed', by: 'query', serviceOrder: said });
      }),
    );
  }

  function conclude(request: Request, concluded: Outcome): void {
    const { name, isAttended, answer } = request;
    // An order that has ended meanwhile is the better news than what WeChat said of the request.
    const outcome = concluded.kind === 'done' || isOpen() ? concluded : outcomeAfterwards(request);
    if (outcome.kind === 'refused') {
      const { refusal } = outcome;
      book.record({ kind: 'refused', operation: name, refusal, unattended: !isAttended });
    } else if (outcome.kind === 'no' && !isAttended) {
      book.record({ kind: 'declined', operation: name, rule: outcome.rule });
    }
    answer(outcome);
  }

  /** A mistake of ours beside the loop ends in the loop, where it fails the task: visible, and mended by a deployment. */
  function beside(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      fault = new Error('beside the loop', { cause: error });
    });
  }
}
