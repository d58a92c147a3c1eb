/** How pages and their forms are answered: the same way in every room. */
import express, { type Request, type RequestHandler } from 'express';
import { answering, createTold, type Act } from './asking.ts';
import { onlyFromOwnPages } from './door.ts';
import { keepLanguage, type Language } from './language.ts';
import { documentOf } from './layout.ts';
import type { Live } from './live.ts';
import type { Look } from './view.ts';

export interface Served {
  /** The page, and to who asks for events what changes on it. */
  show(look: Look): RequestHandler;
  act(act: Act): RequestHandler[];
}

const LONGEST_FORM = '20kb';

export function createServed(live: Live): Served {
  const told = createTold();
  const form = express.urlencoded({ extended: false, limit: LONGEST_FORM });
  return {
    show: (look) => (req, res) => {
      const view = look(req);
      if (req.accepts(['html', 'text/event-stream']) === 'text/event-stream') {
        return live.open(req, res, look);
      }
      keepLanguage(req, res);
      const outcome = told.take(req.query['told']);
      res.type('html').send(documentOf(view, { outcome, inLanguage: inLanguageOf(req) }));
    },
    act: (act) => [onlyFromOwnPages, form, answering(told, act)],
  };
}

/** The same page with the same query, but for the language and what was said on it. */
function inLanguageOf({ originalUrl }: Request): (language: Language) => string {
  const { pathname, searchParams } = new URL(originalUrl, 'http://page');
  searchParams.delete('told');
  return (language) => {
    searchParams.set('lang', language);
    return `${pathname}?${searchParams}`;
  };
}

/** A field of a form; undefined where it is empty. */
export function fieldOf(body: unknown, name: string): string | undefined {
  const value: unknown = Object(body)[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
