/**
 * Asks WeChat Pay what an order needs before it exists, until it answers or that is too late. Where it does not take our calls (401),
 * keys or clocks are wrong: a person must mend them, and that burns no number.
 */
import { ActivityFailure, isCancellation, sleep } from '@temporalio/workflow';
import { noteAnswered, noteMisconfigured, pauseMs } from './account.ts';
import type { Book } from './book.ts';
import { isRefused, isUnaccepted, refusalIn, wordsOf } from './failure.ts';
import { endUnserved } from './unserved.ts';
import type { Watch } from './watch.ts';
import { createUntilOf } from '../payscore/deadline.ts';

export type Tried<T> = { readonly said: T } | { readonly failure: ActivityFailure };

/** A call that changes nothing which an order must know of. */
export async function tried<T>(book: Book, call: () => Promise<T>): Promise<Tried<T>> {
  try {
    const said = await call();
    noteAnswered(book);
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
  book: Book,
  call: () => Promise<T>,
  watch?: Watch,
): Promise<Tried<T> | undefined> {
  for (let round = 1; ; round++) {
    const result = await tried(book, call);
    if ('said' in result || isRefused(result.failure)) return result;
    const why = wordsOf(result.failure);
    const leftMs = createUntilOf(book.order).getTime() - Date.now();
    if (isUnaccepted(result.failure)) {
      noteMisconfigured(book, refusalIn(result.failure), why);
      if (endUnserved(book, why)) return undefined;
    } else if (leftMs < 0) return result;
    watch?.held(`WeChat Pay does not answer our calls: ${why}.`);
    const ms = leftMs > 0 ? Math.min(pauseMs(round), leftMs + 1) : pauseMs(round);
    await sleep(ms, { summary: 'before WeChat Pay is asked again' });
  }
}
