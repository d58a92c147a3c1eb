/** How an answer says that the same was asked for before, and that nothing was done for this request. */
import type { Response } from 'express';

const HEADER = 'idempotency-replayed';

/** What was done, and whether for an earlier request of the same key or number. */
export interface Kept<Outcome> {
  readonly outcome: Outcome;
  readonly isReplayed: boolean;
}

/** Absent where it was done for this very request. */
export function noteReplayed(response: Response): void {
  response.set(HEADER, 'true');
}
