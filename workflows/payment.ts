/** Waits for WeChat's charge, for as long as it takes. A notification may be faster. */
import { ActivityFailure, isCancellation } from '@temporalio/workflow';
import { ask, keyOf, noteMisconfigured, noteUnresolved, pause, type Account } from './account.ts';
import { awaitPayment, getServiceOrderInTime } from './activities.ts';
import type { Book } from './book.ts';
import { isUnaccepted, refusalIn, wordsOf } from './failure.ts';
import { isFinal, phaseOf, unclearWordsOf } from '../payscore/phase.ts';

/** What the poll ends with, other than the payment, needs somebody's eye: WeChat is asked until it answers, then the poll goes on. */
export async function pollUntilSettled(book: Book): Promise<void> {
  for (let round = 1; ; round++) {
    const why = await disturbance(book);
    if (isFinal(book.order.phase)) return;
    if (why !== undefined && (await isLasting(book))) noteUnresolved(book, why);
    if (isFinal(book.order.phase)) return;
    await untilTold(book, round);
    if (isFinal(book.order.phase)) return;
  }
}

/** One of WeChat's copies may be behind, or it was busy: a second look says whether anybody must know. */
async function isLasting(book: Book): Promise<boolean> {
  await pause(1, 'before WeChat Pay is asked again');
  return !isClear(await ask(book, getServiceOrderInTime));
}

/** The poll's own looks are far between: that WeChat answers again should be known sooner. */
async function untilTold(book: Book, from: number): Promise<void> {
  for (let round = from; ; round++) {
    await pause(round + 5, 'before WeChat Pay is asked again');
    if (isClear(await ask(book, getServiceOrderInTime))) return;
  }
}

function isClear(account: Account): boolean {
  return account.kind === 'told' && phaseOf(account.said) !== 'unclear';
}

/** What stands in the way; undefined where the order shows it already. */
async function disturbance(book: Book): Promise<string | undefined> {
  try {
    const said = await awaitPayment(keyOf(book));
    if (!said) return 'WeChat Pay does not know the order any more.';
    book.record({ kind: 'observed', by: 'query', serviceOrder: said });
    return unclearWordsOf(said);
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    const why = wordsOf(error);
    if (!isUnaccepted(error)) return `WeChat Pay does not tell: ${why}.`;
    noteMisconfigured(book, refusalIn(error), why);
    return undefined;
  }
}
