/**
 * Asks WeChat Pay what an order needs before it exists, until it answers or that is too late. Where it does not take our calls (401),
 * keys or clocks are wrong: a person must mend them, and that burns no number.
 */
import { ActivityFailure, isCancellation, sleep } from '@temporalio/workflow';
import { noteAnswered, noteMisconfigured, pauseMs } from '../unknown-outcome/query.ts';
import type { OrderState } from './order-state.ts';
import { isRefused, isUnaccepted, refusalIn, whyOf } from '../unknown-outcome/activity-failure.ts';
import { endAsNeverOpened } from './never-opened.ts';
import type { UnresolvedTimer } from '../unknown-outcome/unresolved-timer.ts';
import { createUntilOf } from '../../payscore/times/deadlines.ts';
import { words } from '../words.ts';

export type Tried<T> = { readonly said: T } | { readonly failure: ActivityFailure };

/** A call that changes nothing which an order must know of. */
export async function tried<T>(state: OrderState, call: () => Promise<T>): Promise<Tried<T>> {
  try {
    const said = await call();
    noteAnswered(state);
    return { said };
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return { failure: error };
  }
}

/**
 * @returns the answer, WeChat's refusal, or the failure that it was too late after; undefined when the order has ended because
 * WeChat does not take our calls
 */
export async function untilAnswered<T>(
  state: OrderState,
  call: () => Promise<T>,
  timer?: UnresolvedTimer,
): Promise<Tried<T> | undefined> {
  for (let round = 1; ; round++) {
    const result = await tried(state, call);
    if ('said' in result || isRefused(result.failure)) return result;
    const why = whyOf(result.failure);
    const leftMs = createUntilOf(state.order).getTime() - Date.now();
    if (isUnaccepted(result.failure)) {
      noteMisconfigured(state, refusalIn(result.failure), why);
      if (endAsNeverOpened(state, why)) return undefined;
    } else if (leftMs < 0) return result;
    timer?.heldBy({ code: 'calls_unanswered', because: why });
    const ms = leftMs > 0 ? Math.min(pauseMs(round), leftMs + 1) : pauseMs(round);
    await sleep(ms, { summary: words.summaries.timers.askAgain });
  }
}
