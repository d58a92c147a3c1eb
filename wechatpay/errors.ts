/** All that can go wrong between us and WeChat Pay. No error carries a header, a body, a key or an openid. */

/** WeChat Pay answered with an error status. Only a *proven* one says what was, or was not, done. Its message tells all of it. */
export class WechatpayRefusal extends Error {
  override readonly name = 'WechatpayRefusal';
  readonly status: number;
  /** WeChat's error code, e.g. `INVALID_REQUEST`. */
  readonly code: string;
  /** WeChat's own; empty where nothing proves them to be. */
  readonly words: string;
  /** `Request-ID`, which WeChat's support asks for. */
  readonly requestId: string;
  /** A JSON `code` under a signature that verified: a gateway or an attacker cannot have written it. */
  readonly proven: boolean;

  /** @param refusal `doubt`: why it is not believed; `clock`: how ours differs from WeChat's. Both for people. */
  constructor(refusal: {
    status: number;
    code: string;
    words: string;
    requestId: string;
    doubt?: string | undefined;
    clock?: string | undefined;
  }) {
    const { status, code, words, requestId, doubt, clock = '' } = refusal;
    const said = words === '' ? code : `${code}: ${words}`;
    const unproven = doubt === undefined ? '' : `, but is not proven to have: ${doubt}`;
    super(`WeChat Pay answered ${status} ${said} (Request-ID ${requestId})${unproven}${clock}`);
    this.status = status;
    this.code = code;
    this.words = words;
    this.requestId = requestId;
    this.proven = doubt === undefined;
  }
}

/** No usable answer: not connected, cut, timed out, too long, or not what APIv3 speaks. The outcome is unknown. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
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
export type Doubt = 'header' | 'timestamp' | 'serial' | 'signature' | 'probe' | 'body' | 'hash';

/** A message that WeChat Pay is not proven to have sent. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';
  readonly doubt: Doubt;

  constructor(doubt: Doubt, message: string) {
    super(message);
    this.doubt = doubt;
  }
}

/** A resource that our APIv3 key does not open. */
export class DecryptionError extends Error {
  override readonly name = 'DecryptionError';
}

/** A parameter that must not reach a signed path. Nothing was sent. */
export class InvalidParameterError extends Error {
  override readonly name = 'InvalidParameterError';
}

/** Too late to be signed: nothing was sent. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError';
}

/** The link to a bill has expired, or is none: apply for the bill again. */
export class BillLinkExpiredError extends Error {
  override readonly name = 'BillLinkExpiredError';
}
