/** What a reconciliation that could not be done means: to be tried again, and when, or for a person to look at. */
import {
  ApplicationFailure,
  ApplicationFailureCategory,
  CancelledFailure,
} from '@temporalio/common';
import { failureOf } from './failure.ts';
import { BillFault } from '../reconciliation/bill/fault.ts';
import { OrderSilentError } from '../reconciliation/matching/order-source.ts';
import { isServiceError } from '../temporal/errors.ts';
import { VerificationError, WechatpayRefusal } from '../wechatpay/errors.ts';

/**
 * - `BillNotReady`: WeChat is still making the bill
 * - `BillUnproven`: its bytes are not those that were announced
 * - `BillFault`: its content is not what it should be; trying again would read the same
 * - `NotCovered`: orders of that day are no longer kept
 * - `DiskFull`, `DiskFailed`: the folder of reports takes no more
 * - `OrderSilent`: one order does not answer
 * - `OrdersUnavailable`: Temporal did not say which orders there are
 */
export type ReconciliationFailureType =
  | 'BillNotReady'
  | 'BillUnproven'
  | 'BillFault'
  | 'NotCovered'
  | 'DiskFull'
  | 'DiskFailed'
  | 'OrderSilent'
  | 'OrdersUnavailable';

/** WeChat's advice: every half hour. */
const NOT_READY_AGAIN = '30m';
const AGAIN = '5m';
/** 429 and 5xx: wait at least a minute (申请交易账单, 错误码). */
const A_MINUTE = '1m';
/** The first failures are often passing ones. */
const SOON = '10s';
const SOON_ATTEMPTS = 3;

export function reconciliationFailureOf(
  error: unknown,
  attempt: number,
): ApplicationFailure | CancelledFailure {
  if (error instanceof CancelledFailure || error instanceof ApplicationFailure) return error;
  const nextRetryDelay = attempt > SOON_ATTEMPTS ? AGAIN : isThrottled(error) ? A_MINUTE : SOON;
  if (error instanceof BillFault) {
    return ApplicationFailure.create({
      type: 'BillFault' satisfies ReconciliationFailureType,
      message: `the bill cannot be believed: ${error.message}`,
      nonRetryable: true,
    });
  }
  if (
    error instanceof WechatpayRefusal &&
    error.proven &&
    error.errorCode === 'STATEMENT_CREATING'
  ) {
    return ApplicationFailure.create({
      type: 'BillNotReady' satisfies ReconciliationFailureType,
      message: `WeChat Pay is still making the bill (Request-ID ${error.requestId}); asked again in ${NOT_READY_AGAIN}`,
      nextRetryDelay: NOT_READY_AGAIN,
      category: ApplicationFailureCategory.BENIGN,
    });
  }
  const known = typeOf(error);
  if (known) {
    const [type, message] = known;
    return ApplicationFailure.create({ type, message, nextRetryDelay });
  }
  const { type, message, details } = failureOf(error);
  const isFinal = type === 'Refused' || type === 'Misconfigured';
  return ApplicationFailure.create({
    ...{ type: type ?? 'Unknown', message, details: details ?? [] },
    ...(isFinal ? { nonRetryable: true } : { nextRetryDelay }),
  });
}

function isThrottled(error: unknown): boolean {
  return error instanceof WechatpayRefusal && (error.status === 429 || error.status >= 500);
}

function typeOf(error: unknown): readonly [ReconciliationFailureType, string] | undefined {
  if (error instanceof VerificationError && error.reason === 'hash') {
    return ['BillUnproven', error.message];
  }
  if (isServiceError(error)) {
    return [
      'OrdersUnavailable',
      `Temporal did not answer for the orders: ${(error as Error).message}`,
    ];
  }
  if (error instanceof OrderSilentError) {
    return [
      'OrderSilent',
      `${error.message}: look at its run; after three attempts the day is told without it`,
    ];
  }
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return [
      'DiskFull',
      `the disk of the reports is full (${code}): make room, then it goes on by itself`,
    ];
  }
  // Connections have no path.
  if (path !== undefined && code !== undefined) {
    return ['DiskFailed', `the folder of the reports (REPORT_FOLDER) cannot be used: ${code}`];
  }
  return undefined;
}
