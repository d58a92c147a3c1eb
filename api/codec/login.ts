/** The page on which an operator shows a key, once a day, so that Temporal's web UI may show him what it stores. */
import express, { Router } from 'express';
import type { Logger } from 'pino';
import { page, PAGE_HEADERS } from './page.ts';
import { wordsFor } from '../http/language.ts';
import { COOKIE, SESSION_SECONDS, type Sessions } from './session.ts';
import type { ApiKeys } from '../http/api-keys.ts';
import type { Words } from '../../words/en.ts';

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
    const words = wordsFor(response);
    response.type('html').send(page(words, form(words)));
  });
  router.post(
    '/login',
    express.urlencoded({ extended: false, limit: LIMIT, inflate: false }),
    (request, response) => {
      const words = wordsFor(response);
      const { key: secret } = (request.body ?? {}) as { readonly key?: unknown };
      const key = typeof secret === 'string' ? keys.find(secret.trim()) : undefined;
      if (!key?.scopes.includes('codec')) {
        logger.warn({ caller: key?.name }, 'codec: a login was refused');
        const refused = `<p role="alert">${words.login.refused}</p>`;
        response.status(401).type('html');
        response.send(page(words, refused + form(words)));
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
      response.type('html').send(page(words, `<p>${words.login.done}</p>`));
    },
  );
  return router;
}

function form({ login }: Words): string {
  return (
    `<form method="post"><label for="key">${login.key('<code>codec</code>')}</label>` +
    '<input id="key" name="key" type="password" autocomplete="current-password" required autofocus>' +
    `<button>${login.show}</button></form>`
  );
}
