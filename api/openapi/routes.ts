/**
 * `/openapi.json` and `/docs`: the API's document, for programs and for people. It tells nothing that its source does not, so that
 * no key is asked for, wherever it listens; what bounds connections and bodies stands before it as before everything.
 */
import { Router, type Response } from 'express';
import { apiDocument } from './document.ts';
import { PAGE_POLICY, pageOf } from './page.ts';
import { ICON, STYLE } from './style.ts';

export function documentRoutes(): Router {
  const router = Router({ strict: true });
  /** Made once, as the document is: everybody may ask for it. */
  let page: string | undefined;
  router.get('/openapi.json', (_request, response) => {
    response.json(apiDocument());
  });
  router.get('/docs', (_request, response) => {
    response.set('content-security-policy', PAGE_POLICY);
    sendFile(response, 'html', (page ??= pageOf(apiDocument())));
  });
  router.get('/docs/style.css', (_request, response) => sendFile(response, 'css', STYLE));
  router.get('/docs/icon.svg', (_request, response) => sendFile(response, 'svg', ICON));
  return router;
}

function sendFile(response: Response, type: string, content: string): void {
  response.set({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  response.type(type).send(content);
}
