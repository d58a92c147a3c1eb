/** Waits for WeChat's charge, for as long as it takes. A notification may be faster. */
import { ActivityFailure, isCancellation } from '@temporalio/workflow';
import { keyOf, noteMisconfigured, pause } from './account.ts';
import { awaitPayment } from './activities.ts';
import type { Book } from './book.ts';
import { refusalIn } from './failure.ts';
import { isFinal } from '../payscore/phase.ts';

export async function pollUntilSettled(book: Book): Promise<void> {
  for (let round = 1; ; round++) {
    try {
      const serviceOrder = await awaitPayment(keyOf(book));
      book.record({ kind: 'observed', by: 'query', serviceOrder });
      if (isFinal(book.order.phase)) return;
      book.record({ kind: 'troubled', trouble: 'unresolved' });
    } catch (error) {
      if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
      noteMisconfigured(book, refusalIn(error));
    }
    await pause(round + 5, 'before WeChat Pay is asked again');
  }
}
