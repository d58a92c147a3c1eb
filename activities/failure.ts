/** The one table from WeChat Pay's errors to what may be believed and repeated. */
import { ApplicationFailure } from '@temporalio/common';
import type { FailureType } from '../payscore/failure.ts';
import { reasonOf, type Refusal } from '../payscore/refusal.ts';
import { InvalidParameterError, WechatpayRefusal } from '../wechatpay/errors.ts';

const TYPE_OF_STATUS: Readonly<Record<number, FailureType>> = {
  401: 'Misconfigured',
  409: 'Refused',
  429: 'Throttled',
};

/** 4xx are refusals, 5xx have an unknown outcome, unless the table says otherwise (APIv3, HTTP 状态码). */
function typeOf({ status }: WechatpayRefusal): FailureType {
  return TYPE_OF_STATUS[status] ?? (status < 500 ? 'Refused' : 'Unknown');
}

/**
 * What a call of WeChat Pay that failed means for the order.
 * Every failure is left to the caller's retry policy; an unproven refusal is as unknown as a cut connection.
 */
export function failureOf(error: unknown): ApplicationFailure {
  if (error instanceof WechatpayRefusal) {
    const { status, code, message, requestId: request_id, proven } = error;
    const refusal: Refusal = {
      status,
      code,
      message,
      request_id,
      reason: reasonOf({ code, message, request_id }),
    };
    const doubt = proven ? '' : ', but is not proven to have';
    return ApplicationFailure.create({
      type: proven ? typeOf(error) : ('Unknown' satisfies FailureType),
      message: `WeChat Pay answered ${status} ${code}: ${message} (Request-ID ${request_id})${doubt}`,
      details: [refusal],
    });
  }
  if (error instanceof InvalidParameterError) {
    const refusal: Refusal = {
      status: 400,
      code: 'PARAM_ERROR',
      message: `not sent: ${error.message}`,
      request_id: '',
      reason: 'other',
    };
    return ApplicationFailure.create({
      type: 'Refused' satisfies FailureType,
      message: refusal.message,
      details: [refusal],
    });
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown failure';
  return ApplicationFailure.create({ type: 'Unknown' satisfies FailureType, message });
}
