/** One signed request and the bytes of its answer, within bounded time and memory. Nobody has believed them yet. */
import type { Readable } from 'node:stream';
import type { Pool } from 'undici';
import { authorizationOf, type Merchant } from './authorization-header.ts';
import { secondsAhead } from './clock.ts';
import { NotSentError, TransportError } from './errors.ts';
import type { Hosts } from './hosts.ts';
import type { JsonObject } from './json.ts';
import type { VerificationKeys } from './keys.ts';
import type { Headers } from './message.ts';

const ANSWER_TIMEOUT_MS = 10_000;
const ANSWER_LIMIT_BYTES = 1_048_576;
const USER_AGENT = `payscore-orders (Node ${process.versions.node})`;

/** By when a call must be sent, because nobody reckons with it that long after. */
export interface SendBy {
  /** No signature is stamped later, so that WeChat refuses what comes more than 300 s after it, whatever clocks say. */
  readonly moment: Date;
  /** Asked before each signature, that for the backup host included. */
  isOver(): boolean;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  /** Path and query, percent-encoded. */
  readonly target: string;
  readonly body?: JsonObject | undefined;
  readonly sendBy?: SendBy | undefined;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface StreamedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readable;
}

export interface ExchangeOptions {
  readonly hosts: Hosts;
  readonly merchant: Merchant;
  readonly keys: VerificationKeys;
  readonly now: () => Date;
  /** Told how far our clock is ahead of the `Date` of each answer, in seconds. Nothing signs it. */
  readonly onClock?: ((secondsAhead: number) => void) | undefined;
  /** For the whole call, the backup host included; default 10 s. */
  readonly answerTimeoutMs?: number | undefined;
}

/**
 * @throws {TransportError} when there is no usable answer: whether the request was carried out is unknown
 * @throws {NotSentError} when it was not
 */
export type Exchange = (call: Call) => Promise<RawAnswer>;

export function createExchange(options: ExchangeOptions): Exchange {
  const { hosts, answerTimeoutMs = ANSWER_TIMEOUT_MS } = options;
  return async (call) => {
    const signal = AbortSignal.timeout(answerTimeoutMs);
    try {
      const { body, ...head } = await requestAny(hosts.pools, call, options, signal);
      const ahead = secondsAhead(head.headers, options.now());
      if (ahead !== undefined) options.onClock?.(ahead);
      return { ...head, body: await limitedBody(body) };
    } catch (error) {
      if (error instanceof NotSentError) throw error;
      throw transportError(error);
    }
  };
}

/** The backup host is for those who were not connected: nothing was sent to the first, so nothing is done twice. */
async function requestAny(
  pools: readonly Pool[],
  call: Call,
  options: ExchangeOptions,
  signal: AbortSignal,
): Promise<StreamedAnswer> {
  const [pool, ...others] = pools;
  if (!pool) throw new TransportError('no host of WeChat Pay is known');
  try {
    return await requestOne(pool, call, options, signal);
  } catch (error) {
    if (others.length === 0 || !isUnconnected(error)) throw error;
    return await requestAny(others, call, options, signal);
  }
}

/** Signs this attempt and sends it to this host; the answer's body is still to come. */
export async function requestOne(
  pool: Pool,
  call: Call,
  { merchant, keys, now }: Pick<ExchangeOptions, 'merchant' | 'keys' | 'now'>,
  signal: AbortSignal,
): Promise<StreamedAnswer> {
  const { sendBy } = call;
  if (sendBy?.isOver()) throw new NotSentError('it is too late to sign this request');
  const body = call.body === undefined ? '' : JSON.stringify(call.body);
  const line = { method: call.method, target: call.target, body };
  const at = now();
  const stamp = sendBy && sendBy.moment < at ? sendBy.moment : at;
  const serial = keys.expectedSerial(at);
  const answer = await pool.request({
    method: call.method,
    path: call.target,
    headers: {
      accept: 'application/json',
      'user-agent': USER_AGENT,
      authorization: authorizationOf(line, merchant, stamp),
      ...(serial !== undefined && { 'wechatpay-serial': serial }),
      ...(body && { 'content-type': 'application/json' }),
    },
    body: body || null,
    signal,
  });
  return { status: answer.statusCode, headers: answer.headers, body: answer.body };
}

export async function limitedBody(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > ANSWER_LIMIT_BYTES) {
      throw new TransportError('the answer is longer than any that WeChat Pay gives');
    }
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

export function transportError(error: unknown, what = 'no answer from WeChat Pay'): TransportError {
  if (error instanceof TransportError) return error;
  return new TransportError(`${what}: ${causeOf(error)}`);
}

/** Only the kind of failure: an error's text may quote what was sent. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  return codeOf(error) ?? error.name;
}

/** Nothing was sent: the connection itself failed, to each of the host's addresses where it has several. */
function isUnconnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.every(isUnconnected);
  const syscall: unknown = Reflect.get(error, 'syscall');
  return (
    codeOf(error) === 'UND_ERR_CONNECT_TIMEOUT' ||
    syscall === 'connect' ||
    syscall === 'getaddrinfo'
  );
}

function codeOf(error: Error): string | undefined {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : undefined;
}
