/**
 * The one writer's loop: observations are folded in at once; beside it run one operation, one question to WeChat and one
 * poll, none of which ever delays an observation.
 */
import { CancellationScope, condition } from '@temporalio/workflow';
import { ask, noteUnresolved, pause, type Account } from './account.ts';
import { getServiceOrderInTime } from './activities.ts';
import type { Book } from './book.ts';
import { create } from './creation.ts';
import { OPENED, refreshKeyOf, type Inbox } from './inbox.ts';
import { adopt, lookUp } from './look-up.ts';
import { readNotification } from './notification.ts';
import { carryOut, GIVING_UP } from './operation.ts';
import { pollUntilSettled } from './payment.ts';
import { lookAgain, untilAuthorised } from './permission.ts';
import { createStrands } from './strands.ts';
import { outcomeAfterwards, verdictOf } from './verdict.ts';
import { createWatch, type Watch } from './watch.ts';
import { isPending, type OperationRecord, type Outcome } from '../payscore/operation.ts';
import { recordOf } from '../payscore/fold-operation.ts';
import type { Doubt } from '../payscore/order.ts';
import { isFinal, phaseOf, unclearWordsOf } from '../payscore/phase.ts';
import { hasEnded } from '../payscore/unserved.ts';

export interface Loop {
  /** Does what can be done now. */
  turn(): void;
  hasWork(): boolean;
  /** Notifications wait to be opened: what they say may concern an order that has ended. */
  isReading(): boolean;
  /** The order has ended: the final phase is the news that everybody gets who still waits. */
  end(): void;
  /** The order goes on in a new run: what runs beside is stopped where it can be taken up again. */
  leave(): Promise<void>;
}

export function createLoop(book: Book, inbox: Inbox): Loop {
  const { waiting } = inbox;
  const strands = createStrands();
  /** The polls are cancelled where the order goes on without them; a run that closes leaves them behind. */
  let invitation: CancellationScope | undefined;
  /** How often WeChat was asked in vain. */
  let vain = 0;

  return { turn, hasWork, isReading, end, leave };

  function turn(): void {
    strands.check();
    if (mustRead()) strands.run('notification', readNext);
    if (hasEnded(book.order)) return;
    for (let record = next(); record; record = next()) start(record);
    if (mustAsk()) askNow();
    if (mustPoll()) strands.run('poll', () => pollUntilSettled(book));
    if (mustAwaitUser()) invitation = strands.run('user', () => untilAuthorised(book));
    if (book.order.phase !== 'authorizing') invitation?.cancel();
    if (isOpeningKnown()) waiting.answer(OPENED, { kind: 'done' });
  }

  function hasWork(): boolean {
    if (strands.hasFault() || mustRead()) return true;
    if (hasEnded(book.order)) return false;
    return next() !== undefined || mustAsk() || mustPoll() || mustAwaitUser() || isOpeningKnown();
  }

  function isReading(): boolean {
    return book.order.unread.length > 0 || strands.isRunning('notification');
  }

  function mustRead(): boolean {
    return book.order.unread.length > 0 && !strands.isRunning('notification');
  }

  async function readNext(): Promise<void> {
    const [signed] = book.order.unread;
    if (signed) await readNotification(book, signed);
    book.record({ kind: 'read' });
  }

  /** First come, first served. While the user is to authorise, only what needs no order at WeChat can be done. */
  function next(): OperationRecord | undefined {
    if (strands.isRunning('operation') || book.order.isToBeLookedUp) return undefined;
    const isInvited = book.order.phase === 'authorizing';
    return book.order.operations.find(
      (record) => isPending(record) && !(isInvited && record.operation === 'create'),
    );
  }

  function mustAsk(): boolean {
    if (strands.isRunning('question')) return false;
    return inbox.isAsked || (isOwed() && !strands.isRunning('again'));
  }

  /** WeChat must be asked until it has told. */
  function isOwed(): boolean {
    return book.order.isToBeLookedUp || book.order.doubt !== undefined;
  }

  function mustPoll(): boolean {
    return book.order.phase === 'paying' && !strands.isRunning('poll');
  }

  function mustAwaitUser(): boolean {
    const { phase, isToBeLookedUp } = book.order;
    return phase === 'authorizing' && !isToBeLookedUp && !strands.isRunning('user');
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
      const watch = createWatch(book, key);
      try {
        const outcome = await perform(record, watch);
        // What was reset meanwhile is begun again when WeChat has told how the order stands.
        if (outcome && !book.order.isToBeLookedUp) conclude(key, outcome);
      } finally {
        watch.end();
      }
    });
  }

  async function perform(record: OperationRecord, watch: Watch): Promise<Outcome | undefined> {
    switch (record.operation) {
      case 'create':
        return await create(book, record.key, watch);
      case 'adopt':
        return adopt(book);
      case 'complete':
      case 'modify':
      case 'cancel':
      case 'sync':
        return await carryOut(book, record, watch);
    }
  }

  /** One question for all who wait now; who comes later gets the next one's answer. */
  function askNow(): void {
    inbox.isAsked = false;
    const round = inbox.refreshRound++;
    strands.run('question', async () => {
      waiting.answer(refreshKeyOf(round), await news());
      vain = isOwed() ? vain + 1 : 0;
      if (!isOwed() || strands.isRunning('again')) return;
      strands.run('again', () => pause(vain, 'before WeChat Pay is asked again'));
    });
  }

  async function news(): Promise<Outcome> {
    const { phase, isToBeLookedUp, doubt } = book.order;
    if (isToBeLookedUp) {
      await lookUp(book, vain);
      return { kind: 'done' };
    }
    const isPermission = phase === 'authorizing' && !doubt?.isSaidToBeOver;
    const told = isPermission ? await lookAgain(book) : await ask(book, getServiceOrderInTime);
    if (doubt) noteUntold(doubt, told);
    const refusal = told && 'refusal' in told ? told.refusal : undefined;
    return refusal ? { kind: 'refused', refusal } : { kind: 'done' };
  }

  /** What nobody waits for must be seen: WeChat said something that it does not confirm. */
  function noteUntold({ why, isSaidToBeOver }: Doubt, told: Partial<Account> | undefined): void {
    const { phase, doubt } = book.order;
    const isConfirmed = isFinal(phase) || (!doubt && !isSaidToBeOver);
    if (isConfirmed) return;
    const words = untoldWordsOf(why, told);
    // That WeChat was asked for long enough ends the trouble; what was said before is no news.
    if (doubt || book.order.unresolved !== words) noteUnresolved(book, words);
  }

  function conclude(key: string, concluded: Outcome): void {
    const record = recordOf(book.order, key);
    if (!record) return;
    // An order that has ended meanwhile is the better news than what WeChat said of the request.
    const isOver = hasEnded(book.order) && concluded.kind !== 'done';
    const outcome = isOver ? outcomeAfterwards(book.order, record) : concluded;
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
    inbox.isAsked ||= strands.isRunning('question');
    strands.stop();
    await condition(
      () =>
        !strands.isRunning('operation') &&
        !strands.isRunning('question') &&
        !strands.isRunning('notification'),
    );
    strands.check();
  }
}

/** @param why WeChat was asked */
function untoldWordsOf(why: string, told: Partial<Account> = {}): string {
  if ('why' in told) return `WeChat Pay is to be asked (${why}), and does not tell: ${told.why}.`;
  if ('said' in told && told.said && phaseOf(told.said) === 'unclear')
    return unclearWordsOf(told.said);
  return `WeChat Pay’s account of the order does not confirm what it is asked about: ${why}.`;
}
