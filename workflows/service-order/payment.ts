/** Waits for WeChat's charge, for as long as it takes. A notification may be faster. */
import { ActivityFailure, isCancellation, sleep } from '@temporalio/workflow';
import {
  queryOrder,
  keyOf,
  noteMisconfigured,
  noteUnresolved,
  pause,
  type QueryResult,
} from '../unknown-outcome/query.ts';
import { awaitPayment, getServiceOrderInTime } from '../activities.ts';
import type { OrderState } from './order-state.ts';
import { isUnaccepted, refusalIn, whyOf } from '../unknown-outcome/activity-failure.ts';
import { notUnderstood, type Fact } from '../../payscore/order/fact.ts';
import { isFinal, phaseOf } from '../../payscore/rules/phase.ts';
import { words } from '../words.ts';

/** What the poll ends with, other than the payment, needs somebody's eye: WeChat is asked until it answers, then the poll goes on. */
export async function pollUntilFinal(state: OrderState): Promise<void> {
  let isDue = await firstLook(state);
  if (isFinal(state.order.phase)) return;
  for (let round = 1; ; round++) {
    const why = await disturbance(state, isDue);
    isDue = false;
    if (isFinal(state.order.phase)) return;
    if (why !== undefined && (await isLasting(state))) noteUnresolved(state, why);
    if (isFinal(state.order.phase)) return;
    await untilTold(state, round);
    if (isFinal(state.order.phase)) return;
  }
}

/** The callback usually comes before: a timer that is left behind costs one event, an activity its way to a worker. */
async function firstLook({ firstLookMs }: OrderState): Promise<boolean> {
  if (firstLookMs === undefined) return false;
  await sleep(firstLookMs, { summary: words.summaries.timers.firstLook });
  return true;
}

/** One of WeChat's copies may be behind, or it was busy: a second look says whether anybody must know. */
async function isLasting(state: OrderState): Promise<boolean> {
  await pause(1, words.summaries.timers.askAgain);
  return !isClear(await queryOrder(state, getServiceOrderInTime));
}

/** The poll's own looks are far between: that WeChat answers again should be known sooner. */
async function untilTold(state: OrderState, from: number): Promise<void> {
  for (let round = from; ; round++) {
    await pause(round + 5, words.summaries.timers.askAgain);
    if (isClear(await queryOrder(state, getServiceOrderInTime))) return;
  }
}

function isClear(account: QueryResult): boolean {
  return account.kind === 'told' && phaseOf(account.said) !== 'unclear';
}

/** What stands in the way; undefined where the order shows it already. */
async function disturbance(state: OrderState, isDue: boolean): Promise<Fact | undefined> {
  try {
    const said = await awaitPayment(keyOf(state), isDue);
    if (!said) return { code: 'order_gone' };
    state.apply({ kind: 'observed', by: 'query', serviceOrder: said });
    return notUnderstood(said);
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    const why = whyOf(error);
    if (!isUnaccepted(error)) return { code: 'payment_untold', because: why };
    noteMisconfigured(state, refusalIn(error), why);
    return undefined;
  }
}
