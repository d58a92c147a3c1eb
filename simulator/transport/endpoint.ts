/** From a request to an answer: check, execute, answer; and what a planned fault does to that. */
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { refusalAnswer, type Answer, type Answerer } from './answer.ts';
import type { Call, Faults } from './faults.ts';
import { RefusalError } from './refusal-error.ts';
import type { ReceivedRequest, RequestCheck } from './request-check.ts';
import { newRequestStem, requestIdOf } from './request-id.ts';

export interface CheckedRequest extends ReceivedRequest {
  readonly params: Record<string, string>;
  /** The `Request-ID` under which the request is executed. */
  readonly requestId: string;
}

/** Returns the body of a 200, or undefined for a 204, or throws a RefusalError. Runs to its end without waiting: calls never interleave. */
export type Handler = (request: CheckedRequest) => unknown;

export interface EndpointParts {
  readonly check: RequestCheck;
  readonly answer: Answerer;
  readonly faults: Faults;
  readonly logger: Logger;
}

export type Endpoint = (call: Call, handle: Handler) => RequestHandler;

export function createEndpoint({ check, answer, faults, logger }: EndpointParts): Endpoint {
  return (call, handle) => (req, res) => {
    const stem = newRequestStem();
    const request = received(req);
    const execute = () =>
      outcomeOf(() => handle({ ...request, requestId: requestIdOf(stem, 0) }), logger);
    const reply = (it: Answer) => {
      answer(req, res, stem, it);
      logger.info({ call, status: it.status, request_id: res.get('Request-ID') }, 'answered');
    };

    const objection = objectionTo(request, check, logger);
    if (objection !== undefined) return reply(objection);
    const fault = faults.take(call);
    if (fault !== undefined) logger.info({ call, fault }, 'fault');
    switch (fault) {
      case undefined:
        return reply(execute());
      case 'executed-then-500':
        execute();
        return reply(refusalAnswer(new RefusalError('system')));
      case 'executed-then-cut':
        execute();
        return cut(res);
      case 'cut':
        return cut(res);
      case 'unsigned-502':
        return badGateway(res);
      case 'bad-signature':
        return answer(req, res, stem, execute(), (text) => `${text} `);
    }
  };
}

function received(req: Request): ReceivedRequest & Pick<CheckedRequest, 'params'> {
  const body: unknown = req.body; // undefined where the request had none
  return {
    method: req.method,
    target: req.originalUrl,
    headers: req.headers,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    params: Object.fromEntries(Object.entries(req.params).map(([key, it]) => [key, String(it)])),
  };
}

function objectionTo(request: ReceivedRequest, check: RequestCheck, logger: Logger) {
  const outcome = outcomeOf(() => check(request), logger);
  return outcome.status < 300 ? undefined : outcome;
}

function outcomeOf(execute: () => unknown, logger: Logger): Answer {
  try {
    const body = execute();
    return { status: body === undefined ? 204 : 200, body, number: 0 };
  } catch (error) {
    if (error instanceof RefusalError) return refusalAnswer(error);
    logger.error({ err: error }, 'the simulator itself failed');
    return refusalAnswer(new RefusalError('system'));
  }
}

function cut(res: Response): void {
  res.socket?.destroy();
}

function badGateway(res: Response): void {
  res.status(502).type('html').end('<html><head><title>502 Bad Gateway</title></head></html>\n');
}
