/** What an activity failed with, as the order's rules understand it. */
import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { failure, type Fact } from '../../payscore/order/fact.ts';
import {
  failureTypeOf,
  REFUSED,
  UNACCEPTED,
  type FailureType,
} from '../../payscore/refusals/failure-type.ts';
import type { Refusal } from '../../payscore/refusals/refusal.ts';

/** A timeout, for one, is a worker that was lost: whether it had sent anything is not known. */
export function typeOf({ cause }: ActivityFailure): FailureType {
  return failureTypeOf(cause instanceof ApplicationFailure ? cause.type : undefined);
}

export function isRefused(failed: ActivityFailure): boolean {
  return REFUSED.includes(typeOf(failed));
}

export function isUnaccepted(failed: ActivityFailure): boolean {
  return UNACCEPTED.includes(typeOf(failed));
}

/** WeChat's answer that an activity failed with, where there was one. */
export function refusalIn({ cause }: ActivityFailure): Refusal | undefined {
  return cause instanceof ApplicationFailure
    ? (cause.details?.[0] as Refusal | undefined)
    : undefined;
}

/** The failure in its own words. */
export function whyOf({ cause }: ActivityFailure): Fact {
  return failure(cause?.message ?? 'no answer');
}
