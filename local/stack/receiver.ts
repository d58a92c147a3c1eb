/** Business code that takes events: verifies each by a library of the standard's makers, and answers 204. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
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
}

const PATH = '/events';

export async function startReceiver({ ip, port, secret }: ReceiverSetting): Promise<Receiver> {
  const webhook = new Webhook(secret);
  /** By id: who has seen it has nothing to do. */
  const received = new Map<string, ReceivedEvent>();
  const listeners: Listener[] = [];

  const server = createServer((request, response) => {
    void eventIn(webhook, request).then((event) => {
      response.writeHead(event ? 204 : 401).end();
      if (!event || received.has(event.id)) return;
      received.set(event.id, event);
      for (const listener of listeners) listener(event);
    });
  });
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

/** Undefined for what nobody has signed who knows the secret. */
async function eventIn(
  webhook: Webhook,
  request: IncomingMessage,
): Promise<ReceivedEvent | undefined> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = request.headers as Record<string, string>;
    const body = webhook.verify(Buffer.concat(chunks), headers) as Omit<ReceivedEvent, 'id'>;
    return { id: headers['webhook-id'] ?? '', ...body };
  } catch {
    return undefined;
  }
}
