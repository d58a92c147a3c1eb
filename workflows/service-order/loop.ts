/**
 * The one writer's loop: what is told is applied at once; beside it runs what an order does by itself, which never delays that.
 */
import { condition } from '@temporalio/workflow';
import { createBackgroundTasks, type BackgroundTask } from './background-tasks.ts';
import { untilAuthorised } from './authorization.ts';
import { create } from './creation.ts';
import { OPENED, type Inbox } from './handlers.ts';
import { carryOut, GIVING_UP } from './operation.ts';
import type { OrderState } from './order-state.ts';
import { openNotification } from './paid-notification.ts';
import { pollUntilFinal } from './payment.ts';
import { createQueries } from './queries.ts';
import { adopt } from './taking-up.ts';
import { publish } from '../activities.ts';
import {
  createUnresolvedTimer,
  type UnresolvedTimer,
} from '../unknown-outcome/unresolved-timer.ts';
import { laneOfOrder } from '../../payscore/events/lane.ts';
import { recordOf } from '../../payscore/order/fold-operation.ts';
import { isPending, type OperationRecord, type Outcome } from '../../payscore/order/operation.ts';
import { dueOperations } from '../../payscore/rules/due-operations.ts';
import { hasEnded } from '../../payscore/rules/ended.ts';
import { decisionOn, outcomeAfterEnd } from '../../payscore/rules/request-outcome.ts';

export interface Loop {
  /** Does what can be done now. */
  turn(): void;
  hasWork(): boolean;
  /** Notifications wait to be opened: what they say may concern an order that has ended. */
  isReading(): boolean;
  /** Events for business code are not in their lane yet, which delivers them whatever becomes of this run. */
  isTelling(): boolean;
  /** The order has ended: the final phase is the news that everybody gets who still waits. */
  end(): void;
  /** The order goes on in a new run: what runs beside is stopped where it can be taken up again. */
  handOver(): Promise<void>;
}

interface Step {
  readonly task: BackgroundTask;
  isDue(): boolean;
  begin(): void;
}

export function createLoop(state: OrderState, inbox: Inbox): Loop {
  const { waiters } = inbox;
  const tasks = createBackgroundTasks();
  const queries = createQueries(state, inbox, tasks);

  const notifications: Step = {
    task: 'notification',
    isDue: () => state.order.unread.length > 0,
    begin: () => tasks.run('notification', openNext),
  };

  const publication: Step = {
    task: 'publication',
    isDue: hasNews,
    begin: () => tasks.run('publication', publishAll),
  };

  /** All that an order does until it has ended; each as soon as it is due, one of a kind at a time. */
  const life: readonly Step[] = [
    // It is created, or adopted, and then completed, modified, cancelled or settled elsewhere, as that is asked for.
    { task: 'operation', isDue: () => next() !== undefined, begin: beginNext },
    // WeChat is asked how it stands where somebody wants to know, or where that must be known.
    { task: 'query', isDue: queries.areDue, begin: queries.begin },
    // The service has ended: it is paid, in seconds or in months.
    {
      task: 'payment',
      isDue: () => state.order.phase === 'paying',
      begin: () => tasks.run('payment', () => pollUntilFinal(state)),
    },
    // The user was sent to WeChat's page, and authorises there, or does not.
    {
      task: 'authorization',
      isDue: () => state.order.phase === 'authorizing' && !state.order.isToBeLookedUp,
      begin: () => tasks.run('authorization', () => untilAuthorised(state)),
    },
  ];

  return { turn, hasWork, isReading, isTelling, end, handOver };

  function turn(): void {
    tasks.check();
    for (const step of steps()) while (isDue(step)) step.begin();
    if (state.order.phase !== 'authorizing') tasks.cancel('authorization');
    if (isOpeningKnown()) waiters.answer(OPENED, { kind: 'done' });
  }

  function hasWork(): boolean {
    return tasks.hasFault() || steps().some(isDue) || isOpeningKnown();
  }

  function steps(): readonly Step[] {
    const always = [notifications, publication];
    return hasEnded(state.order) ? always : [...always, ...life];
  }

  function isDue({ task, isDue: isStepDue }: Step): boolean {
    return !tasks.isRunning(task) && isStepDue();
  }

  function isReading(): boolean {
    return state.order.unread.length > 0 || tasks.isRunning('notification');
  }

  function hasNews(): boolean {
    return (state.order.outbox?.waiting ?? []).length > 0;
  }

  function isTelling(): boolean {
    return hasNews() || tasks.isRunning('publication');
  }

  async function publishAll(): Promise<void> {
    const { opening, out_order_no, outbox } = state.order;
    const { waiting = [] } = outbox ?? {};
    await publish(opening.service.mchid, laneOfOrder(out_order_no), waiting);
    state.apply({ kind: 'published', count: waiting.length });
  }

  async function openNext(): Promise<void> {
    const [signed] = state.order.unread;
    if (signed) await openNotification(state, signed);
    state.apply({ kind: 'read' });
  }

  function isOpeningKnown(): boolean {
    const isKnown = state.order.phase !== 'creating' && !hasEnded(state.order);
    return isKnown && waiters.isAwaited(OPENED);
  }

  function next(): OperationRecord | undefined {
    return state.order.isToBeLookedUp ? undefined : dueOperations(state.order)[0];
  }

  function beginNext(): void {
    const record = next();
    if (!record) return;
    const { key } = record;
    // What an earlier run has begun goes on, whatever the rules say now.
    const isBegun = record.state === 'running';
    const decision = isBegun ? ({ kind: 'go' } as const) : decisionOn(state.order, record);
    if (decision.kind !== 'go') return conclude(key, decision);
    tasks.run('operation', async () => {
      const timer = createUnresolvedTimer(state, key);
      try {
        const outcome = await perform(record, timer);
        // What was reset meanwhile is begun again when WeChat has told how the order stands.
        if (outcome && !state.order.isToBeLookedUp) conclude(key, outcome);
      } finally {
        timer.end();
      }
    });
  }

  async function perform(
    record: OperationRecord,
    timer: UnresolvedTimer,
  ): Promise<Outcome | undefined> {
    switch (record.operation) {
      case 'create':
        return await create(state, record.key, timer);
      case 'adopt':
        return adopt(state);
      case 'complete':
      case 'modify':
      case 'cancel':
      case 'sync':
        return await carryOut(state, record, timer);
    }
  }

  function conclude(key: string, concluded: Outcome): void {
    const record = recordOf(state.order, key);
    if (!record) return;
    // An order that has ended meanwhile is the better news than what WeChat said of the request.
    const isOver = hasEnded(state.order) && concluded.kind !== 'done';
    const outcome = isOver ? outcomeAfterEnd(state.order, record) : concluded;
    const unattended = !waiters.isAwaited(key) && key !== GIVING_UP;
    state.apply({ kind: 'concluded', key, outcome, unattended });
    waiters.answer(key, outcome);
  }

  function end(): void {
    for (const record of state.order.operations.filter(isPending)) {
      conclude(record.key, outcomeAfterEnd(state.order, record));
    }
    waiters.answerAll({ kind: 'done' });
  }

  async function handOver(): Promise<void> {
    inbox.close();
    inbox.isAsked ||= tasks.isRunning('query');
    tasks.cancel('operation', 'query', 'pause', 'publication');
    const carriesItsResult = ['operation', 'query', 'notification', 'publication'] as const;
    await condition(() => !carriesItsResult.some(tasks.isRunning));
    tasks.check();
  }
}
