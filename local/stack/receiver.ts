/** Business code that takes events: verifies each by a library of the standard's makers, and answers 204. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import express, { type ErrorRequestHandler } from 'express';
import { Webhook } from 'standardwebhooks';

/** Of `data`, what the story tells. */
export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: {
    readonly out_order_no?: string;
    readonly trouble?: string;
    readonly refund?: { readonly amount: number };
    readonly bill_date?: string;
  };
}

export type Listener = (event: ReceivedEvent) => void;

export interface Receiver {
  readonly url: string;
  /** Hears of each once, of those that have come by then as well. */
  listen(listener: Listener): void;
  stop(): Promise<void>;
}

export interface ReceiverSetting {
  readonly ip: string;
  readonly port: number;
  readonly secret: string;
  /** Who is given each delivery as it came, and verifies it again; nobody unless given. */
  readonly onward?: string;
}

const PATH = '/events';
/** An event is some kilobytes; who sends more is nobody whom we wait for. */
const LARGEST = '1mb';
/** What came so long ago does not come again. */
const KEPT = 1_000;

export async function startReceiver(setting: ReceiverSetting): Promise<Receiver> {
  const { ip, port, secret, onward } = setting;
  const webhook = new Webhook(secret);
  /** By id: who has seen it has nothing to do. */
  const received = new Map<string, ReceivedEvent>();
  const listeners: Listener[] = [];

  const app = express().disable('x-powered-by');
  app.use(express.raw({ type: () => true, limit: LARGEST }), (request, response) => {
    const body = request.body as Buffer | undefined;
    const event = body && eventIn(webhook, request, body);
    response.status(event ? 204 : 401).end();
    if (!event || received.has(event.id)) return;
    received.set(event.id, event);
    for (const id of [...received.keys()].slice(0, -KEPT)) received.delete(id);
    if (onward !== undefined) void passOn(onward, request, body);
    for (const listener of listeners) listener(event);
  });
  app.use(unread);
  const server = createServer(app);
  server.listen(port, ip);
  await once(server, 'listening');
  return {
    url: `http://${ip}:${port}${PATH}`,
    listen(listener) {
      listeners.push(listener);
      for (const event of received.values()) listener(event);
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Too long, or it did not come whole. Express knows an error handler by its four parameters. */
const unread: ErrorRequestHandler = ({ status = 400 }: { status?: number }, _, response, _next) =>
  void response.status(status).end();

/** Undefined for what nobody has signed who knows the secret. */
function eventIn(
  webhook: Webhook,
  { headers }: IncomingMessage,
  body: Buffer,
): ReceivedEvent | undefined {
  try {
    const said = headers as Record<string, string>;
    const event = webhook.verify(body, said) as Omit<ReceivedEvent, 'id'>;
    return { id: said['webhook-id'] ?? '', ...event };
  } catch {
    return undefined;
  }
}

/** Only to be looked at: where nobody takes it, nothing is lost. */
async function passOn(to: string, { headers }: IncomingMessage, body: Buffer): Promise<void> {
  const said = Object.entries(headers).filter(([name]) => name.startsWith('webhook-'));
  await fetch(to, {
    method: 'POST',
    headers: Object.fromEntries(said) as Record<string, string>,
    body,
    signal: AbortSignal.timeout(5_000),
  }).catch(() => undefined);
}
