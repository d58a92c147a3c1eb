/** Who calls, and what he may do. */
import type { RequestHandler, Request, Response } from 'express';
import type { ApiKeys } from './api-keys.ts';
import { Problem } from './problems.ts';
import type { ApiKey, Scope } from '../../config/api-keys.ts';

/** Lets in who has a key of this scope. */
export function authenticate(keys: Pick<ApiKeys, 'find'>): RequestHandler {
  return (request, response, next) => {
    const secret = secretIn(request);
    const key = secret === undefined ? undefined : keys.find(secret);
    if (!key) {
      throw new Problem('unauthenticated', { detail: 'Send Authorization: Bearer <API key>.' });
    }
    demand(key, scopeOf(request));
    response.locals['caller'] = key.name;
    next();
  };
}

/** The name of the key; undefined where everybody from this machine is let in. */
export function callerOf({ locals }: Response): string | undefined {
  return locals['caller'] as string | undefined;
}

export function secretIn(request: Request): string | undefined {
  const [, secret] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
  return secret;
}

/** @throws {Problem} `forbidden` */
export function demand({ name, scopes }: ApiKey, scope: Scope): void {
  if (scopes.includes(scope)) return;
  throw new Problem('forbidden', {
    detail: `The key ${name} has the scope ${scopes.join(', ')}; this takes ${scope}.`,
  });
}

/** POSTs that change nothing: what they ask with has no place in a URL. */
const READING = [/^\/authorizations\/query\/?$/, /^\/service-orders\/[^/]+\/detail-link\/?$/];

/** @param request as it stands below `/v1` */
function scopeOf({ method, path }: Request): Scope {
  const isReading = method === 'GET' || method === 'HEAD' || READING.some((it) => it.test(path));
  return isReading ? 'read' : 'orders';
}
