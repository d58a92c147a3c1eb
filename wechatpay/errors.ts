/**
 * All that can go wrong between us and WeChat Pay. No error carries a header, a body, a key or an openid.
 *
 * Each has a `code` of a closed set, so that a `switch` over that of a {@link WechatpayError} is exhaustive:
 *
 * - `refused`: {@link WechatpayRefusal}
 * - `no_answer`: {@link TransportError}
 * - `unverified`: {@link VerificationError}
 * - `undecryptable`: {@link DecryptionError}
 * - `invalid_parameter`: {@link InvalidParameterError}
 * - `not_sent`: {@link NotSentError}
 * - `bill_link_expired`: {@link BillLinkExpiredError}
 */
export type WechatpayError =
  | WechatpayRefusal
  | TransportError
  | VerificationError
  | DecryptionError
  | InvalidParameterError
  | NotSentError
  | BillLinkExpiredError;
export type WechatpayErrorCode = WechatpayError['code'];

export function isWechatpayError(error: unknown): error is WechatpayError {
  return error instanceof OfWechatpay;
}

/** What all of them are; nobody else is one. */
abstract class OfWechatpay extends Error {
  abstract readonly code: string;
}

/** WeChat Pay answered with an error status. Only a *proven* one says what was, or was not, done. Its message tells all of it. */
export class WechatpayRefusal extends OfWechatpay {
  override readonly name = 'WechatpayRefusal';
  readonly code = 'refused';
  readonly status: number;
  /** WeChat's own code, e.g. `INVALID_REQUEST`. */
  readonly errorCode: string;
  /** WeChat's own; empty where nothing proves them to be. */
  readonly words: string;
  /** `Request-ID`, which WeChat's support asks for. */
  readonly requestId: string;
  /** A JSON `code` under a signature that verified: a gateway or an attacker cannot have written it. */
  readonly proven: boolean;

  /** @param refusal `unproven`: why it is not believed; `clock`: how ours differs from WeChat's. Both for people. */
  constructor(refusal: {
    status: number;
    errorCode: string;
    words: string;
    requestId: string;
    unproven?: string | undefined;
    clock?: string | undefined;
  }) {
    const { status, errorCode, words, requestId, unproven, clock = '' } = refusal;
    const said = words === '' ? errorCode : `${errorCode}: ${words}`;
    const but = unproven === undefined ? '' : `, but is not proven to have: ${unproven}`;
    super(`WeChat Pay answered ${status} ${said} (Request-ID ${requestId})${but}${clock}`);
    this.status = status;
    this.errorCode = errorCode;
    this.words = words;
    this.requestId = requestId;
    this.proven = unproven === undefined;
  }
}

/** No usable answer: not connected, cut, timed out, too long, or not what APIv3 speaks. The outcome is unknown. */
export class TransportError extends OfWechatpay {
  override readonly name = 'TransportError';
  readonly code = 'no_answer';
  readonly status: number | undefined;
  readonly requestId: string | undefined;

  constructor(message: string, answer: { status?: number; requestId?: string } = {}) {
    super(message);
    this.status = answer.status;
    this.requestId = answer.requestId;
  }
}

/**
 * Why a message was not believed.
 *
 * - `header`: one of the Wechatpay-* headers is missing, repeated, or not what it should be
 * - `timestamp`: signed more than 300 s from now
 * - `serial`: no key of that serial is held; the certificates may have changed
 * - `signature`: the signature is not of these bytes
 * - `probe`: the same, with the mark by which WeChat tests whether merchants verify (`WECHATPAY/SIGNTEST/`)
 * - `body`: of a notification, longer than WeChat Pay's may be, compressed, or cut off
 * - `hash`: a bill's bytes are not those that were announced
 */
export type VerificationReason =
  'header' | 'timestamp' | 'serial' | 'signature' | 'probe' | 'body' | 'hash';

/** A message that WeChat Pay is not proven to have sent. */
export class VerificationError extends OfWechatpay {
  override readonly name = 'VerificationError';
  readonly code = 'unverified';
  readonly reason: VerificationReason;

  constructor(reason: VerificationReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A resource that our APIv3 key does not open. */
export class DecryptionError extends OfWechatpay {
  override readonly name = 'DecryptionError';
  readonly code = 'undecryptable';
}

/** A parameter that must not reach a signed path. Nothing was sent. */
export class InvalidParameterError extends OfWechatpay {
  override readonly name = 'InvalidParameterError';
  readonly code = 'invalid_parameter';
}

/** Too late to be signed: nothing was sent. */
export class NotSentError extends OfWechatpay {
  override readonly name = 'NotSentError';
  readonly code = 'not_sent';
}

/** The link to a bill has expired, or is none: apply for the bill again. */
export class BillLinkExpiredError extends OfWechatpay {
  override readonly name = 'BillLinkExpiredError';
  readonly code = 'bill_link_expired';
}
