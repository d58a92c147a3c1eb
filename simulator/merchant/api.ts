/** Calls our API as a merchant's backend does, over HTTP: what is not taken is asked for again. */
import { setTimeout as delay } from 'node:timers/promises';
import type { MerchantSetting } from './setting.ts';

export interface ApiAnswer {
  /** 0 where nobody answers. */
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** It is no JSON: somebody else's answer. */
  readonly isForeign?: true;
}

export interface MerchantApi {
  /** Once. */
  get(path: string): Promise<ApiAnswer>;
  /** Again while nobody answers, or 429 and 503 say that it was not taken. */
  post(path: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>;
}

const ANSWERED_WITHIN_MS = 15_000;
const TAKEN_WITHIN_MS = 20_000;
const AGAIN_MS = 700;
const TAKEN = 202;

export interface MerchantApiParts {
  /** Read anew for each call. */
  readonly setting: MerchantSetting;
  /** In which it is to speak to people (`Accept-Language`). */
  readonly language: string;
  /** When nobody waits for answers any more. */
  readonly ended: AbortSignal;
}

export function createMerchantApi({ setting, language, ended }: MerchantApiParts): MerchantApi {
  async function once(
    method: string,
    path: string,
    body?: object,
    headers = {},
  ): Promise<ApiAnswer> {
    const authorization = setting.key && { authorization: `Bearer ${setting.key}` };
    const content = body && { 'content-type': 'application/json' };
    try {
      const answer = await fetch(`${setting.api}${path}`, {
        method,
        headers: { 'accept-language': language, ...authorization, ...content, ...headers },
        body: body === undefined ? null : JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.any([ended, AbortSignal.timeout(ANSWERED_WITHIN_MS)]),
      });
      return { status: answer.status, ...read(await answer.text()) };
    } catch {
      return { status: 0, body: {} };
    }
  }

  return {
    get: (path) => once('GET', path),
    async post(path, body, headers) {
      const end = Date.now() + TAKEN_WITHIN_MS;
      for (;;) {
        const answer = await once('POST', path, body, headers);
        const isToRepeat = [0, 429, 503].includes(answer.status);
        if (!isToRepeat || Date.now() > end || ended.aborted) return answer;
        await delay(AGAIN_MS);
      }
    },
  };
}

function read(text: string): Omit<ApiAnswer, 'status'> {
  if (text === '') return { body: {} };
  try {
    return { body: Object(JSON.parse(text)) };
  } catch {
    return { body: {}, isForeign: true };
  }
}

/** It does what was asked, or has done it. */
export function isTaken({ status, isForeign }: ApiAnswer): boolean {
  return status > 0 && status < 400 && isForeign !== true;
}

/** Taken, and the outcome is not known yet. */
export function isUnderWay({ status }: ApiAnswer): boolean {
  return status === TAKEN;
}

/** It says that it has not done it, and will not. */
export function isRefused({ status, isForeign }: ApiAnswer): boolean {
  return isForeign !== true && ((status >= 400 && status < 500) || status === 503);
}

/** What is said where our API says nothing itself. */
export interface WordsOfAnswers {
  readonly nobodyAnswers: string;
  notOurApi(status: number): string;
}

/** Why it did not do what was asked, in the language in which it was asked. */
export function whyOf(answer: ApiAnswer, words: WordsOfAnswers): string {
  const { detail, title, message } = answer.body;
  return saidIn(answer, words, message ?? detail ?? title);
}

/** The same in codes alone, for readers of any language. */
export function codesOf(answer: ApiAnswer, words: WordsOfAnswers): string {
  const { type, code } = answer.body;
  const kind = typeof type === 'string' ? type.split(':').at(-1) : undefined;
  return saidIn(answer, words, kind, code);
}

function saidIn(
  { status, isForeign }: ApiAnswer,
  words: WordsOfAnswers,
  ...said: readonly unknown[]
): string {
  if (status === 0) return words.nobodyAnswers;
  if (isForeign) return words.notOurApi(status);
  return [status, ...said].filter((word) => word !== undefined).join(' ');
}
