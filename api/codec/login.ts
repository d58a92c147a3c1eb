/** The page on which an operator shows a key, once a day, so that Temporal's web UI may show him what it stores. */
import express, { Router } from 'express';
import type { Logger } from 'pino';
import { page, PAGE_HEADERS } from './page.ts';
import { COOKIE, SESSION_SECONDS, type Sessions } from './session.ts';
import type { ApiKeys } from '../http/api-keys.ts';

const LIMIT = '4kb';

export interface LoginParts {
  readonly keys: Pick<ApiKeys, 'find'>;
  readonly sessions: Sessions;
  readonly logger: Logger;
}

export function loginRoutes({ keys, sessions, logger }: LoginParts): Router {
  const router = Router();
  router.use('/login', (_request, response, next) => {
    response.set(PAGE_HEADERS);
    next();
  });
  router.get('/login', (_request, response) => {
    response.type('html').send(page(TITLE, FORM));
  });
  router.post(
    '/login',
    express.urlencoded({ extended: false, limit: LIMIT, inflate: false }),
    (request, response) => {
      const { key: secret } = (request.body ?? {}) as { readonly key?: unknown };
      const key = typeof secret === 'string' ? keys.find(secret.trim()) : undefined;
      if (!key?.scopes.includes('codec')) {
        logger.warn({ caller: key?.name }, 'codec: a login was refused');
        response
          .status(401)
          .type('html')
          .send(page(TITLE, REFUSED + FORM));
        return;
      }
      logger.info({ caller: key.name }, 'codec: a login');
      response.cookie(COOKIE, sessions.begin(key), {
        httpOnly: true,
        // The web UI is of the same site: another host or port of it.
        sameSite: 'strict',
        secure: request.get('x-forwarded-proto') === 'https',
        path: request.baseUrl,
        maxAge: SESSION_SECONDS * 1_000,
      });
      response.type('html').send(page(TITLE, DONE));
    },
  );
  return router;
}

const TITLE = 'What Temporal stores';
const FORM =
  '<form method="post"><label for="key">An API key of the scope <code>codec</code></label>' +
  '<input id="key" name="key" type="password" autocomplete="current-password" required autofocus>' +
  '<button>Show it in Temporal’s web UI</button></form>';
const REFUSED = '<p role="alert">This is no key of the scope codec.</p>';
const DONE =
  '<p>For eight hours Temporal’s web UI shows in this browser what it stores. Load its page again.</p>';
