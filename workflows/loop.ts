/**
 * The one writer's loop: observations are folded in at once; beside it run one operation, one question to WeChat and one
 * poll, none of which ever delays an observation.
 */
import { CancellationScope, condition } from '@temporalio/workflow';
import { ask } from './account.ts';
import { adopt } from './adoption.ts';
import { lookAgain, untilAuthorised } from './permission.ts';
import type { Book } from './book.ts';
import { create } from './creation.ts';
import { OPENED, refreshKeyOf, type Inbox } from './inbox.ts';
import { carryOut, GIVING_UP } from './operation.ts';
import { pollUntilSettled } from './payment.ts';
import { createStrands } from './strands.ts';
import { outcomeAfterwards, verdictOf } from './verdict.ts';
import { isPending, type OperationRecord, type Outcome } from '../payscore/operation.ts';
import { recordOf } from '../payscore/fold-operation.ts';
import { isFinal } from '../payscore/phase.ts';
import { settles } from '../payscore/trust.ts';

export interface Loop {
  /** Does what can be done now. */
  turn(): void;
  hasWork(): boolean;
  /** The order has ended: the final phase is the news that everybody gets who still waits. */
  end(): void;
  /** The order goes on in a new run: what runs beside is stopped where it can be taken up again. */
  leave(): Promise<void>;
}

export function createLoop(book: Book, inbox: Inbox): Loop {
  const { observations, waiting } = inbox;
  const strands = createStrands();
  /** The polls are cancelled where the order goes on without them; a run that closes leaves them behind. */
  let invitation: CancellationScope | undefined;

  return { turn, hasWork, end, leave };

  function turn(): void {
    strands.check();
    for (const said of observations.splice(0)) {
      if (settles(book.order, said)) {
        book.record({ kind: 'observed', by: 'notification', serviceOrder: said });
      } else {
        inbox.isInDoubt = true;
      }
    }
    if (isFinal(book.order.phase)) return;
    for (let record = next(); record; record = next()) start(record);
    if (mustAsk()) askNow();
    if (mustPoll()) strands.run('poll', () => pollUntilSettled(book));
    if (mustAwaitUser()) invitation = strands.run('user', () => untilAuthorised(book));
    if (book.order.phase !== 'authorizing') invitation?.cancel();
    if (isOpeningKnown()) waiting.answer(OPENED, { kind: 'done' });
  }

  function hasWork(): boolean {
    return (
      strands.hasFault() ||
      observations.length > 0 ||
      next() !== undefined ||
      mustAsk() ||
      mustPoll() ||
      mustAwaitUser() ||
      isOpeningKnown()
    );
  }

  /** First come, first served. While the user is to authorise, only what needs no order at WeChat can be done. */
  function next(): OperationRecord | undefined {
    if (strands.isRunning('operation')) return undefined;
    const isInvited = book.order.phase === 'authorizing';
    return book.order.operations.find(
      (record) => isPending(record) && !(isInvited && record.operation === 'create'),
    );
  }

  function mustAsk(): boolean {
    return inbox.isInDoubt && !strands.isRunning('question');
  }

  function mustPoll(): boolean {
    return book.order.phase === 'paying' && !strands.isRunning('poll');
  }

  function mustAwaitUser(): boolean {
    return book.order.phase === 'authorizing' && !strands.isRunning('user');
  }

  function isOpeningKnown(): boolean {
    return book.order.phase !== 'creating' && waiting.isAwaited(OPENED);
  }

  function start(record: OperationRecord): void {
    const { key } = record;
    // What an earlier run has begun goes on, whatever the rules say now.
    const verdict =
      record.state === 'running' ? ({ kind: 'go' } as const) : verdictOf(book.order, record);
    if (verdict.kind !== 'go') return conclude(key, verdict);
    strands.run('operation', async () => {
      const outcome = await perform(record);
      if (outcome) conclude(key, outcome);
    });
  }

  async function perform(record: OperationRecord): Promise<Outcome | undefined> {
    switch (record.operation) {
      case 'create':
        return await create(book, record.key);
      case 'adopt':
        return await adopt(book);
      case 'complete':
      case 'modify':
      case 'cancel':
      case 'sync':
        return await carryOut(book, record);
    }
  }

  /** One question for all who wait now; who comes later gets the next one's answer. */
  function askNow(): void {
    inbox.isInDoubt = false;
    const round = inbox.refreshRound++;
    strands.run('question', async () => {
      waiting.answer(refreshKeyOf(round), await news());
    });
  }

  async function news(): Promise<Outcome> {
    if (book.order.phase === 'authorizing') {
      await lookAgain(book);
      return { kind: 'done' };
    }
    const account = await ask(book);
    const refusal = 'refusal' in account ? account.refusal : undefined;
    return refusal ? { kind: 'refused', refusal } : { kind: 'done' };
  }

  function conclude(key: string, concluded: Outcome): void {
    const record = recordOf(book.order, key);
    if (!record) return;
    // An order that has ended meanwhile is the better news than what WeChat said of the request.
    const hasEnded = isFinal(book.order.phase) && concluded.kind !== 'done';
    const outcome = hasEnded ? outcomeAfterwards(book.order, record) : concluded;
    book.record({
      kind: 'concluded',
      key,
      outcome,
      unattended: !waiting.isAwaited(key) && key !== GIVING_UP,
    });
    waiting.answer(key, outcome);
  }

  function end(): void {
    for (const record of book.order.operations.filter(isPending)) {
      conclude(record.key, outcomeAfterwards(book.order, record));
    }
    waiting.answerAll({ kind: 'done' });
  }

  async function leave(): Promise<void> {
    inbox.close();
    inbox.isInDoubt ||= strands.isRunning('question');
    strands.stop();
    await condition(() => !strands.isRunning('operation') && !strands.isRunning('question'));
    strands.check();
  }
}
