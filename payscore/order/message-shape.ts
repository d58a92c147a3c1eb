/** Whether a message has the shape that the workflow reads: people in the web UI can send anything, and none may stop an order. */
import type { AskedOperation } from './operation-name.ts';
import type { SignedNotification } from './opening.ts';
import type { RefundDone } from './refund-due.ts';

/** What a person has to write by hand. */
export const EXAMPLES: Readonly<Record<AskedOperation, string>> = {
  complete: '{"body":{"post_payments":[{"name":"租借费","amount":500}],"total_amount":500}}',
  modify:
    '{"body":{"post_payments":[{"name":"租借费","amount":300}],"total_amount":300,"reason":"多收退还"}}',
  cancel: '{"body":{"reason":"用户取消"}}',
  sync: '{"body":{"paid_time":"2026-10-01T12:00:00+08:00"}}',
};

/** An operation's message, whatever asked for it. */
export interface Message {
  readonly body: unknown;
  readonly key?: string;
  readonly isKeyed?: boolean;
  readonly digest?: string;
  readonly receivedAt?: string;
  readonly by?: string;
  readonly traceparent?: string;
  readonly notAfter?: string;
}

/** Twenty of them wait at most, and all must fit into what a run hands to the next. */
const REQUEST_LIMIT = 60_000;

export function hasBody(operation: AskedOperation, asked: unknown): asked is Message {
  if (!isObject(asked) || !isObject(asked['body'])) return false;
  const { key, isKeyed = false, digest, receivedAt, by, traceparent, notAfter } = asked;
  return (
    SHAPES[operation](asked['body']) &&
    isKey(key) &&
    typeof isKeyed === 'boolean' &&
    isOptionalText(digest) &&
    [by, traceparent].every((text) => text === undefined || isShort(text)) &&
    JSON.stringify(asked).length <= REQUEST_LIMIT &&
    [receivedAt, notAfter].every((time) => time === undefined || isTimestamp(time))
  );
}

type Fields = Readonly<Record<string, unknown>>;

const SHAPES: Readonly<Record<AskedOperation, (body: Fields) => boolean>> = {
  complete: ({ time_range = {}, ...amounts }) => isTimes(time_range) && areAmounts(amounts),
  modify: ({ reason, ...amounts }) => isText(reason) && areAmounts(amounts),
  cancel: ({ reason }) => isText(reason),
  sync: ({ paid_time }) => isTimestamp(paid_time),
};

/** A moment in a message whose other fields nobody needs; undefined where there is none that can be read. */
export function timeIn(message: unknown, field: string): string | undefined {
  const time = isObject(message) ? message[field] : undefined;
  return typeof time === 'string' && isTimestamp(time) ? time : undefined;
}

/** A short text in a message whose other fields nobody needs. */
export function textIn(message: unknown, field: string): string | undefined {
  const words = isObject(message) ? message[field] : undefined;
  return isShort(words) ? words : undefined;
}

/** Of a longer one WeChat is asked instead: 64 kB in base64. */
const NOTIFICATION_LIMIT = 90_000;

export function isSignedNotification(said: unknown): said is SignedNotification {
  if (!isObject(said)) return false;
  const { id, headers, body } = said;
  return (
    (id === undefined || isShort(id)) &&
    isObject(headers) &&
    Object.values(headers).every((value) => typeof value === 'string') &&
    typeof body === 'string' &&
    body.length <= NOTIFICATION_LIMIT
  );
}

export function isRefundedNews(
  said: unknown,
): said is { readonly transaction_id: string; readonly refunds: readonly RefundDone[] } {
  if (!isObject(said)) return false;
  const { transaction_id, refunds } = said;
  return isShort(transaction_id) && Array.isArray(refunds) && refunds.every(isRefundDone);
}

function isRefundDone(it: unknown): boolean {
  return isObject(it) && isShort(it['refund_id']) && isAmount(it['amount']);
}

function areAmounts({ total_amount, post_payments }: Fields): boolean {
  return isAmount(total_amount) && Array.isArray(post_payments);
}

/** In fen. Below nothing, the difference to what was charged would be more than was charged. */
function isAmount(amount: unknown): boolean {
  return Number.isSafeInteger(amount) && Number(amount) >= 0;
}

/** RFC 3339: without its zone, every worker would read another time. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

function isTimestamp(time: unknown): boolean {
  return typeof time === 'string' && TIMESTAMP.test(time) && Number.isFinite(Date.parse(time));
}

/** Our own keys have a slash. */
function isKey(key: unknown): boolean {
  return key === undefined || (typeof key === 'string' && /^[^/]{1,128}$/.test(key));
}

function isTimes(times: unknown): boolean {
  return isObject(times) && Object.values(times).every((time) => typeof time === 'string');
}

function isText(text: unknown): boolean {
  return typeof text === 'string' && text.length > 0;
}

function isShort(text: unknown): text is string {
  return typeof text === 'string' && text.length <= 128;
}

function isOptionalText(text: unknown): boolean {
  return text === undefined || typeof text === 'string';
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
