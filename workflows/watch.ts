/** Tells the operator when an operation has been kept from its outcome for long, and by what. */
import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Book } from './book.ts';
import { recordOf } from '../payscore/fold-operation.ts';
import { UNRESOLVED_MS } from '../payscore/trouble.ts';

export interface Watch {
  /**
   * @param why in a sentence for people; the last one is told
   * @param since RFC 3339, where that was before now
   */
  held(why: string, since?: string): void;
  end(): void;
}

/** One timer for an operation, whatever holds it; one that meets nothing costs none. */
export function createWatch(book: Book, key: string): Watch {
  let scope: CancellationScope | undefined;
  let reason = '';
  let isLong = false;

  function begin(since: string): void {
    const { progress = {} } = recordOf(book.order, key) ?? {};
    const { heldSince = since } = progress;
    book.record({ kind: 'progressed', key, progress: { ...progress, heldSince } });
    const left = Date.parse(heldSince) + UNRESOLVED_MS - Date.now();
    scope = new CancellationScope();
    scope
      .run(() => sleep(Math.max(1, left), { summary: 'until it has been unresolved for long' }))
      .then(() => {
        isLong = true;
        tell();
      })
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }

  function tell(): void {
    book.record({ kind: 'troubled', trouble: 'unresolved', why: reason });
  }

  return {
    held(why, since = new Date().toISOString()) {
      const isNew = why !== reason;
      reason = why;
      if (!scope) begin(since);
      else if (isLong && isNew) tell();
    },
    end: () => scope?.cancel(),
  };
}
