/** Calls that survive what the reader may do to the stack meanwhile: every one of them may safely be repeated. */
import { setTimeout as delay } from 'node:timers/promises';
import { say } from './lines.ts';
import { LANGUAGE } from '../stack/language.ts';
import { words } from '../stack/words.ts';

const GIVE_UP_MS = 120_000;
const AGAIN_MS = 1_000;

export interface CallAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Repeats the same call while nobody answers, or a 503 says that it was not taken. */
export async function callUntilTaken(
  method: string,
  url: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<CallAnswer> {
  const end = Date.now() + GIVE_UP_MS;
  for (;;) {
    const answer = await callOnce(method, url, body, headers);
    if (answer && answer.status !== 503) return answer;
    const why = answer ? String(answer.body['detail'] ?? 'HTTP 503') : words.order.nobodyAnswers;
    if (Date.now() > end) throw new Error(words.faults.gaveUp(`${method} ${url}`, why));
    say(undefined, words.order.takenNot(why));
    await delay(AGAIN_MS);
  }
}

async function callOnce(
  method: string,
  url: string,
  body: object | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<CallAnswer | undefined> {
  try {
    const answer = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', 'accept-language': LANGUAGE, ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
  } catch {
    return undefined;
  }
}
