/** From errors to HTTP answers: RFC 9457 problem documents, in one place. */
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { problemDocument, type ProblemKind } from '../../answers/problem.ts';
import { wordsFor } from './language.ts';
import { noteReplayed } from './replayed.ts';
import { createSparingLog } from '../../process/sparing-log.ts';
import type { Refusal } from '../../payscore/refusals/refusal.ts';
import { unreadablePayloadIn } from '../../temporal/codec/unreadable-payload.ts';
import { wordsIn } from '../../words/catalogue.ts';
import type { Sentence } from '../../words/sentence.ts';

export interface Fault {
  readonly pointer: string;
  readonly detail: Sentence;
}

export interface ProblemFacts {
  readonly detail: Sentence;
  readonly errors?: readonly Fault[];
  /** WeChat's refusal, in its own words. */
  readonly refusal?: Refusal;
  /** When the same request may come again. */
  readonly retryAfterSeconds?: number;
  /** The same was asked for before, and this is what came of it. */
  readonly isReplayed?: boolean;
}

/** What the API answers instead of a result. Its kind fixes status and title. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly facts: ProblemFacts;

  constructor(kind: ProblemKind, facts: ProblemFacts) {
    // For logs, which are English.
    super(facts.detail(wordsIn('en')));
    this.kind = kind;
    this.facts = facts;
  }
}

export function sendProblem(response: Response, kind: ProblemKind, facts: ProblemFacts): void {
  const { detail, errors, refusal, retryAfterSeconds, isReplayed = false } = facts;
  if (retryAfterSeconds !== undefined) response.set('retry-after', String(retryAfterSeconds));
  if (isReplayed) noteReplayed(response);
  const words = wordsFor(response);
  const worded = {
    detail: detail(words),
    ...(errors && { errors: errors.map((it) => ({ ...it, detail: it.detail(words) })) }),
    ...(refusal && { refusal }),
  };
  const document = problemDocument(kind, worded, words);
  response.status(document.status).type('application/problem+json').send(JSON.stringify(document));
}

const MOST_FAULTS = 20;

/** Many are counted, and the first of them listed: the answer stays short, whatever was sent. */
export function faultsIn(what: 'body' | 'query', faults: readonly Fault[]): Problem {
  const { length } = faults;
  const listed = length > MOST_FAULTS ? MOST_FAULTS : undefined;
  return new Problem('invalid-request', {
    detail: ({ problems }) => problems.request.faults(what, length, listed),
    errors: faults.slice(0, MOST_FAULTS),
  });
}

/** A body with one fault that its schema cannot know. */
export function faulty(pointer: string, detail: Sentence): Problem {
  return faultsIn('body', [{ pointer, detail }]);
}

export function badHeader(name: string, rule: Sentence): Problem {
  const detail: Sentence = (words) => words.problems.request.header(name, rule(words));
  return new Problem('invalid-request', { detail });
}

export const noSuchRoute: RequestHandler = (request, response) =>
  sendProblem(response, 'no-such-route', { detail: () => `${request.method} ${request.path}` });

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
        detail: ({ problems }) => problems.service.unreadable(unreadable.keyId),
      });
    }
    const parserFault = faultOfBodyParser(error);
    if (parserFault) return sendProblem(response, ...parserFault);
    sparing.error({ reason: nameOf(error), out_order_no }, 'a request failed for a reason of ours');
    sendProblem(response, 'internal', { detail: ({ problems }) => problems.service.internal });
  };
}

/** Of the order that a request was about, for whoever looks for it; no other part of a path is told. */
function numberIn(path: string): string | undefined {
  return /^\/v1\/service-orders\/([\w|*-]{1,32})(\/|$)/.exec(path)?.[1];
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
}

/** Express's body parser: its messages may quote what came, so only its type is read. */
function faultOfBodyParser(error: unknown): [ProblemKind, ProblemFacts] | undefined {
  const { type } = error as { type?: unknown };
  if (type === 'entity.too.large') {
    const { limit } = error as { limit?: unknown };
    const kilobytes = Number(limit) / 1_024;
    return ['too-large', { detail: ({ problems }) => problems.request.tooLarge(kilobytes) }];
  }
  if (typeof type === 'string' && /^(entity|encoding|charset|request|parameters)\./.test(type)) {
    return ['invalid-request', { detail: ({ problems }) => problems.request.unreadable }];
  }
  // A path with a broken percent-encoding.
  if (error instanceof URIError) {
    return ['invalid-request', { detail: ({ problems }) => problems.request.pathEncoding }];
  }
  return undefined;
}
