/** Business code: calls the API over HTTP and keeps what it answered. */
import { setTimeout as delay } from 'node:timers/promises';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any;
}

/** On a machine that is too busy: nothing was done, and the same is to be asked again. */
export function isTurnedAway({ status }: Pick<ApiAnswer, 'status'>): boolean {
  return status === 429 || status === 503;
}

type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<ApiAnswer>;

/** For so long it comes again. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 500;

/**
 * Comes again when it is turned away, as business code does; its `once` does not.
 *
 * @param secret the API key that it sends, unless a call sends another
 */
export function createApiClient(url: string, secret?: string) {
  const call = calling(url, secret);
  const patient: Call = async (...asked) => {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await call(...asked);
      if (!isTurnedAway(answer) || Date.now() > end) return answer;
      await delay(PAUSE_MS);
    }
  };
  return { ...clientOf(patient), once: clientOf(call) };
}

function calling(url: string, secret?: string): Call {
  const whose = secret === undefined ? {} : { authorization: `Bearer ${secret}` };
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', ...whose, ...headers },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
}

function clientOf(call: Call) {
  /** A request about one order; all but the reading are POSTs. */
  const on = (
    out_order_no: string,
    what: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => call('POST', `/v1/service-orders/${out_order_no}/${what}`, body, headers);
  return {
    call,
    on,
    open: (body: unknown) => call('POST', '/v1/service-orders', body),
    read: (out_order_no: string) => call('GET', `/v1/service-orders/${out_order_no}`),
    complete: (out_order_no: string, body: unknown, headers?: Record<string, string>) =>
      on(out_order_no, 'complete', body, headers),
    modify: (out_order_no: string, body: unknown, headers?: Record<string, string>) =>
      on(out_order_no, 'modify', body, headers),
    cancel: (out_order_no: string, body: unknown, headers?: Record<string, string>) =>
      on(out_order_no, 'cancel', body, headers),
    sync: (out_order_no: string, body: unknown, headers?: Record<string, string>) =>
      on(out_order_no, 'sync', body, headers),
    refresh: (out_order_no: string, headers?: Record<string, string>) =>
      on(out_order_no, 'refresh', undefined, headers),
    adopt: (out_order_no: string, body?: unknown) => on(out_order_no, 'adopt', body),
  };
}
