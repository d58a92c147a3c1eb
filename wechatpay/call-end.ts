/** What a call of WeChat Pay came to, for figures and logs: nothing of what was sent, and of the answer no more than its head. */
import { requestIdOf } from './answer.ts';
import { classify, type Classification } from './classification.ts';
import { InvalidParameterError, isWechatpayError } from './errors.ts';
import type { Headers } from './message.ts';

/** Of the client's functions, and of what it does by itself. */
export type CallName =
  | 'createServiceOrder'
  | 'getServiceOrder'
  | 'getServiceOrderByQueryId'
  | 'cancelServiceOrder'
  | 'modifyServiceOrder'
  | 'completeServiceOrder'
  | 'syncServiceOrder'
  | 'payServiceOrder'
  | 'getPermissionByOpenid'
  | 'getPermissionByAuthorizationCode'
  | 'preparePermission'
  | 'terminatePermissionByOpenid'
  | 'terminatePermissionByAuthorizationCode'
  | 'applyForRefund'
  | 'getRefund'
  | 'applyForTradeBill'
  | 'applyForFundFlowBill'
  | 'downloadBill'
  | 'downloadCertificates';

const OUTCOMES = {
  Refused: 'refused',
  NotFound: 'not_found',
  Unknown: 'unknown',
  Throttled: 'throttled',
  Misconfigured: 'misconfigured',
  Unaccepted: 'unaccepted',
  NotSent: 'not_sent',
} as const satisfies Record<Classification, string>;

/** As {@link Classification} has them, and `ok`. */
export type CallOutcome = 'ok' | (typeof OUTCOMES)[Classification];

export interface CallEnd {
  readonly call: CallName;
  readonly outcome: CallOutcome;
  readonly seconds: number;
  /** Undefined where nothing came back. */
  readonly status?: number | undefined;
  /** WeChat Pay's own, such as `INVALID_REQUEST`, or in a word of ours what became of the answer. */
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
}

export type OnCall = (end: CallEnd) => void;

export interface Head {
  readonly status: number;
  readonly headers: Headers;
}

/**
 * Makes a call, and tells what it came to. Whoever is told cannot fail the call.
 *
 * @param attempt says what came back, as soon as it is there
 */
export async function measured<T>(
  call: CallName,
  onCall: OnCall | undefined,
  attempt: (answered: (head: Head) => void) => Promise<T>,
): Promise<T> {
  const begun = performance.now();
  let head: Head | undefined;
  try {
    const value = await attempt((answer) => void (head = answer));
    tell('ok');
    return value;
  } catch (error) {
    // Nothing was to be sent.
    if (!(error instanceof InvalidParameterError)) tell(OUTCOMES[classify(error)], codeOf(error));
    throw error;
  }

  function tell(outcome: CallOutcome, code?: string): void {
    const seconds = (performance.now() - begun) / 1_000;
    const requestId = head && requestIdOf(head.headers);
    try {
      onCall?.({ call, outcome, seconds, status: head?.status, code, requestId });
    } catch {
      // What nobody could count or write down has happened all the same.
    }
  }
}

function codeOf(error: unknown): string | undefined {
  if (!isWechatpayError(error)) return undefined;
  return error.code === 'refused' ? error.errorCode : error.code;
}
