/** A merchant's endpoint for notifications that answers as told and keeps what it got. */
import { createDecipheriv } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Json } from './merchant.ts';
import type { Simulator } from '../../simulator/create.ts';

export interface Received {
  headers: Headers;
  text: string;
  json: Json;
}

export async function openReceiver(
  t: { after(fn: () => Promise<void>): void },
  respond: (res: ServerResponse, nth: number) => void = (res) => res.writeHead(204).end(),
) {
  const received: Received[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const headers = new Headers(
        Object.entries(req.headersDistinct).map(([name, values]) => [name, String(values)]),
      );
      received.push({ headers, text, json: JSON.parse(text) });
      respond(res, received.length);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { received, notify_url: `http://127.0.0.1:${portOf(server)}/notify` };
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

export function decrypt({ json }: Received, { merchant }: Simulator): Json {
  const { ciphertext, nonce, associated_data } = json.resource;
  const sealed = Buffer.from(ciphertext, 'base64');
  const cipher = createDecipheriv('aes-256-gcm', merchant.api_v3_key, nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(associated_data)).setAuthTag(sealed.subarray(-16));
  return JSON.parse(
    Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]).toString(),
  );
}

/** Waits until it holds, at most 30 s: a busy machine is no fault. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`still not so after 30 s: ${holds.toString()}`);
    await sleep(10);
  }
}
