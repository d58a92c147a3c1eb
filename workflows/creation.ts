/** The first thing that an opened order does: asks for the user's permission, and creates the order. */
import { workflowInfo } from '@temporalio/workflow';
import { ask, askUntil, pause } from './account.ts';
import { createServiceOrder } from './activities.ts';
import { SEND_WITHIN_MS } from './attempt.ts';
import { isAuthorised } from './permission.ts';
import type { Book } from './book.ts';
import { GIVING_UP } from './operation.ts';
import { isAfterReset } from './reset.ts';
import { settle } from './settle.ts';
import { createUntil } from '../payscore/deadline.ts';
import { recordOf } from '../payscore/fold-operation.ts';
import { judgeCreation } from '../payscore/judgement.ts';
import type { Outcome, Progress } from '../payscore/operation.ts';
import type { Opened } from '../payscore/order.ts';
import { phaseOf } from '../payscore/phase.ts';
import { createBodyOf } from '../payscore/request-body.ts';

/** @returns undefined when the user must authorise first: it is begun again then */
export async function create(book: Book, key: string): Promise<Outcome | undefined> {
  const opening = book.order.opening as Opened;
  const isInvited = book.order.authorizeUntil !== undefined;
  const isBegun = recordOf(book.order, key)?.body !== undefined;
  if (!isBegun) {
    if (isAfterReset() && (await isThereAlready(book))) return { kind: 'done' };
    if (!isInvited && !(await isAuthorised(book))) {
      return book.order.phase === 'authorizing' ? undefined : { kind: 'done' };
    }
    // A user who is not led through the authorization waits from the beginning, also while no worker runs.
    const since = isInvited ? new Date() : workflowInfo().startTime;
    const until = createUntil(opening.request, since).toISOString();
    book.record({ kind: 'started', key, body: createBodyOf(opening), createUntil: until });
    if (isAfterReset()) book.record({ kind: 'progressed', key, progress: whatMayHaveBeenSent() });
  }
  const body = createBodyOf(opening);
  const settled = await settle(book, {
    key,
    send: (sendBefore) => createServiceOrder(body, sendBefore),
    judge: (said) => judgeCreation(opening, said),
    until: new Date(book.order.createUntil ?? ''),
  });
  switch (settled.kind) {
    case 'applied':
      // An order that is further along was opened before: only a query says all about it.
      if (settled.by === 'answer' && phaseOf(settled.said) === 'in_service') {
        book.record({ kind: 'observed', by: 'create', serviceOrder: settled.said });
      }
      await askUntil(
        book,
        () => book.order.phase !== 'creating' || book.order.givingUp !== undefined,
      );
      break;
    case 'refused':
      return settled;
    case 'unwanted':
      book.record({ kind: 'given_up', why: settled.rule });
      break;
    case 'impossible':
      book.record({
        kind: 'not_created',
        why: `The order was not created as asked: ${settled.rule}.`,
      });
      break;
    case 'expired':
      book.record({
        kind: 'not_created',
        why: 'WeChat Pay did not say in time that the order exists.',
      });
  }
  if (book.order.phase === 'creating') giveUp(book);
  return { kind: 'done' };
}

/** What was reset may have created the order: nobody knows better than WeChat, and no deadline counts for what is there. */
async function isThereAlready(book: Book): Promise<boolean> {
  for (let round = 1; ; round++) {
    const { kind } = await ask(book);
    if (book.order.phase !== 'creating') return true;
    if (kind === 'none' || kind === 'told') return false;
    await pause(round, 'before WeChat Pay is asked again');
  }
}

/** It may still be on its way, so only a proof can say that nothing was created. */
function whatMayHaveBeenSent(): Progress {
  return { lastSentAt: new Date(Date.now() + SEND_WITHIN_MS).toISOString() };
}

/** A user who walked away must not be left with an order: what exists is cancelled, before anything else. */
function giveUp(book: Book): void {
  book.record({
    kind: 'asked',
    record: {
      operation: 'cancel',
      key: GIVING_UP,
      digest: '',
      receivedAt: new Date().toISOString(),
      request: { reason: '订单未能按时创建' },
      state: 'waiting',
    },
  });
}
