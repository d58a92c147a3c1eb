/** From WeChat Pay's errors to failures that workflows understand and operators can read. */
import { ApplicationFailure } from '@temporalio/common';
import type { FailureType } from '../payscore/refusals/failure-type.ts';
import { reasonOf, unsent, type Refusal } from '../payscore/refusals/refusal.ts';
import { classify } from '../wechatpay/classification.ts';
import { InvalidParameterError, WechatpayRefusal } from '../wechatpay/errors.ts';

/**
 * What a call of WeChat Pay that failed means for the order.
 * Every failure is left to the caller's retry policy; an unproven refusal is as unknown as a cut connection.
 */
export function failureOf(error: unknown): ApplicationFailure {
  const type: FailureType = classify(error);
  if (error instanceof WechatpayRefusal) {
    const { status, errorCode: code, words: message, requestId: request_id, proven } = error;
    const reason = reasonOf({ code, message, request_id });
    const refusal: Refusal = { status, code, message, request_id, reason };
    // What anybody may have said is for people only: nothing shows it as WeChat's refusal.
    return ApplicationFailure.create({
      type,
      message: error.message,
      details: proven ? [refusal] : [],
    });
  }
  if (error instanceof InvalidParameterError) {
    const refusal = unsent(error.message);
    return ApplicationFailure.create({ type, message: refusal.message, details: [refusal] });
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown failure';
  return ApplicationFailure.create({ type, message });
}

/** Proven not done, and only a person can change that; WeChat has not even seen it. */
export function misconfigured(message: string): ApplicationFailure {
  return ApplicationFailure.create({ type: 'Misconfigured' satisfies FailureType, message });
}
