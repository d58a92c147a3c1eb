/** Business code that takes events: verifies each with the standard's own library, and answers as it is told to. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { eventFaultsOf } from './documented.ts';
import { eventually } from './eventually.ts';
import type { Stage } from './stage.ts';

export const RECEIVER_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

export interface TakenEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly sequence: number;
  readonly data: any;
}

/** What it does with a delivery. */
export type Behaviour = (
  event: TakenEvent,
  response: ServerResponse,
  attempt: number,
) => void | Promise<void>;

export const TAKE: Behaviour = (_event, response) => void response.writeHead(204).end();

export function answering(status: number, headers: Record<string, string> = {}): Behaviour {
  return (_event, response) => void response.writeHead(status, headers).end();
}

export type TestReceiver = ReturnType<typeof createReceiver>;

/** To be called in a `describe`: what the stage's orders come to is told it. */
export function useReceiver(
  stage: Pick<Stage, 'startWorker'>,
  setting: Omit<NonNullable<Parameters<Stage['startWorker']>[0]>, 'receiver'> = {},
) {
  const receiver = createReceiver();
  const startWorker = async () => {
    const { url, secret } = receiver;
    await stage.startWorker({ ...setting, receiver: { url, secrets: [secret] } });
  };
  before(async () => {
    await receiver.listen();
    await startWorker();
  });
  after(async () => await receiver.stop());
  return Object.assign(receiver, { startWorker });
}

export async function startReceiver(secret = RECEIVER_SECRET): Promise<TestReceiver> {
  const receiver = createReceiver(secret);
  await receiver.listen();
  return receiver;
}

function createReceiver(secret = RECEIVER_SECRET) {
  const webhook = new Webhook(secret);
  const deliveries: (TakenEvent & { readonly status: () => number })[] = [];
  const unverified: string[] = [];
  const undocumented: string[] = [];
  let behaviour: Behaviour = TAKE;
  const behaviours = new Map<string, Behaviour>();

  const server = createServer((request, response) => void take(request, response));
  const of = (about: string) =>
    deliveries.filter(({ data }) => Object.values(data as object).includes(about));

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    let verified;
    try {
      verified = webhook.verify(body, headers) as Omit<TakenEvent, 'id'>;
    } catch (error) {
      unverified.push(String(error));
      response.writeHead(401).end();
      return;
    }
    undocumented.push(...eventFaultsOf(verified));
    const event: TakenEvent = { id: String(headers['webhook-id']), ...verified };
    const attempt = deliveries.filter(({ id }) => id === event.id).length + 1;
    deliveries.push({ ...event, status: () => response.statusCode });
    const own = Object.values(event.data as object).find((about) => behaviours.has(about));
    await (behaviours.get(own) ?? behaviour)(event, response, attempt);
  }

  return {
    async listen() {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    },
    /** Once it listens. */
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/events?token=kept-secret`;
    },
    secret,
    /** Every attempt, in the order in which they came. */
    deliveries,
    unverified,
    behave(next: Behaviour) {
      behaviour = next;
    },
    /** Where the events of others are as they were, whose tests run beside. */
    behaveAbout(about: string, next: Behaviour) {
      behaviours.set(about, next);
    },
    of,
    async arrived(about: string, count: number, withinMs?: number) {
      const what = `${count} events of ${about}`;
      const came = async () => of(about).length >= count && of(about);
      return await eventually(what, came, withinMs);
    },
    async stop() {
      assert.deepEqual(undocumented, [], 'events are as the API’s document says');
      server.close();
      server.closeAllConnections();
      await once(server, 'close').catch(() => undefined);
    },
  };
}
