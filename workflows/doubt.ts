/** Tells the operator when an outcome has been unknown for long. */
import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Book } from './book.ts';
import { UNRESOLVED_MS } from '../payscore/trouble.ts';

export interface Doubt {
  begin(since: string): void;
  end(): void;
}

/** Only a doubt costs a timer. */
export function createDoubt(book: Book): Doubt {
  let scope: CancellationScope | undefined;
  return {
    begin(since) {
      if (scope) return;
      scope = new CancellationScope();
      const left = Date.parse(since) + UNRESOLVED_MS - Date.now();
      scope
        .run(() =>
          sleep(Math.max(1, left), { summary: 'until an outcome has been unknown for long' }),
        )
        .then(() => book.record({ kind: 'troubled', trouble: 'unresolved' }))
        .catch((error: unknown) => {
          if (!isCancellation(error)) throw error;
        });
    },
    end: () => scope?.cancel(),
  };
}
