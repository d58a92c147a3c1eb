/** A WeChat Pay of a few lines: a real HTTP server that keeps what it received and answers as a test says. */
import { verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createClient } from '../../wechatpay/client.ts';
import { createTransport, type TransportOptions } from '../../wechatpay/transport.ts';
import { MERCHANT_SERIAL, merchantKey, merchantPublicKey } from './vectors.ts';
import { bothKeys, signedHeaders } from './wechat.ts';

export interface Received {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answering = (res: ServerResponse, received: Received) => void;

export const REQUEST_ID = '08F1A2B3-0';

/** Answers under a signature made now; `headers` replace or take away some of them. */
export function answer(
  status: number,
  body: string,
  headers: Record<string, string | undefined> = {},
): Answering {
  return (res) => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const all = { ...signedHeaders(body, { timestamp }), 'request-id': REQUEST_ID, ...headers };
    const given = Object.entries(all).filter(([, value]) => value !== undefined);
    res.writeHead(status, Object.fromEntries(given)).end(body);
  };
}

/** The same without any signature, as gateways answer. */
export function unsigned(status: number, body: string): Answering {
  return (res) => res.writeHead(status, { 'request-id': REQUEST_ID }).end(body);
}

export function optionsFor(baseUrl: string): TransportOptions {
  return {
    baseUrl,
    merchant: { mchid: '1900000001', serial: MERCHANT_SERIAL, privateKey: merchantKey },
    keys: bothKeys,
    now: () => new Date(),
  };
}

export async function startWechat(
  t: { after(fn: () => Promise<void>): void },
  answering: Answering,
) {
  const requests: Received[] = [];
  const server = createServer((req, res) => {
    void text(req).then((body) => {
      const { method = '', url = '', headers } = req;
      const received = { method, target: url, headers, body };
      requests.push(received);
      answering(res, received);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = optionsFor(url);
  const transport = createTransport(options);
  const client = createClient(options);
  t.after(async () => {
    await Promise.all([transport.close(), client.close()]);
    server.closeAllConnections();
    server.close();
  });
  return { url, options, requests, transport, client };
}

/** The signed parameters of a request, and whether their signature fits what was received. */
export function authorizationIn({ method, target, headers, body }: Received) {
  const header = headers.authorization ?? '';
  const part = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(header)?.[1] ?? '';
  const [nonce, timestamp] = [part('nonce_str'), part('timestamp')];
  const message = `${method}\n${target}\n${timestamp}\n${nonce}\n${body}\n`;
  const signature = Buffer.from(part('signature'), 'base64');
  const fits = verify('sha256', Buffer.from(message), merchantPublicKey, signature);
  return { nonce, timestamp, serial: part('serial_no'), fits };
}
