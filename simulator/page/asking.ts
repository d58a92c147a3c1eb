/** Forms of the page: with its script they are answered in JSON and the page stays, without they lead back to it. */
import type { Request, RequestHandler, Response } from 'express';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { languageOf } from './language.ts';
import { saidOf } from './said.ts';
import { WORDS } from './sentences/catalogue.ts';

/** What came of it: words for people, and where to go on. */
export interface Outcome {
  readonly said?: string;
  readonly isFault?: boolean;
  /** A path of the page; where one was by default. */
  readonly to?: string;
}

/** Sentences for who has no script, until the page that they are led to has shown them. */
export interface Told {
  keep(outcome: Outcome): string;
  take(id: unknown): Outcome | undefined;
}

const KEPT = 50;

export function createTold(): Told {
  const told = new Map<string, Outcome>();
  return {
    keep(outcome) {
      const id = randomUUID();
      told.set(id, outcome);
      const [oldest] = told.keys();
      if (told.size > KEPT && oldest !== undefined) told.delete(oldest);
      return id;
    },
    take(id) {
      const outcome = told.get(String(id));
      told.delete(String(id));
      return outcome;
    },
  };
}

type Failed = Error & { readonly status?: number };

export type Act = (req: Request) => Outcome | Promise<Outcome>;

/** The page's own script takes outcomes as they are. */
export function isByScript(req: Request): boolean {
  return req.accepts(['html', 'json']) === 'json';
}

/** An error's words are an outcome too. */
export function answering(told: Told, act: Act): RequestHandler {
  return async (req, res) => {
    try {
      answer(req, res, await act(req));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const { status = 500 } = error instanceof z.ZodError ? { status: 400 } : (error as Failed);
      res.status(status);
      answer(req, res, { said: saidOf(error, WORDS[languageOf(req)]), isFault: true });
    }
  };

  function answer(req: Request, res: Response, outcome: Outcome): void {
    if (isByScript(req)) return void res.json(outcome);
    const to = new URL(outcome.to ?? pathBefore(req), 'http://page');
    if (outcome.said !== undefined) to.searchParams.set('told', told.keep(outcome));
    // Two slashes would begin another host.
    res.redirect(303, to.pathname.replace(/^\/+/, '/') + to.search);
  }
}

/** The page whose form it is; its browser says so of its own pages. */
function pathBefore(req: Request): string {
  const referrer = req.get('referer') ?? '';
  if (!URL.canParse(referrer)) return '/';
  const { pathname, searchParams } = new URL(referrer);
  searchParams.delete('told');
  return `${pathname}?${searchParams}`;
}
