/** What an activity failed with, as the order's rules understand it. */
import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { failureTypeOf, type FailureType } from '../payscore/failure.ts';
import type { Refusal } from '../payscore/refusal.ts';

/** A timeout, for one, is a worker that was lost: whether it had sent anything is not known. */
export function typeOf({ cause }: ActivityFailure): FailureType {
  return failureTypeOf(cause instanceof ApplicationFailure ? cause.type : undefined);
}

/** WeChat Pay does not take our calls: only a person can change that. */
export function isUnaccepted(failure: ActivityFailure): boolean {
  const type = typeOf(failure);
  return type === 'Misconfigured' || type === 'Unaccepted';
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
