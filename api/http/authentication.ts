/** Who calls, and what he may do. */
import type { RequestHandler, Request, Response } from 'express';
import type { ApiKeys } from './api-keys.ts';
import { Problem } from './problems.ts';
import { scopeOf } from './scope.ts';
import type { ApiKey, Scope } from '../../config/api-keys.ts';
import type { Words } from '../../words/en.ts';

export interface Authentication {
  readonly keys: Pick<ApiKeys, 'find'>;
  scopeOf(request: Request): Scope;
  /** By something else than a key that is sent. */
  otherwise?(request: Request): ApiKey | undefined;
  /** What somebody is told who has shown nothing. */
  instead(request: Request, words: Words): string;
}

/** Lets in who has a key of the scope. */
export function authenticate(by: Authentication): RequestHandler {
  return (request, response, next) => {
    const secret = secretIn(request);
    const key = secret === undefined ? by.otherwise?.(request) : by.keys.find(secret);
    if (!key) {
      throw new Problem('unauthenticated', { detail: (words) => by.instead(request, words) });
    }
    demand(key, by.scopeOf(request));
    response.locals['caller'] = key.name;
    next();
  };
}

/** Of everything below `/v1`. */
export function authenticateCaller(keys: Pick<ApiKeys, 'find'>): RequestHandler {
  return authenticate({
    keys,
    scopeOf,
    instead: (_request, { problems }) => problems.door.sendKey,
  });
}

/** The name of the key; undefined where everybody from this machine is let in. */
export function callerOf({ locals }: Response): string | undefined {
  return locals['caller'] as string | undefined;
}

function secretIn(request: Request): string | undefined {
  const [, secret] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
  return secret;
}

/** @throws {Problem} `forbidden` */
function demand({ name, scopes }: ApiKey, scope: Scope): void {
  if (scopes.includes(scope)) return;
  throw new Problem('forbidden', {
    detail: ({ problems }) => problems.door.wrongScope(name, scopes, scope),
  });
}
