/** Why an event was not delivered, as far as its activity's failure tells. */
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';

/** Its time was over before any attempt ended: no worker was there to make one. */
export function isUntried(error: unknown): boolean {
  return (
    error instanceof ActivityFailure &&
    error.cause instanceof TimeoutFailure &&
    error.cause.cause === undefined
  );
}

/** What the last attempt came to. */
export function lastWordsOf(error: unknown): string {
  let words = 'it was not taken';
  for (let it: unknown = error; it instanceof Error; it = it.cause) {
    if (it instanceof ApplicationFailure) words = it.message;
  }
  return words;
}
