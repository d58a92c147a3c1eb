/** What an answer is taken for: done, refused, refused without proof, or nothing that can be used. */
import { clockWords, secondsAhead } from './clock.ts';
import { TransportError, WechatpayRefusal } from './errors.ts';
import type { RawAnswer } from './exchange.ts';
import { jsonObjectOf, type JsonObject } from './json.ts';
import { whyUnverified, type Verifier } from './verification.ts';

const CODE = /^[A-Z][A-Z0-9_ ]{0,63}$/;
/** A place in a body, or a parameter, as APIv3 spells them. A name that nobody asked for may itself be private. */
const FIELD = /^[a-z0-9_/]{1,128}$/;
/** As long as an openid, a key or a signature: a message for people needs none of them. Its links to WeChat's own pages do. */
const LONG_WORD = /https:\/\/pay\.weixin\.qq\.com\/[\w./-]*|[\w+/=-]{20,}/g;
/** A name of a field, or a place in a list. */
const STEP = /^([a-z]{1,19}(_[a-z]{1,19})*|\d{1,3})$/;

export interface Answer {
  readonly json: JsonObject;
  readonly requestId: string;
}

/**
 * @throws {WechatpayRefusal} WeChat answered with an error; `proven` says whether that can be believed
 * @throws {VerificationError} an answer that says "done" without proof: the outcome is unknown
 * @throws {TransportError} no usable answer: the outcome is unknown
 */
export async function answerOf(raw: RawAnswer, verifier: Verifier): Promise<Answer> {
  const { status, headers, body } = raw;
  const requestId = requestIdOf(headers);
  const isSuccess = status === 200 || status === 204;
  const unverified = await whyUnverified(raw, verifier);
  if (isSuccess && unverified) throw unverified;
  if (status === 204) return { json: {}, requestId };

  const json = jsonObjectOf(body);
  const facts = { status, requestId };
  if (!json) throw new TransportError(`the answer (HTTP ${status}) is not a JSON object`, facts);
  if (isSuccess) return { json, requestId };
  const clock = clockWords(secondsAhead(headers, verifier.now()));
  throw refusalIn(json, { ...facts, unproven: unverified?.message, clock });
}

export interface RefusalFacts {
  readonly status: number;
  readonly requestId: string;
  /** Why it is not believed. */
  readonly unproven?: string | undefined;
  /** How our clock differs from WeChat's. */
  readonly clock?: string | undefined;
}

/** The refusal that a JSON body spells, or a TransportError when it spells none. */
export function refusalIn(
  json: JsonObject,
  { status, requestId, unproven, clock }: RefusalFacts,
): WechatpayRefusal | TransportError {
  const { code } = json;
  if (status < 400 || typeof code !== 'string' || !CODE.test(code)) {
    const message = `HTTP ${status} is neither a success nor a refusal`;
    return new TransportError(message, { status, requestId });
  }
  // Who is not proven to be WeChat Pay may have put anything into the words, such as what we had sent.
  const words = unproven === undefined ? wordsOf(json) : '';
  return new WechatpayRefusal({ status, errorCode: code, words, requestId, unproven, clock });
}

/** It is told on, so nothing else may hide in it. */
export function requestIdOf(headers: RawAnswer['headers']): string {
  const requestId = headers['request-id'];
  return typeof requestId === 'string' && /^[\w-]{1,128}$/.test(requestId) ? requestId : '';
}

/** WeChat's own words, with the field that they are about; never the offending value, which may be an openid. */
function wordsOf(json: JsonObject): string {
  const message = typeof json['message'] === 'string' ? json['message'].slice(0, 1_000) : '';
  const detail = json['detail'] as { field?: unknown } | null | undefined;
  const place = detail?.field;
  const field = typeof place === 'string' && FIELD.test(place) ? ` (${place})` : '';
  const shown = message
    .trim()
    .replaceAll(LONG_WORD, (word) => (word.startsWith('https:') || isPlace(word) ? word : '…'));
  return `${shown}${field}`.slice(0, 256);
}

/** A field, or the way to one (`/body/post_payments/0/name`): PARAM_ERROR often names it in its message alone. */
function isPlace(word: string): boolean {
  return word
    .replace(/^\//, '')
    .split('/')
    .every((step) => STEP.test(step));
}
