/** From errors to HTTP answers: RFC 9457 problem documents, in one place. */
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { createSparingLog } from '../../process/sparing-log.ts';
import { adviceOn } from '../../payscore/refusals/advice.ts';
import { unreadablePayloadIn } from '../../temporal/codec/unreadable-payload.ts';
import type { Refusal } from '../../payscore/refusals/refusal.ts';

export interface Fault {
  /** JSON pointer into the body. */
  readonly pointer: string;
  readonly detail: string;
}

export interface ProblemFacts {
  readonly detail: string;
  readonly errors?: readonly Fault[];
  /** WeChat's refusal, in its own words. */
  readonly refusal?: Refusal;
  /** When the same request may come again. */
  readonly retryAfterSeconds?: number;
}

/** What the API answers instead of a result. Its kind fixes status and title. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly facts: ProblemFacts;

  constructor(kind: ProblemKind, facts: ProblemFacts) {
    super(facts.detail);
    this.kind = kind;
    this.facts = facts;
  }
}

const KINDS = {
  'invalid-request': [400, 'The request has faults'],
  'not-json': [415, 'Bodies are JSON'],
  'not-from-here': [403, 'Without API keys, only programs on this machine are let in'],
  unauthenticated: [401, 'An API key is needed'],
  forbidden: [403, 'This API key may not do that'],
  'not-found': [404, 'There is no such order'],
  'no-such-refund': [404, 'There is no such refund'],
  'not-reconciled': [404, 'There is no such report'],
  'no-such-finding': [404, 'There is no such finding'],
  'nothing-to-acknowledge': [409, 'The finding needs nobody'],
  'no-such-event': [404, 'There is no such event'],
  'no-schedule': [404, 'There is no daily schedule'],
  'no-such-route': [404, 'There is no such route'],
  'not-allowed': [409, 'The order does not allow this now'],
  'different-body': [409, 'This out_order_no was opened with another body'],
  'different-refund': [409, 'This out_refund_no was used for another refund'],
  'number-taken': [409, 'WeChat Pay has another order under this out_order_no'],
  'key-reused': [422, 'This Idempotency-Key was used for another request'],
  'too-large': [413, 'The body is too large'],
  'refused-by-wechat-pay': [422, 'WeChat Pay refused'],
  'not-created': [422, 'The order was not created'],
  unauthorized: [422, 'The user has not authorised the service'],
  busy: [429, 'Too many requests at once'],
  overloaded: [429, 'More is asked than can be served now'],
  internal: [500, 'Something went wrong here'],
  'not-taken': [503, 'Not taken'],
  unavailable: [503, 'Not available now'],
} as const satisfies Record<string, readonly [status: number, title: string]>;
export type ProblemKind = keyof typeof KINDS;

export function sendProblem(response: Response, kind: ProblemKind, facts: ProblemFacts): void {
  const [status, title] = KINDS[kind];
  const { detail, errors, refusal, retryAfterSeconds } = facts;
  const { code, message, request_id, reason } = refusal ?? {};
  if (retryAfterSeconds !== undefined) response.set('retry-after', String(retryAfterSeconds));
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:payscore-orders:${kind}`,
        title,
        status,
        detail,
        errors,
        code,
        message,
        request_id,
        reason,
        ...(reason && adviceOn(reason)),
      }),
    );
}

const MOST_FAULTS = 20;

/** Many are counted, and the first of them listed: the answer stays short, whatever was sent. */
export function faultsIn(what: 'body' | 'query', faults: readonly Fault[]): Problem {
  const { length } = faults;
  const more = length > MOST_FAULTS ? `, of which the first ${MOST_FAULTS} are listed` : '';
  const end = what === 'body' ? ' Nothing was started.' : '';
  return new Problem('invalid-request', {
    detail: `${length} fault${length === 1 ? '' : 's'} in the ${what}${more}.${end}`,
    errors: faults.slice(0, MOST_FAULTS),
  });
}

/** A body with one fault that its schema cannot know. */
export function faulty(pointer: string, detail: string): Problem {
  return faultsIn('body', [{ pointer, detail }]);
}

export function badHeader(name: string, rule: string): Problem {
  return new Problem('invalid-request', { detail: `The header ${name} ${rule}.` });
}

export const noSuchRoute: RequestHandler = (request, response) =>
  sendProblem(response, 'no-such-route', { detail: `${request.method} ${request.path}` });

/** The last word on every error. What it does not know is logged by name, and answered without particulars. */
export function answerErrors(logger: Logger): ErrorRequestHandler {
  const sparing = createSparingLog(logger);
  return (error: unknown, request, response, _next) => {
    const out_order_no = numberIn(request.path);
    // Half an answer cannot be taken back: whoever reads it must see that it ends too early.
    if (response.headersSent) {
      if (!response.destroyed)
        sparing.error({ reason: nameOf(error), out_order_no }, 'an answer broke off');
      return response.destroy();
    }
    if (error instanceof Problem) return sendProblem(response, error.kind, error.facts);
    const unreadable = unreadablePayloadIn(error);
    if (unreadable) {
      sparing.error({ reason: unreadable.message, out_order_no }, 'an order cannot be read');
      return sendProblem(response, 'unavailable', {
        detail: `${CANNOT_READ} ${unreadable.keyId}.`,
      });
    }
    const parserFault = faultOfBodyParser(error);
    if (parserFault) return sendProblem(response, ...parserFault);
    sparing.error({ reason: nameOf(error), out_order_no }, 'a request failed for a reason of ours');
    sendProblem(response, 'internal', { detail: 'Repeat the same request later.' });
  };
}

/** Of the order that a request was about, for whoever looks for it; no other part of a path is told. */
function numberIn(path: string): string | undefined {
  return /^\/v1\/service-orders\/([\w|*-]{1,32})(\/|$)/.exec(path)?.[1];
}

const CANNOT_READ =
  'What Temporal holds of this cannot be read here. It is encrypted under the codec key';

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
}

/** Express's body parser: its messages may quote what came, so only its type is read. */
function faultOfBodyParser(error: unknown): [ProblemKind, ProblemFacts] | undefined {
  const { type } = error as { type?: unknown };
  if (type === 'entity.too.large') {
    const { limit } = error as { limit?: unknown };
    return ['too-large', { detail: `At most ${Number(limit) / 1_024} kB are read.` }];
  }
  if (typeof type === 'string' && /^(entity|encoding|charset|request|parameters)\./.test(type)) {
    return ['invalid-request', { detail: 'The body is compressed, or was cut off.' }];
  }
  // A path with a broken percent-encoding.
  if (error instanceof URIError) {
    return ['invalid-request', { detail: 'The path is not properly percent-encoded.' }];
  }
  return undefined;
}
