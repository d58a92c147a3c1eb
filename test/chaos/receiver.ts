/**
 * Business code that takes events, and fails as chance has it. It knows nothing of our code: it verifies what comes by a library
 * of the standard's makers, and keeps all that it was told.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { steadyPort } from '../support/port.ts';
import { diceOf } from './dice.ts';
import type { Killable } from './kept-program.ts';
import { namesPerson } from './logs.ts';
import { drawn, READ, UNREAD } from './reactions.ts';

/** An event that came, proven to be from who knows the secret. */
export interface Delivery {
  readonly at: number;
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly timestamp: string;
  readonly data: any;
  /** What became of it. */
  readonly reaction: string;
}

export interface ReceiverSetting {
  /** For its secrets. */
  readonly folder: string;
  readonly seed: number;
  /** The share of deliveries that are not simply taken. */
  readonly rate: number;
}

export type ChaosReceiver = Awaited<ReturnType<typeof createReceiver>>;

const PATH = '/events';

export async function createReceiver({ folder, seed, rate }: ReceiverSetting) {
  const port = await steadyPort();
  const dice = diceOf(seed, 'receiver');
  const secrets = [newSecret(), newSecret()];
  const secretFiles = secrets.map((_, index) => join(folder, `events-${index}.secret`));
  await Promise.all(secretFiles.map((file, nth) => writeFile(file, `${secrets[nth]}\n`)));
  const webhooks = secrets.map((secret) => new Webhook(secret));

  const deliveries: Delivery[] = [];
  const reactions: Record<string, number> = {};
  const objections: string[] = [];
  let isMended = false;

  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    void take(request, response);
  });

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url !== PATH) objections.push(`a redirection was followed, to ${request.url}`);
    const reaction = drawn(dice, isMended ? 0 : rate);
    reactions[reaction] = (reactions[reaction] ?? 0) + 1;
    const unread = UNREAD[reaction];
    if (unread) return await unread(response, dice);
    const body = await textOf(request);
    // Who sent it was killed, or cut off.
    if (body === undefined) return;
    keep(body, request, reaction);
    await READ[reaction]?.(response, dice);
  }

  /** Whoever has either of the secrets can verify it. */
  function keep(body: string, { headers }: IncomingMessage, reaction: string): void {
    const id = String(headers['webhook-id']);
    try {
      const signed = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, String(value)]),
      );
      const [event] = webhooks.map((webhook) => webhook.verify(body, signed)) as Omit<
        Delivery,
        'id' | 'at' | 'reaction'
      >[];
      deliveries.push({ at: Date.now(), id, ...event!, reaction });
    } catch (error) {
      objections.push(`${id} is not verified: ${String(error)}`);
    }
    if (namesPerson(body)) objections.push(`${id} names a person`);
  }

  const start = async () => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const kill = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  await start();
  return {
    url: `http://127.0.0.1:${port}${PATH}`,
    secretFiles,
    /** In the order in which they came, each attempt. */
    deliveries: deliveries as readonly Delivery[],
    /** How often it did what. */
    reactions: reactions as Readonly<Record<string, number>>,
    /** What should not have come. */
    objections: objections as readonly string[],
    part: { name: 'receiver', kill, start } satisfies Killable,
    /** From now on it takes what comes. */
    mend() {
      isMended = true;
    },
    stop: kill,
  };
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

async function textOf(request: IncomingMessage): Promise<string | undefined> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  } catch {
    return undefined;
  }
}
