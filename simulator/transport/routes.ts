/** APIv3's paths: matched to the letter, one method each, and a signed refusal for everything else. */
import express, { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { refusalAnswer, type Answerer } from './answer.ts';
import { RefusalError } from './refusal-error.ts';
import type { RefusalName } from './refusals.ts';
import { newRequestStem } from './request-id.ts';

/** Path → method → endpoint. */
export type RouteTable = Record<string, Record<string, RequestHandler>>;

export function routesOf(table: RouteTable, answer: Answerer, logger: Logger): Router {
  const refuse =
    (name: RefusalName): RequestHandler =>
    (req, res) =>
      answer(req, res, newRequestStem(), refusalAnswer(new RefusalError(name)));

  const router = Router({ caseSensitive: true, strict: true });
  router.use(express.raw({ type: () => true, limit: '1mb', inflate: false })); // bytes as they were signed
  for (const [path, endpoints] of Object.entries(table)) {
    router.all(path, (req, res, next) => {
      const endpoint = endpoints[req.method];
      if (endpoint !== undefined) return endpoint(req, res, next);
      res.set('Allow', Object.keys(endpoints).join(', '));
      return refuse('method')(req, res, next);
    });
  }
  router.use(refuse('route'));
  router.use(unreadable(refuse, answer, logger));
  return router;
}

/** A body that is too long or compressed, or a path that does not decode. Four parameters mark an error handler. */
function unreadable(
  refuse: (name: RefusalName) => RequestHandler,
  answer: Answerer,
  logger: Logger,
): ErrorRequestHandler {
  return (error: { status?: number }, req, res, next) => {
    if (res.headersSent) return next(error);
    if (error.status === 413) return refuse('tooLarge')(req, res, next);
    if (error.status !== undefined && error.status < 500) {
      return refuse('parameter')(req, res, next);
    }
    logger.error({ err: error }, 'the simulator itself failed');
    const system = refusalAnswer(new RefusalError('system'));
    return answer(req, res, newRequestStem(), { ...system, unsigned: true });
  };
}
