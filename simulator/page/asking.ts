/** Forms of the page: with its script they are answered in JSON and the page stays, without they lead back to it. */
import type { Request, RequestHandler, Response } from 'express';
import { randomUUID } from 'node:crypto';

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

export type Act = (req: Request) => Outcome | Promise<Outcome>;

/** An error's words are an outcome too. */
export function answering(told: Told, act: Act): RequestHandler {
  return async (req, res) => {
    try {
      answer(req, res, await act(req));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      answer(req, res, { said: error.message, isFault: true });
    }
  };

  function answer(req: Request, res: Response, outcome: Outcome): void {
    if (req.accepts(['html', 'json']) === 'json') return void res.json(outcome);
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
