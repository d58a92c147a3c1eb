/** From a request to an answer: check, execute, answer; and what a fault does to that. */
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Delays } from '../delays.ts';
import { ANSWER_FAULTS } from '../faults/answer-faults.ts';
import type { PolicyBook } from '../policy-book.ts';
import { SPOILT_SIGNATURES } from '../faults/spoilt-signature.ts';
import { delayOf, type FaultedCall } from '../faults/faulted-call.ts';
import {
  createSealer,
  refusalAnswer,
  type Answer,
  type SealedAnswer,
  type Sender,
} from './answer.ts';
import type { Call } from './call.ts';
import type { CallLog } from './call-log.ts';
import type { Faults } from './faults.ts';
import type { RoutedRequest, SubjectOf } from './order-of-request.ts';
import type { RateLimit } from './rate-limit.ts';
import { RefusalError } from './refusal-error.ts';
import type { RequestCheck } from './request-check.ts';
import { newRequestStem, requestIdOf } from './request-id.ts';
import type { WechatSigner } from './wechat-signature.ts';

export interface CheckedRequest extends RoutedRequest {
  /** The `Request-ID` under which the request is executed. */
  readonly requestId: string;
}

/** Returns the body of a 200, or undefined for a 204, or throws a RefusalError. Runs to its end without waiting: calls never interleave. */
export type Handler = (request: CheckedRequest) => unknown;

export interface EndpointParts {
  readonly check: RequestCheck;
  readonly rateLimit: RateLimit;
  readonly signer: WechatSigner;
  readonly faults: Faults;
  readonly delays: Delays;
  readonly policies: PolicyBook;
  readonly logger: Logger;
  readonly sender: Sender;
  readonly subjectOf: SubjectOf;
  readonly calls: CallLog;
}

export type Endpoint = (call: Call, handle: Handler) => RequestHandler;

export function createEndpoint(parts: EndpointParts): Endpoint {
  const { check, rateLimit, signer, faults, delays, logger, sender, subjectOf, calls } = parts;
  const sealed = createSealer(signer);

  return (call, handle) => (req, res) => {
    const stem = newRequestStem();
    const request = received(req);
    const requestId = requestIdOf(stem, 0);
    const serial = signer.serialFor(req.get('Wechatpay-Serial'));
    const execute = () => outcomeOf(() => handle({ ...request, requestId }), parts);
    const subject = subjectOf(request);
    const logged = calls.begin(call, requestId, subject);
    res.once('close', () => logged.ended(res.writableFinished ? res.statusCode : undefined));
    const seal = (answer: Answer) => {
      logged.cameTo(Object(answer.body).code);
      return sealed(req, stem, answer);
    };
    const send = (answer: SealedAnswer) => sender.send(res, answer, call);

    const objection = objectionTo(() => {
      check(request);
      rateLimit.check(call, request);
    }, parts);
    if (objection !== undefined) return send(seal(objection));
    const struck = faults.take(call, request);
    if (struck === undefined) return send(seal(execute()));

    logged.struck(struck.fault);
    logger.info({ call, fault: struck.fault, request_id: requestId, ...subject }, 'fault');
    const faulted: FaultedCall = {
      res,
      parameters: struck,
      execute,
      executeLate: () =>
        delays.after(delayOf(struck), () => {
          const { status, body } = execute();
          const { code } = Object(body);
          const time = new Date().toISOString();
          logger.info({ call, status, request_id: requestId }, 'executed late');
          faults.recordLate({ call, request_id: requestId, time, status, code });
        }),
      after: delays.after,
      seal,
      sign: (body) => signer.headersFor(body, serial),
      signAs: (name, body) => SPOILT_SIGNATURES[name](signer, body, serial),
      send,
      sentByHand: (answer) => sender.log(answer, call),
    };
    return ANSWER_FAULTS[struck.fault].strike(faulted);
  };
}

function received(req: Request): RoutedRequest {
  const body: unknown = req.body; // undefined where the request had none
  return {
    method: req.method,
    target: req.originalUrl,
    headers: req.headers,
    headersDistinct: req.headersDistinct,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    params: Object.fromEntries(Object.entries(req.params).map(([key, it]) => [key, String(it)])),
  };
}

function objectionTo(check: () => void, told: Told): Answer | undefined {
  const outcome = outcomeOf(check, told);
  return outcome.status < 300 ? undefined : outcome;
}

type Told = Pick<EndpointParts, 'policies' | 'logger'>;

function outcomeOf(execute: () => unknown, { policies, logger }: Told): Answer {
  const { parameter_error, system_error } = policies.now();
  const refused = (error: RefusalError): Answer => {
    const answer = refusalAnswer(error, parameter_error);
    return { ...answer, unsigned: answer.status === 500 && system_error === 'unsigned' };
  };
  try {
    const body = execute();
    return { status: body === undefined ? 204 : 200, body, number: 0 };
  } catch (error) {
    if (error instanceof RefusalError) return refused(error);
    logger.error({ err: error }, 'the simulator itself failed');
    return refused(new RefusalError('system'));
  }
}
