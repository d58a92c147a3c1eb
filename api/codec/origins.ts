/** Which web pages may ask for what Temporal stores: those of Temporal's web UI, by their exact origin. */
import type { RequestHandler } from 'express';
import { Problem } from '../http/problems.ts';

/** A program names no origin; every browser does. */
export function onlyFrom(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('origin');
    response.vary('Origin');
    if (origin !== undefined) {
      if (!origins.includes(origin)) {
        throw new Problem('not-from-here', {
          detail: ({ problems }) => problems.door.foreignOrigin,
        });
      }
      response.set({
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
      });
    }
    if (request.method !== 'OPTIONS') return next();
    response
      .set({
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type, x-namespace, authorization',
        'access-control-max-age': '600',
      })
      .status(204)
      .end();
  };
}
