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
  storeRestored,
  type OperationRequest,
} from './contract.ts';
import { DESCRIPTIONS } from './descriptions.ts';
import { answerOf, refusal } from './refusal.ts';
import { hasHeard } from './notification.ts';
import { createRequests } from './requests.ts';
import { createWaiting, type Waiting } from './waiting.ts';
import { isSignedNotification, textIn, timeIn } from '../payscore/message-shape.ts';
import { ASKED_OPERATIONS } from '../payscore/operation.ts';
import { hasEnded } from '../payscore/unserved.ts';
import { viewOf, type OrderView } from '../payscore/view.ts';

/** What is waited for beside operations. Business code's keys have no slash. */
export const OPENED = 'own/opened';
const REFRESH = 'own/refresh/';
export const refreshKeyOf = (round: number) => `${REFRESH}${round}`;

export interface Inbox {
  /** Somebody wants WeChat to be asked. */
  isAsked: boolean;
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

/** What a run hands to the next must stay within Temporal's 2 MB. */
const UNREAD_LIMIT = 10;

/** While WeChat does not answer, those who ask for news must leave room for the others. */
const REFRESHING_LIMIT = 6;

/** Sets every handler, so it must run before the first await: earlier messages would be lost. */
export function createInbox(book: Book): Inbox {
  const waiting = createWaiting();
  const requests = createRequests(book, waiting);
  const inbox: Inbox = {
    isAsked: false,
    refreshRound: 1,
    waiting,
    close: requests.close,
  };

  setHandler(
    opened,
    async (asked) => {
      waiting.dismissGone();
      if (book.order.phase !== 'creating') return viewOf(book.order);
      return answerOf(book, await requests.hear(OPENED, timeIn(asked, 'notAfter')));
    },
    { description: DESCRIPTIONS.opened, validator: (_asked) => requests.refuseWhenFull() },
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

  setHandler(
    refresh,
    async (asked) => {
      waiting.dismissGone();
      if (hasEnded(book.order)) return viewOf(book.order);
      noteUserBack(asked);
      inbox.isAsked = true;
      const key = refreshKeyOf(inbox.refreshRound);
      return answerOf(book, await requests.hear(key, timeIn(asked, 'notAfter')));
    },
    {
      description: DESCRIPTIONS.refresh,
      validator(_asked) {
        requests.refuseWhenFull();
        if (waiting.count(REFRESH) < REFRESHING_LIMIT) return;
        throw refusal('Busy', 'WeChat Pay is being asked already');
      },
    },
  );
  setHandler(refreshRequested, noteAsked, { description: DESCRIPTIONS.refreshRequested });
  setHandler(
    storeRestored,
    () => {
      // As after a reset: the order has perhaps gone on without us.
      if (!hasEnded(book.order)) book.record({ kind: 'taken_up' });
    },
    { description: DESCRIPTIONS.storeRestored },
  );
  setHandler(
    authorizationChanged,
    (news) => {
      const id = textIn(news, 'id');
      if (hasHeard(book.order, id)) return;
      if (id !== undefined) book.record({ kind: 'heard', id });
      const at = timeIn(news, 'changedAt');
      if (at !== undefined) book.record({ kind: 'authorization_told', at });
      const why = 'a notification says that the user’s authorization has changed';
      book.record({ kind: 'doubted', why, isSaidToBeOver: false });
    },
    { description: DESCRIPTIONS.authorizationChanged },
  );
  setHandler(
    orderPaid,
    (signed) => {
      waiting.dismissGone();
      if (isSignedNotification(signed) && hasHeard(book.order, signed.id)) return;
      if (isSignedNotification(signed) && book.order.unread.length < UNREAD_LIMIT) {
        return book.record({ kind: 'notified', signed });
      }
      const why = 'a notification of a payment was not kept';
      book.record({ kind: 'doubted', why, isSaidToBeOver: true });
    },
    { description: DESCRIPTIONS.orderPaid },
  );
  setHandler(orderQuery, () => viewOf(book.order), { description: DESCRIPTIONS.order });
  return inbox;

  function noteAsked(asked: unknown): void {
    noteUserBack(asked);
    // While it is created, WeChat is asked already.
    if (book.order.phase !== 'creating') inbox.isAsked = true;
  }

  /** Only business code knows that a user waits; everybody else may ask. */
  function noteUserBack(asked: unknown): void {
    const isUserBack = (asked as { isUserBack?: unknown } | undefined)?.isUserBack === true;
    const at = timeIn(asked, 'receivedAt');
    if (isUserBack && at !== undefined) book.record({ kind: 'awaited', at });
  }
}
