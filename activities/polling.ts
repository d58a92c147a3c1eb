/** Looking again and again: the activity's retry policy is the interval, and retries add nothing to the history. */
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { UNACCEPTED, type FailureType } from '../payscore/refusals/failure-type.ts';
import { pollDelay } from '../payscore/times/poll-delay.ts';

/** Which only waits, where nobody has waited before it: the callback usually arrives before the second. */
export function isFirstAttempt(): boolean {
  return activityInfo().attempt === 1;
}

/** BENIGN: not yet is what one expects. The message is what the operator sees beside the pending activity. */
export function later(
  message: string,
  delays: { readonly delaysMs: readonly number[]; readonly longestMs?: number },
): ApplicationFailure {
  const { attempt, scheduledTimestampMs, currentAttemptScheduledTimestampMs } = activityInfo();
  const delay = pollDelay({
    attempt,
    elapsedMs: currentAttemptScheduledTimestampMs - scheduledTimestampMs,
    delaysMs: delays.delaysMs,
    random: Math.random(),
  });
  return ApplicationFailure.create({
    type: 'NotSettled',
    message,
    nextRetryDelay: Math.min(delay, delays.longestMs ?? delay),
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** What ends the looking: only a person can mend it, so the order must say so. */
export const isUnaccepted = (error: unknown) => UNACCEPTED.some((type) => isOfType(error, type));

/** WeChat does not let us look, which may pass; the order must say so meanwhile. */
export const isRefused = (error: unknown) => isOfType(error, 'Refused');

export function isOfType(error: unknown, type: FailureType): boolean {
  return error instanceof ApplicationFailure && error.type === type;
}
