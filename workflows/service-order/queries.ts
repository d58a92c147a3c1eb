/** When WeChat Pay is asked how an order stands, beside what an operation asks: for whoever wants news, and until it has told what must be known. */
import { lookAgain } from './authorization.ts';
import type { BackgroundTask, BackgroundTasks } from './background-tasks.ts';
import { refreshKeyOf, type Inbox } from './handlers.ts';
import type { OrderState } from './order-state.ts';
import { lookUp } from './taking-up.ts';
import { getServiceOrderInTime } from '../activities.ts';
import { noteUnresolved, pause, queryOrder, type QueryResult } from '../unknown-outcome/query.ts';
import { isSame, notUnderstood, type Fact } from '../../payscore/order/fact.ts';
import type { Outcome } from '../../payscore/order/operation.ts';
import type { QueryReason } from '../../payscore/order/order.ts';
import { isFinal, phaseOf } from '../../payscore/rules/phase.ts';
import { words } from '../words.ts';

export interface Queries {
  areDue(): boolean;
  begin(): void;
}

export function createQueries(
  state: OrderState,
  inbox: Inbox,
  tasks: BackgroundTasks<BackgroundTask>,
): Queries {
  /** How often WeChat was asked in vain. */
  let inVain = 0;

  return { areDue, begin };

  function areDue(): boolean {
    return inbox.isAsked || (mustQuery() && !tasks.isRunning('pause'));
  }

  /** WeChat must be asked until it has told. */
  function mustQuery(): boolean {
    return state.order.isToBeLookedUp || state.order.mustQuery !== undefined;
  }

  /** One question for all who wait now; who comes later gets the next one's answer. */
  function begin(): void {
    inbox.isAsked = false;
    const round = inbox.refreshRound++;
    tasks.run('query', async () => {
      inbox.waiters.answer(refreshKeyOf(round), await news());
      inVain = mustQuery() ? inVain + 1 : 0;
      if (!mustQuery() || tasks.isRunning('pause')) return;
      tasks.run('pause', () => pause(inVain, words.summaries.timers.askAgain));
    });
  }

  async function news(): Promise<Outcome> {
    const { phase, isToBeLookedUp, mustQuery: reason } = state.order;
    if (isToBeLookedUp) {
      await lookUp(state, inVain);
      return { kind: 'done' };
    }
    const isAboutPermission = phase === 'authorizing' && !reason?.isSaidToBeOver;
    const told = isAboutPermission
      ? await lookAgain(state)
      : await queryOrder(state, getServiceOrderInTime);
    if (reason) noteUntold(reason, told);
    const refusal = told && 'refusal' in told ? told.refusal : undefined;
    return refusal ? { kind: 'refused', refusal } : { kind: 'done' };
  }

  /** What nobody waits for must be seen: WeChat said something that it does not confirm. */
  function noteUntold(
    { why, isSaidToBeOver }: QueryReason,
    told: Partial<QueryResult> | undefined,
  ): void {
    const { phase, mustQuery: stillMust, unresolved } = state.order;
    const isConfirmed = isFinal(phase) || (!stillMust && !isSaidToBeOver);
    if (isConfirmed) return;
    const untold = untoldOf(why, told);
    // That WeChat was asked for long enough ends the trouble; what was said before is no news.
    if (stillMust || !isSame(unresolved, untold)) noteUnresolved(state, untold);
  }
}

/** @param asked why WeChat was asked */
function untoldOf(asked: Fact, told: Partial<QueryResult> = {}): Fact {
  if ('why' in told) return { code: 'asked_in_vain', asked, because: told.why };
  if ('said' in told && told.said && phaseOf(told.said) === 'unclear')
    return notUnderstood(told.said);
  return { code: 'unconfirmed', asked };
}
