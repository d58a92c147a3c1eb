/** From WeChat Pay's errors to failures that workflows understand and operators can read. */
import { ApplicationFailure } from '@temporalio/common';
import type { FailureType } from '../payscore/failure.ts';
import { reasonOf, type Refusal } from '../payscore/refusal.ts';
import { classify } from '../wechatpay/classification.ts';
import { InvalidParameterError, WechatpayRefusal } from '../wechatpay/errors.ts';

/**
 * What a call of WeChat Pay that failed means for the order.
 * Every failure is left to the caller's retry policy; an unproven refusal is as unknown as a cut connection.
 */
export function failureOf(error: unknown): ApplicationFailure {
  const type: FailureType = classify(error);
  if (error instanceof WechatpayRefusal) {
    const { status, code, message, requestId: request_id, proven } = error;
    const words = `WeChat Pay answered ${status} ${code}: ${message} (Request-ID ${request_id})`;
    // Words that anybody may have said are for people only: nothing shows them as WeChat's refusal.
    if (!proven) {
      return ApplicationFailure.create({ type, message: `${words}, but is not proven to have` });
    }
    const reason = reasonOf({ code, message, request_id });
    const refusal: Refusal = { status, code, message, request_id, reason };
    return ApplicationFailure.create({ type, message: words, details: [refusal] });
  }
  if (error instanceof InvalidParameterError) {
    const refusal: Refusal = {
      status: 400,
      code: 'PARAM_ERROR',
      message: `not sent: ${error.message}`,
      request_id: '',
      reason: 'parameters',
    };
    return ApplicationFailure.create({
      type,
      message: refusal.message,
      details: [refusal],
    });
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown failure';
  return ApplicationFailure.create({ type, message });
}

/** Proven not done, and only a person can change that; WeChat has not even seen it. */
export function misconfigured(message: string): ApplicationFailure {
  return ApplicationFailure.create({ type: 'Misconfigured' satisfies FailureType, message });
}
