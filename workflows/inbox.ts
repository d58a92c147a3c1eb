/**
 * Where messages arrive. Handlers only put things in; the loop takes them out.
 * People can send anything from the web UI, and a handler that fails would stop the order for good: shapes are checked.
 */
import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import type { Book } from './book.ts';
import { opened, order as orderQuery, orderPaid, type UpdateRefusal } from './contract.ts';
import { creation } from './creation.ts';
import { OPERATIONS } from './operations.ts';
import { createRequest, type Outcome, type Request } from './request.ts';
import { COMPLETE_EXAMPLE, hasCompletion, isServiceOrder } from '../payscore/message-shape.ts';
import { isFinal } from '../payscore/phase.ts';
import { viewOf, type OrderView } from '../payscore/view.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

const SHAPE = `the message must look like ${COMPLETE_EXAMPLE}`;

export interface Inbox {
  /** What verified notifications say about the order. */
  readonly observations: ServiceOrder[];
  /** What is wanted of it, first come, first served. The creation is the first. */
  readonly requests: Request[];
}

/** Sets every handler, so it must run before the first await: earlier messages would be lost. */
export function createInbox(book: Book): Inbox {
  const opening = createRequest(creation(book), true);
  const inbox: Inbox = { observations: [], requests: [opening] };

  setHandler(
    opened,
    async () => {
      await opening.outcome;
      return viewOf(book.order);
    },
    { description: 'Not for people: answers when it is known whether the order exists' },
  );

  for (const { update, signal, description, work } of OPERATIONS) {
    setHandler(
      update,
      async (asked) => {
        const request = take(createRequest(work(book, asked), true));
        return answerOf(book, await request.outcome);
      },
      {
        description,
        validator: (asked) => {
          if (!hasCompletion(asked)) throw refusal('NotAllowed', SHAPE);
          if (asked.notAfter !== undefined && Date.now() > Date.parse(asked.notAfter)) {
            throw refusal('Expired', 'the caller stopped waiting before a worker took the request');
          }
          const verdict = work(book, asked).judge();
          if (verdict.kind === 'no') throw refusal('NotAllowed', verdict.rule);
        },
      },
    );
    setHandler(
      signal,
      (asked) => {
        if (hasCompletion(asked)) take(createRequest(work(book, asked), false));
        else book.record({ kind: 'declined', operation: 'complete', rule: SHAPE });
      },
      { description: `${description}; nobody waits for the answer` },
    );
  }

  setHandler(
    orderPaid,
    (said) => {
      if (isServiceOrder(said)) inbox.observations.push(said);
    },
    { description: 'Not for people: what a verified USER_PAID notification says' },
  );
  setHandler(orderQuery, () => viewOf(book.order), { description: 'The order as it stands' });
  return inbox;

  function take(request: Request): Request {
    if (isFinal(book.order.phase)) request.answer(outcomeAfterwards(request));
    else inbox.requests.push(request);
    return request;
  }
}

/** What a request gets that was not carried out before the order reached its final phase. */
export function outcomeAfterwards(request: Request): Outcome {
  const verdict = request.judge();
  return verdict.kind === 'go' ? { kind: 'no', rule: 'the order has ended' } : verdict;
}

function answerOf(book: Book, outcome: Outcome): OrderView {
  switch (outcome.kind) {
    case 'done':
      return viewOf(book.order);
    case 'no':
      throw refusal('NotAllowed', outcome.rule);
    case 'refused': {
      const { code, message } = outcome.refusal;
      throw refusal('Refused', `WeChat Pay refused: ${code} ${message}`, outcome.refusal);
    }
  }
}

function refusal(type: UpdateRefusal, message: string, detail?: unknown): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    nonRetryable: true,
    ...(detail !== undefined && { details: [detail] }),
  });
}
