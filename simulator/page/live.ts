/** Open pages: each is sent the parts that have changed (server-sent events), soon after something has. */
import type { Request, Response } from 'express';
import type { Announcer } from '../announcer.ts';
import type { Look } from './view.ts';

export interface Live {
  open(req: Request, res: Response, look: Look): void;
  /** Whether anybody looks on. */
  isOpen(): boolean;
  /** Ends every stream: whoever listens comes again by itself. */
  stop(): void;
}

const TOGETHER_MS = 100;
/** Looking takes at most such a part of the time. */
const SHARE = 5;
/** The oldest go first: a browser has six of them at most, and comes again when it is looked at. */
const MOST_OPEN = 24;
/** Who does not read for so long is not waited for. */
const MOST_UNREAD_BYTES = 2_000_000;

interface Client {
  readonly req: Request;
  readonly res: Response;
  readonly look: Look;
  readonly sent: Map<string, string>;
}

export function createLive(announcer: Announcer): Live {
  const clients = new Set<Client>();
  let timer: NodeJS.Timeout | undefined;
  let costMs = 0;

  const unsubscribe = announcer.subscribe(() => {
    if (clients.size === 0) return;
    timer ??= setTimeout(sendAll, Math.max(TOGETHER_MS, costMs * SHARE)).unref();
  });

  function sendAll(): void {
    timer = undefined;
    const begun = performance.now();
    for (const client of clients) send(client);
    costMs = performance.now() - begun;
  }

  function send(client: Client): void {
    const { req, res, look, sent } = client;
    if (res.writableLength > MOST_UNREAD_BYTES) return leave(client);
    try {
      for (const { id, html } of look(req).parts) {
        if (sent.get(id) === html.html) continue;
        sent.set(id, html.html);
        res.write(`data: ${JSON.stringify({ id, html: html.html })}\n\n`);
      }
    } catch {
      leave(client); // there is nothing to see any more
    }
  }

  function leave(client: Client): void {
    clients.delete(client);
    client.res.end();
  }

  return {
    open(req, res, look) {
      const client = { req, res, look, sent: new Map<string, string>() };
      res.set({ 'Content-Type': 'text/event-stream; charset=utf-8' }).flushHeaders();
      res.once('close', () => clients.delete(client));
      clients.add(client);
      const [oldest] = clients;
      if (clients.size > MOST_OPEN && oldest !== undefined) leave(oldest);
      send(client); // what has changed since the page was made
    },
    isOpen: () => clients.size > 0,
    stop() {
      clearTimeout(timer);
      unsubscribe();
      for (const client of clients) leave(client);
    },
  };
}
