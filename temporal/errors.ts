/** What Temporal's client throws, told apart by what it means for a caller. */
import {
  QueryNotRegisteredError,
  ServiceError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { UPDATE_REFUSALS, type UpdateRefusal } from '../workflows/contract.ts';

const DEADLINE_EXCEEDED = 4;
const NOT_FOUND = 5;
const RESOURCE_EXHAUSTED = 8;
const FAILED_PRECONDITION = 9;
const ABORTED = 10;
const INTERNAL = 13;
const UNAVAILABLE = 14;

/** Temporal, or the worker behind it, did not answer in time. It proves nothing about what was done. */
export function isTimeout(error: unknown): boolean {
  return (
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    grpcCodeOf(error) === DEADLINE_EXCEEDED
  );
}

/** A query that no worker answered: in time, or at all, where Temporal has not seen any for a while, or only to refuse it. */
export function isWithoutWorker(error: unknown): boolean {
  return isTimeout(error) || grpcCodeOf(error) === FAILED_PRECONDITION || isQueryRefused(error);
}

/** By its run, or by the worker; Temporal's client calls every query so that has failed. */
export function isQueryRefused(error: unknown): boolean {
  return error instanceof QueryNotRegisteredError;
}

/** More than Temporal's ten updates in flight on one order, or more than it could hand over together: none of them was taken. */
export function isExhausted(error: unknown): boolean {
  const code = grpcCodeOf(error);
  const isAborted = code === UNAVAILABLE && /update was aborted/.test(wordsIn(error));
  return code === RESOURCE_EXHAUSTED || isAborted;
}

/** Nobody answers at Temporal's address, or only to say so. */
export function isAway(error: unknown): boolean {
  return grpcCodeOf(error) === UNAVAILABLE && !isExhausted(error);
}

/** The run was just being closed, continued or reset: the same update, sent again, finds the order. */
export function isInTransition(error: unknown): boolean {
  return [FAILED_PRECONDITION, ABORTED, INTERNAL].some((code) => grpcCodeOf(error) === code);
}

/** Whatever Temporal answered, or the way to it; raw calls reject with gRPC's own errors. */
export function isServiceError(error: unknown): boolean {
  return error instanceof ServiceError || grpcCodeOf(error) !== undefined;
}

/** The namespace is missing, or lacks our search attributes. */
export function isUnprepared(error: unknown): boolean {
  return /search attribute .* is not defined|not a valid search attribute|Namespace .* not found/i.test(
    wordsIn(error),
  );
}

/** No run takes messages under this id: it never existed, has ended, or is past the retention. */
export function isNotRunning(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError;
}

/** The same, of a raw call; a namespace that is missing is something else. */
export function isNotFound(error: unknown): boolean {
  return grpcCodeOf(error) === NOT_FOUND && !/namespace/i.test(wordsIn(error));
}

export interface AnsweredRefusal {
  /** `Other`: of a worker of another release, whose word this one does not know. */
  readonly type: UpdateRefusal | 'Other';
  readonly message: string;
  readonly detail: unknown;
}

/** The refusal with which the workflow answered an update. */
export function updateRefusalOf(error: unknown): AnsweredRefusal | undefined {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure)) return undefined;
  const type = UPDATE_REFUSALS.find((known) => known === cause.type) ?? 'Other';
  return { type, message: cause.message, detail: cause.details?.[0] };
}

/** Why a run failed; without a type where it was ended from outside, or lived too long. */
export function runFailureOf(
  error: unknown,
): { type: string | undefined; message: string; detail: unknown } | undefined {
  if (!(error instanceof WorkflowFailedError)) return undefined;
  const cause = error.cause instanceof ActivityFailure ? error.cause.cause : error.cause;
  if (!(cause instanceof ApplicationFailure)) return { type: undefined, message: '', detail: null };
  return { type: cause.type ?? undefined, message: cause.message, detail: cause.details?.[0] };
}

/** The run ended before it answered an update that it had accepted; its result tells. */
export function isOvertakenByEnd(error: unknown): boolean {
  if (!(error instanceof WorkflowUpdateFailedError)) return false;
  const { cause } = error;
  // Ended from outside, it fails its updates with something else than what a workflow can throw.
  return !(cause instanceof ApplicationFailure) || cause.type === 'AcceptedUpdateCompletedWorkflow';
}

function wordsIn(error: unknown): string {
  const { cause = error } = error instanceof ServiceError ? error : {};
  return cause instanceof Error ? cause.message : '';
}

function grpcCodeOf(error: unknown): number | undefined {
  const cause = error instanceof ServiceError ? error.cause : error;
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'number' ? code : undefined;
}
