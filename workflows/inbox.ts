/**
 * Where messages arrive. Handlers only put things in; the loop takes them out.
 * People can send anything from the web UI, and a handler that fails would stop the order for good: shapes are checked.
 */
import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import { setHandler } from '@temporalio/workflow';
import type { Book } from './book.ts';
import {
  authorizationChanged,
  opened,
  OPERATIONS,
  order as orderQuery,
  orderPaid,
  refresh,
  refreshRequested,
  type OperationRequest,
} from './contract.ts';
import { DESCRIPTIONS } from './descriptions.ts';
import { answerOf, refusal } from './refusal.ts';
import { createRequests } from './requests.ts';
import { createWaiting, type Waiting } from './waiting.ts';
import { isServiceOrder } from '../payscore/message-shape.ts';
import { ASKED_OPERATIONS } from '../payscore/operation.ts';
import { isFinal } from '../payscore/phase.ts';
import { viewOf, type OrderView } from '../payscore/view.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

/** What is waited for beside operations. Business code's keys have no slash. */
export const OPENED = 'own/opened';
export const refreshKeyOf = (round: number) => `own/refresh/${round}`;

export interface Inbox {
  /** What verified notifications say about the order. */
  readonly observations: ServiceOrder[];
  /** WeChat must be asked: somebody wants it, or somebody said something that proves nothing by itself. */
  isInDoubt: boolean;
  /** Which question to WeChat answers those who ask for a refresh now: one that has begun may be too old. */
  refreshRound: number;
  readonly waiting: Waiting;
  /** Takes no more requests: the order goes on in a new run. */
  close(): void;
}

/** Bodies differ by operation; here they are only looked at by their shape. */
interface AnyMessages {
  readonly update: UpdateDefinition<OrderView, [OperationRequest<unknown>]>;
  readonly signal: SignalDefinition<[OperationRequest<unknown>]>;
}

/** Of Temporal's ten updates at once: while WeChat does not answer, those who ask for news must leave room for the others. */
const CURIOUS_LIMIT = 6;

/** Sets every handler, so it must run before the first await: earlier messages would be lost. */
export function createInbox(book: Book): Inbox {
  const waiting = createWaiting();
  const requests = createRequests(book, waiting);
  const inbox: Inbox = {
    observations: [],
    isInDoubt: false,
    refreshRound: 1,
    waiting,
    close: requests.close,
  };
  const doubt = () => {
    inbox.isInDoubt = true;
  };

  setHandler(
    opened,
    async () => {
      if (book.order.phase === 'creating') {
        return answerOf(book, await requests.hear(OPENED));
      }
      return viewOf(book.order);
    },
    { description: DESCRIPTIONS.opened },
  );

  for (const operation of ASKED_OPERATIONS) {
    const { update, signal } = OPERATIONS[operation] as AnyMessages;
    setHandler(update, async (asked) => answerOf(book, await requests.take(operation, asked)), {
      description: DESCRIPTIONS[operation],
      validator: (asked) => requests.validate(operation, asked),
    });
    setHandler(signal, (asked) => requests.leave(operation, asked), {
      description: `${DESCRIPTIONS[operation]}. Nobody waits for the answer`,
    });
  }

  let curious = 0;
  setHandler(
    refresh,
    async () => {
      if (isFinal(book.order.phase)) return viewOf(book.order);
      doubt();
      curious++;
      const answer = await requests.hear(refreshKeyOf(inbox.refreshRound));
      curious--;
      return answerOf(book, answer);
    },
    {
      description: DESCRIPTIONS.refresh,
      validator() {
        requests.refuseWhenClosed();
        if (curious >= CURIOUS_LIMIT) throw refusal('Busy', 'WeChat Pay is being asked already');
      },
    },
  );
  setHandler(refreshRequested, doubt, { description: DESCRIPTIONS.refreshRequested });
  setHandler(authorizationChanged, doubt, { description: DESCRIPTIONS.authorizationChanged });
  setHandler(
    orderPaid,
    (said) => {
      if (isServiceOrder(said)) inbox.observations.push(said);
    },
    { description: DESCRIPTIONS.orderPaid },
  );
  setHandler(orderQuery, () => viewOf(book.order), { description: DESCRIPTIONS.order });
  return inbox;
}
