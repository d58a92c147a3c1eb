/** All that can go wrong between us and WeChat Pay. No error carries a header, a body, a key or an openid. */

/** WeChat Pay answered with an error status. Only a *proven* one says what was, or was not, done. */
export class WechatpayRefusal extends Error {
  override readonly name = 'WechatpayRefusal';
  readonly status: number;
  /** WeChat's error code, e.g. `INVALID_REQUEST`. */
  readonly code: string;
  /** `Request-ID`, which WeChat's support asks for. */
  readonly requestId: string;
  /** A JSON `code` under a signature that verified: a gateway or an attacker cannot have written it. */
  readonly proven: boolean;

  constructor(refusal: {
    status: number;
    code: string;
    message: string;
    requestId: string;
    proven: boolean;
  }) {
    super(refusal.message);
    this.status = refusal.status;
    this.code = refusal.code;
    this.requestId = refusal.requestId;
    this.proven = refusal.proven;
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

/** A message that WeChat Pay is not proven to have sent. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';
}

/** A resource that our APIv3 key does not open. */
export class DecryptionError extends Error {
  override readonly name = 'DecryptionError';
}

/** A parameter that must not reach a signed path. Nothing was sent. */
export class InvalidParameterError extends Error {
  override readonly name = 'InvalidParameterError';
}
