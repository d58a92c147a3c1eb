/**
 * Where messages arrive. Handlers only put things in; the loop takes them out.
 * People can send anything from the web UI, and a handler that fails would stop the order for good: shapes are checked.
 */
import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import { setHandler } from '@temporalio/workflow';
import type { OrderState } from './order-state.ts';
import {
  authorizationChanged,
  opened,
  OPERATIONS,
  order as orderQuery,
  orderPaid,
  refresh,
  refreshRequested,
  refunded,
  settle,
  storeRestored,
  type OperationRequest,
  type RefreshRequest,
} from '../contract.ts';
import { answerOf, notAllowed, refusal } from './update-answer.ts';
import { wasSeen } from './paid-notification.ts';
import { createRequests } from './requests.ts';
import { lookFirst } from './restored-store.ts';
import { createWaiters, type Waiters } from './waiters.ts';
import {
  isRefundedNews,
  isSignedNotification,
  textIn,
  timeIn,
} from '../../payscore/order/message-shape.ts';
import { owedOf } from '../../payscore/order/refund-due.ts';
import { ASKED_OPERATIONS } from '../../payscore/order/operation-name.ts';
import { hasEnded } from '../../payscore/rules/ended.ts';
import { viewOf, type OrderView } from '../../payscore/order/view.ts';
import { words } from '../words.ts';

/** What is waited for beside operations. Business code's keys have no slash. */
export const OPENED = 'own/opened';
const REFRESH = 'own/refresh/';
export const refreshKeyOf = (round: number) => `${REFRESH}${round}`;

export interface Inbox {
  /** Somebody wants WeChat to be asked. */
  isAsked: boolean;
  /** Which question to WeChat answers those who ask for a refresh now: one that has begun may be too old. */
  refreshRound: number;
  readonly waiters: Waiters;
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
export function setHandlers(state: OrderState): Inbox {
  const waiters = createWaiters();
  const requests = createRequests(state, waiters);
  const inbox: Inbox = {
    isAsked: false,
    refreshRound: 1,
    waiters,
    close: requests.close,
  };

  setHandler(
    opened,
    async (asked) => {
      waiters.dismissGone();
      if (state.order.phase !== 'creating') return viewOf(state.order);
      return answerOf(state, await requests.awaitOutcome(OPENED, timeIn(asked, 'notAfter')));
    },
    { description: words.messages.opened, validator: (_asked) => requests.refuseWhenFull() },
  );

  for (const operation of ASKED_OPERATIONS) {
    const { update, signal } = OPERATIONS[operation] as AnyMessages;
    setHandler(update, async (asked) => answerOf(state, await requests.take(operation, asked)), {
      description: words.messages[operation],
      validator: (asked) => requests.validate(operation, asked),
    });
    setHandler(signal, (asked) => requests.enqueue(operation, asked), {
      description: words.messages.notAwaited(words.messages[operation]),
    });
  }

  setHandler(
    refresh,
    async (asked) => {
      waiters.dismissGone();
      if (hasEnded(state.order)) return viewOf(state.order);
      noteUserBack(asked);
      inbox.isAsked = true;
      const key = refreshKeyOf(inbox.refreshRound);
      return answerOf(state, await requests.awaitOutcome(key, timeIn(asked, 'notAfter')));
    },
    {
      description: words.messages.refresh,
      validator(_asked) {
        requests.refuseWhenFull();
        if (waiters.count(REFRESH) < REFRESHING_LIMIT) return;
        throw refusal('Busy', words.updates.beingAsked);
      },
    },
  );
  setHandler(refreshRequested, noteAsked, { description: words.messages.refreshRequested });
  setHandler(storeRestored, () => lookFirst(state), { description: words.messages.storeRestored });
  setHandler(
    authorizationChanged,
    (news) => {
      const { service_id } = state.order.opening.service;
      // Under the same number, business code may have led a user to another service.
      if ((textIn(news, 'service_id') ?? service_id) !== service_id) return;
      const id = textIn(news, 'id');
      if (wasSeen(state.order, id)) return;
      if (id !== undefined) state.apply({ kind: 'notification_seen', id });
      const at = timeIn(news, 'changedAt');
      if (at !== undefined) state.apply({ kind: 'authorization_told', at });
      const why = { code: 'authorization_told' } as const;
      state.apply({ kind: 'query_needed', why, isSaidToBeOver: false });
    },
    { description: words.messages.authorizationChanged },
  );
  setHandler(
    orderPaid,
    (signed) => {
      waiters.dismissGone();
      if (isSignedNotification(signed) && wasSeen(state.order, signed.id)) return;
      if (isSignedNotification(signed) && state.order.unread.length < UNREAD_LIMIT) {
        return state.apply({ kind: 'notified', signed });
      }
      const why = { code: 'payment_not_kept' } as const;
      state.apply({ kind: 'query_needed', why, isSaidToBeOver: true });
    },
    { description: words.messages.orderPaid },
  );
  setHandler(
    refunded,
    (news) => {
      if (isRefundedNews(news)) state.apply({ kind: 'refunded', ...news });
    },
    { description: words.messages.refunded },
  );
  setHandler(
    settle,
    ({ reason, by }) => {
      state.apply({ kind: 'settled', reason, by });
      return viewOf(state.order);
    },
    {
      description: words.messages.settle,
      validator(asked) {
        if (textIn(asked, 'reason') === undefined) throw notAllowed({ code: 'reason_needed' });
        if (owedOf(state.order) === 0) throw notAllowed({ code: 'nothing_owed' });
      },
    },
  );
  setHandler(orderQuery, () => viewOf(state.order), { description: words.messages.order });
  return inbox;

  function noteAsked(asked: unknown): void {
    noteUserBack(asked);
    // While it is created, WeChat is asked already.
    if (state.order.phase !== 'creating') inbox.isAsked = true;
  }

  /** Only business code knows that a user waits; everybody else may ask. */
  function noteUserBack(asked: unknown): void {
    const { isUserBack, countsAsReceived } = (asked ?? {}) as Record<keyof RefreshRequest, unknown>;
    const at = timeIn(asked, 'receivedAt');
    if (isUserBack !== true || at === undefined) return;
    state.apply({ kind: 'awaited', at, countsAsReceived: countsAsReceived === true });
  }
}
