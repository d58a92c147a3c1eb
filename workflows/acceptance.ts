/** WeChat Pay does not take our calls (401): our keys or clocks are wrong. What a person must mend is waited for, but not for ever. */
import { ActivityFailure, isCancellation, sleep } from '@temporalio/workflow';
import { noteAnswered, noteMisconfigured, pauseMs } from './account.ts';
import type { Book } from './book.ts';
import { isUnaccepted, refusalIn, wordsOf } from './failure.ts';
import { endUnserved } from './unserved.ts';
import type { Watch } from './watch.ts';
import { createUntilOf } from '../payscore/unserved.ts';

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

/** The same until WeChat takes it; undefined when that is too late, and the order has ended. */
export async function untilAccepted<T>(
  book: Book,
  call: () => Promise<T>,
  watch?: Watch,
): Promise<Tried<T> | undefined> {
  for (let round = 1; ; round++) {
    const result = await tried(book, call);
    if (!('failure' in result) || !isUnaccepted(result.failure)) return result;
    const why = wordsOf(result.failure);
    noteMisconfigured(book, refusalIn(result.failure), why);
    watch?.held(`WeChat Pay does not accept our calls: ${why}.`);
    if (endUnserved(book, why)) return undefined;
    const left = createUntilOf(book.order).getTime() - Date.now();
    const ms = left > 0 ? Math.min(pauseMs(round), left + 1) : pauseMs(round);
    await sleep(ms, { summary: 'before WeChat Pay is asked again' });
  }
}
