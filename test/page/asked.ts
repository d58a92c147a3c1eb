/** Asks the page by any header, as no browser and no `fetch` would. */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export async function ask(url: string, { method = 'GET', path, headers = {}, body = '' }: Asked) {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const sent = request(`${url}${path}`, { method, headers: { ...form, ...headers } });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
}
