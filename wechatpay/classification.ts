/** The one table from what WeChat Pay answered to what it means for the call (APIv3, HTTP 状态码 and 错误码). */
import { isWechatpayError, type VerificationReason, type WechatpayRefusal } from './errors.ts';

/**
 * - `Refused`: proven not done, and the same request would be refused again
 * - `NotFound`: proven that WeChat knows nothing of that number
 * - `Unknown`: whether it was done is not known, so WeChat must be asked
 * - `Throttled`: proven not done, too many calls
 * - `Misconfigured`: proven not done, and only a person can change that
 * - `Unaccepted`: as unknown as any other, but keys or clocks may be wrong: an unproven 401, an answer of another time or key
 * - `NotSent`: it was too late to send it
 */
export type Classification =
  'Refused' | 'NotFound' | 'Unknown' | 'Throttled' | 'Misconfigured' | 'Unaccepted' | 'NotSent';

/** A status begins as `status` says. */
type Row = readonly [status: string, code: RegExp, means: Classification, words?: RegExp];

/** Of proven refusals; the first row that fits counts. A code of which nobody has heard is permanent in 4xx, unknown in 5xx. */
const PROVEN: readonly Row[] = [
  ['401', /^/, 'Misconfigured'],
  ['404', /^(ORDER_NOT_ ?EXIST|RESOURCE_NOT_EXISTS)$/, 'NotFound'],
  ['429', /^/, 'Throttled'],
  // Said of what passes, though it is a 4xx (请求异常，请稍后重试).
  ['4', /^/, 'Unknown', /请求异常|系统繁忙|系统异常/],
  ['4', /^/, 'Refused'],
  ['5', /^/, 'Unknown'],
];

/** What our own clock, or a key of WeChat's that we lack, may be to blame for. */
const OURS: readonly VerificationReason[] = ['timestamp', 'serial'];

/** Anything that is not a proven refusal leaves the outcome unknown; what was never sent is refused by ourselves. */
export function classify(error: unknown): Classification {
  if (!isWechatpayError(error)) return 'Unknown';
  switch (error.code) {
    case 'invalid_parameter':
      return 'Refused';
    case 'not_sent':
      return 'NotSent';
    case 'unverified':
      return OURS.includes(error.reason) ? 'Unaccepted' : 'Unknown';
    case 'refused':
      return ofRefusal(error);
    case 'no_answer':
    case 'undecryptable':
    case 'bill_link_expired':
      return 'Unknown';
  }
}

function ofRefusal({ status, errorCode, words, proven }: WechatpayRefusal): Classification {
  if (!proven) return status === 401 ? 'Unaccepted' : 'Unknown';
  const row = PROVEN.find(
    ([ofStatus, ofCode, _means, ofWords = /^/]) =>
      String(status).startsWith(ofStatus) && ofCode.test(errorCode) && ofWords.test(words),
  );
  return row?.[2] ?? 'Unknown';
}
