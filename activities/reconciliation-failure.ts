/** What a reconciliation that could not be done means: to be tried again, and when, or for a person to look at. */
import {
  ApplicationFailure,
  ApplicationFailureCategory,
  CancelledFailure,
  type Duration,
} from '@temporalio/common';
import { failureOf } from './failure.ts';
import type { DayFailure } from '../payscore/days/failure.ts';
import { BillFault } from '../reconciliation/bill/fault.ts';
import { OrderSilentError } from '../reconciliation/matching/order-source.ts';
import { isServiceError } from '../temporal/errors.ts';
import { VerificationError, WechatpayRefusal } from '../wechatpay/errors.ts';
import type { Words } from '../words/en.ts';

/** WeChat's advice: every half hour. */
const NOT_READY_AGAIN = '30m';
const AGAIN = '5m';
/** 429 and 5xx: wait at least a minute (申请交易账单, 错误码). */
const A_MINUTE = '1m';
/** The first failures are often passing ones. */
const SOON = '10s';
const SOON_ATTEMPTS = 3;

/** @param words of the operator, for Temporal's web UI; whoever else tells it has the fact that goes with it */
export function reconciliationFailureOf(
  error: unknown,
  attempt: number,
  words: Words,
): ApplicationFailure | CancelledFailure {
  if (error instanceof CancelledFailure || error instanceof ApplicationFailure) return error;
  const nextRetryDelay = attempt > SOON_ATTEMPTS ? AGAIN : isThrottled(error) ? A_MINUTE : SOON;
  const failure = dayFailureOf(error);
  if (failure) {
    return ApplicationFailure.create({
      ...told(failure, words),
      ...optionsOf(failure, nextRetryDelay),
    });
  }
  const { type, message, details } = failureOf(error);
  const isFinal = type === 'Refused' || type === 'Misconfigured';
  return ApplicationFailure.create({
    ...{ type: type ?? 'Unknown', message, details: details ?? [] },
    ...(isFinal ? { nonRetryable: true } : { nextRetryDelay }),
  });
}

/** @param days so long finished orders are kept */
export function notCovered(days: number, words: Words): ApplicationFailure {
  return ApplicationFailure.create({
    ...told({ type: 'NotCovered', days }, words),
    nonRetryable: true,
  });
}

function told(failure: DayFailure, { reconciliation }: Words) {
  const { type } = failure;
  return { type, message: reconciliation.failure(failure, type), details: [failure] };
}

function optionsOf({ type }: DayFailure, nextRetryDelay: Duration) {
  if (type === 'BillFault') return { nonRetryable: true };
  if (type !== 'BillNotReady') return { nextRetryDelay };
  return { nextRetryDelay: NOT_READY_AGAIN, category: ApplicationFailureCategory.BENIGN } as const;
}

function isThrottled(error: unknown): boolean {
  return error instanceof WechatpayRefusal && (error.status === 429 || error.status >= 500);
}

function dayFailureOf(error: unknown): DayFailure | undefined {
  if (error instanceof BillFault) return { type: 'BillFault', fault: error.fact };
  if (
    error instanceof WechatpayRefusal &&
    error.proven &&
    error.errorCode === 'STATEMENT_CREATING'
  ) {
    return { type: 'BillNotReady', request_id: error.requestId, again: NOT_READY_AGAIN };
  }
  if (error instanceof VerificationError && error.reason === 'hash') {
    return { type: 'BillUnproven' };
  }
  if (isServiceError(error)) {
    return { type: 'OrdersUnavailable', because: (error as Error).message };
  }
  if (error instanceof OrderSilentError) {
    const { out_order_no, because } = error;
    return { type: 'OrderSilent', out_order_no, because };
  }
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return { type: 'DiskFull', error: code };
  // Connections have no path.
  if (path !== undefined && code !== undefined) return { type: 'DiskFailed', error: code };
  return undefined;
}
