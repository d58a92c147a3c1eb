/** One signed request, one verified answer. No retries here: only the caller knows what a repetition would do. */
import { Pool } from 'undici';
import { authorizationOf, type Merchant } from './authorization.ts';
import { TransportError, VerificationError, WechatpayRefusal } from './errors.ts';
import { jsonObjectOf, type JsonObject } from './json.ts';
import { verify, type Headers, type Verifier } from './verification.ts';

const CONNECT_TIMEOUT_MS = 3_000;
const ANSWER_TIMEOUT_MS = 10_000;
const ANSWER_LIMIT_BYTES = 1_048_576;
const CONNECTIONS = 32;
const USER_AGENT = `payscore-orders (Node ${process.versions.node})`;

export interface TransportOptions extends Verifier {
  /** e.g. `https://api.mch.weixin.qq.com`. */
  readonly baseUrl: string;
  readonly merchant: Merchant;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  /** Path and query, percent-encoded. */
  readonly target: string;
  readonly body?: JsonObject | undefined;
}

export interface Answer {
  readonly json: JsonObject;
  readonly requestId: string;
}

export interface Transport {
  /**
   * @throws {WechatpayRefusal} WeChat answered with an error; `proven` says whether that can be believed
   * @throws {VerificationError} an answer that says "done" without proof: the outcome is unknown
   * @throws {TransportError} no usable answer: the outcome is unknown
   */
  send(call: Call): Promise<Answer>;
  close(): Promise<void>;
}

interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export function createTransport(options: TransportOptions): Transport {
  const pool = new Pool(options.baseUrl, {
    connections: CONNECTIONS,
    connect: { timeout: CONNECT_TIMEOUT_MS },
  });
  return {
    async send(call) {
      const raw = await exchange(pool, call, options);
      return judge(raw, options);
    },
    close: () => pool.close(),
  };
}

async function exchange(pool: Pool, call: Call, options: TransportOptions): Promise<RawAnswer> {
  const body = call.body === undefined ? '' : JSON.stringify(call.body);
  const line = { method: call.method, target: call.target, body };
  try {
    const answer = await pool.request({
      method: call.method,
      path: call.target,
      headers: {
        accept: 'application/json',
        'user-agent': USER_AGENT,
        authorization: authorizationOf(line, options.merchant, options.now()),
        'wechatpay-serial': options.keys.expectedSerial,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body || null,
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: await limitedBody(answer.body),
    };
  } catch (error) {
    if (error instanceof TransportError) throw error;
    throw new TransportError(`no answer from WeChat Pay: ${causeOf(error)}`);
  }
}

async function limitedBody(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
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

/** Only the kind of failure: an error's text may quote what was sent. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : error.name;
}

function judge({ status, headers, body }: RawAnswer, verifier: Verifier): Answer {
  const requestId = typeof headers['request-id'] === 'string' ? headers['request-id'] : '';
  const isSuccess = status === 200 || status === 204;
  const doubt = doubtAbout({ headers, body }, verifier);
  if (isSuccess && doubt) throw doubt;
  if (status === 204) return { json: {}, requestId };

  const json = jsonObjectOf(body);
  const facts = { status, requestId };
  if (!json) throw new TransportError(`the answer (HTTP ${status}) is not a JSON object`, facts);
  if (isSuccess) return { json, requestId };
  if (status < 400 || typeof json['code'] !== 'string') {
    throw new TransportError(`HTTP ${status} is neither a success nor a refusal`, facts);
  }
  throw new WechatpayRefusal({
    status,
    code: json['code'],
    message: wordsOf(json),
    requestId,
    proven: !doubt,
  });
}

function doubtAbout(
  message: Pick<RawAnswer, 'headers' | 'body'>,
  verifier: Verifier,
): VerificationError | undefined {
  try {
    verify(message, verifier);
    return undefined;
  } catch (error) {
    if (error instanceof VerificationError) return error;
    throw error;
  }
}

/** WeChat's own words, with the field they are about; never the offending value, which may be an openid. */
function wordsOf(json: JsonObject): string {
  const message = typeof json['message'] === 'string' ? json['message'].trim() : '';
  const detail = json['detail'] as { field?: unknown } | null | undefined;
  const field = typeof detail?.field === 'string' ? ` (${detail.field})` : '';
  return `${message}${field}`.slice(0, 256);
}
