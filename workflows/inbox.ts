/**
 * Where messages arrive. Handlers only put things in; the loop takes them out.
 * People can send anything from the web UI, and a handler that fails would stop the order for good: shapes are checked.
 */
import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import { setHandler, uuid4 } from '@temporalio/workflow';
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
import { isReset } from './reset.ts';
import { createWaiting, type Answer, type Waiting } from './waiting.ts';
import { recordOf } from '../payscore/fold-operation.ts';
import { EXAMPLES, hasBody, isServiceOrder } from '../payscore/message-shape.ts';
import {
  ASKED_OPERATIONS,
  isPending,
  outcomeOf,
  type AskedOperation,
  type OperationRecord,
  type Outcome,
} from '../payscore/operation.ts';
import type { Order } from '../payscore/order.ts';
import { isFinal } from '../payscore/phase.ts';
import { judge, type Verdict } from '../payscore/rules.ts';
import { standingOf, viewOf, type OrderView } from '../payscore/view.ts';
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

/** Of Temporal's ten updates at once: while WeChat does not answer, those who ask for news must leave room for the others. */
const CURIOUS_LIMIT = 6;

/** Sets every handler, so it must run before the first await: earlier messages would be lost. */
export function createInbox(book: Book): Inbox {
  const waiting = createWaiting();
  let isClosed = false;
  const inbox: Inbox = {
    observations: [],
    isInDoubt: false,
    refreshRound: 1,
    waiting,
    close: () => {
      isClosed = true;
      waiting.answerAll({ kind: 'moved' });
    },
  };

  setHandler(
    opened,
    async () => {
      if (book.order.phase === 'creating') await hear(OPENED);
      return viewOf(book.order);
    },
    { description: DESCRIPTIONS.opened },
  );

  for (const operation of ASKED_OPERATIONS) {
    const { update, signal } = OPERATIONS[operation] as AnyMessages;
    setHandler(update, async (asked) => answerOf(book, await take(operation, asked)), {
      description: DESCRIPTIONS[operation],
      validator: (asked) => validate(operation, asked),
    });
    setHandler(signal, (asked) => leave(operation, asked), {
      description: `${DESCRIPTIONS[operation]}. Nobody waits for the answer`,
    });
  }

  let curious = 0;
  setHandler(
    refresh,
    async () => {
      if (isFinal(book.order.phase)) return viewOf(book.order);
      inbox.isInDoubt = true;
      curious++;
      const answer = await hear(refreshKeyOf(inbox.refreshRound));
      curious--;
      return answerOf(book, answer);
    },
    {
      description: DESCRIPTIONS.refresh,
      validator() {
        refuseWhenClosed();
        if (curious >= CURIOUS_LIMIT) throw refusal('Busy', 'WeChat Pay is being asked already');
      },
    },
  );
  const doubt = () => void (inbox.isInDoubt = true);
  setHandler(refreshRequested, doubt, { description: DESCRIPTIONS.refresh });
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

  function refuseWhenClosed(): void {
    if (isClosed) throw refusal('Moved', 'the order goes on in a new run; send the same again');
  }

  function validate(operation: AskedOperation, asked: unknown): void {
    refuseWhenClosed();
    if (!hasBody(operation, asked)) throw refusal('NotAllowed', shapeOf(operation));
    const before = asked.key === undefined ? undefined : recordOf(book.order, asked.key);
    if (before) {
      if (!isSame(before, operation, asked)) throw refusal('KeyReused', KEY_REUSED);
      return;
    }
    if (isExpired(asked)) {
      throw refusal('Expired', 'the caller stopped waiting before a worker took the request');
    }
    if (isCrowded(book.order)) throw refusal('Busy', CROWDED);
    // While something is under way, where the order will stand is not known: the request waits for its turn.
    if (isBusy(book.order)) return;
    const verdict = verdictOn(operation, asked);
    if (verdict.kind === 'not_allowed') throw refusal('NotAllowed', verdict.rule);
  }

  /** Every request is kept under its key, and whoever repeats it waits for the same outcome. */
  async function take(
    operation: AskedOperation,
    asked: OperationRequest<unknown>,
  ): Promise<Answer> {
    const known = asked.key === undefined ? undefined : recordOf(book.order, asked.key);
    const key = known?.key ?? keep(operation, asked);
    const outcome = known && outcomeOf(known);
    if (outcome) return outcome;
    if (isFinal(book.order.phase)) return verdictAfterwards(operation, asked, key);
    return await hear(key, asked.notAfter);
  }

  function leave(operation: AskedOperation, asked: unknown): void {
    if (!hasBody(operation, asked)) {
      return book.record({ kind: 'declined', operation, rule: shapeOf(operation) });
    }
    const before = asked.key === undefined ? undefined : recordOf(book.order, asked.key);
    if (!before && isCrowded(book.order)) {
      book.record({ kind: 'declined', operation, rule: CROWDED });
    } else if (!before) {
      const key = keep(operation, asked);
      if (isFinal(book.order.phase)) verdictAfterwards(operation, asked, key);
    } else if (!isSame(before, operation, asked)) {
      book.record({ kind: 'declined', operation, rule: KEY_REUSED });
    }
  }

  function keep(operation: AskedOperation, asked: OperationRequest<unknown>): string {
    const { key = `by-hand-${uuid4()}`, digest = '', body } = asked;
    const receivedAt = asked.receivedAt ?? new Date().toISOString();
    const record = { operation, key, digest, receivedAt, request: body, state: 'waiting' };
    book.record({ kind: 'asked', record: record as OperationRecord });
    return key;
  }

  /** The loop has ended: what comes now is judged by how the order ended. */
  function verdictAfterwards(
    operation: AskedOperation,
    asked: OperationRequest<unknown>,
    key: string,
  ): Outcome {
    const verdict = verdictOn(operation, asked);
    const outcome: Outcome =
      verdict.kind === 'go' ? { kind: 'not_allowed', rule: 'the order has ended' } : verdict;
    book.record({ kind: 'concluded', key, outcome, unattended: !waiting.isAwaited(key) });
    return outcome;
  }

  function verdictOn(operation: AskedOperation, asked: OperationRequest<unknown>): Verdict {
    const { body, digest = '' } = asked;
    const standing = standingOf(viewOf(book.order));
    return judge(standing, { operation, request: body as never, digest });
  }

  async function hear(key: string, until?: string): Promise<Answer> {
    if (isClosed) return { kind: 'moved' };
    return await waiting.wait(key, until);
  }
}

/** Bodies differ by operation; here they are only looked at by {@link hasBody}. */
interface AnyMessages {
  readonly update: UpdateDefinition<OrderView, [OperationRequest<unknown>]>;
  readonly signal: SignalDefinition<[OperationRequest<unknown>]>;
}

const KEY_REUSED = 'the Idempotency-Key was used before, with another body or operation';

/**
 * After "Reset" Temporal hands over once more what the run had accepted, however long ago: it was promised, so it is kept.
 * What really comes too late looks the same; its caller was told that it may have been taken.
 */
function isExpired({ notAfter }: OperationRequest<unknown>): boolean {
  return notAfter !== undefined && Date.now() > Date.parse(notAfter) && !isReset();
}

const WAITING_LIMIT = 20;
const CROWDED = `${WAITING_LIMIT} requests wait for this order already; send it again later`;

/** All that waits must fit into what a run hands to the next: Temporal takes 2 MB, and a body may have 30 kB. */
function isCrowded({ operations }: Order): boolean {
  return operations.filter(isPending).length >= WAITING_LIMIT;
}

function isBusy({ phase, operations }: Order): boolean {
  if (isFinal(phase)) return false;
  const isInvited = phase === 'authorizing';
  return operations.some((it) => isPending(it) && !(isInvited && it.operation === 'create'));
}

function shapeOf(operation: AskedOperation): string {
  return `the message must look like ${EXAMPLES[operation]}`;
}

function isSame(
  before: OperationRecord,
  operation: AskedOperation,
  { digest = '' }: OperationRequest<unknown>,
): boolean {
  return before.operation === operation && before.digest === digest;
}
