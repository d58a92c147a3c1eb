/** What an activity failed with, as the order's rules understand it. */
import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { failureTypeOf, REFUSED, UNACCEPTED, type FailureType } from '../payscore/failure.ts';
import type { Refusal } from '../payscore/refusal.ts';

/** A timeout, for one, is a worker that was lost: whether it had sent anything is not known. */
export function typeOf({ cause }: ActivityFailure): FailureType {
  return failureTypeOf(cause instanceof ApplicationFailure ? cause.type : undefined);
}

export function isRefused(failure: ActivityFailure): boolean {
  return REFUSED.includes(typeOf(failure));
}

export function isUnaccepted(failure: ActivityFailure): boolean {
  return UNACCEPTED.includes(typeOf(failure));
}

/** WeChat's answer that an activity failed with, where there was one. */
export function refusalIn({ cause }: ActivityFailure): Refusal | undefined {
  return cause instanceof ApplicationFailure
    ? (cause.details?.[0] as Refusal | undefined)
    : undefined;
}

/** The failure in words, for people. */
export function wordsOf({ cause }: ActivityFailure): string {
  return cause?.message ?? 'no answer';
}
