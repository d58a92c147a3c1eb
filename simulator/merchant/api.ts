/** Calls our API as a merchant's backend does, over HTTP: what is not taken is asked for again. */
import { setTimeout as delay } from 'node:timers/promises';
import type { MerchantSetting } from './setting.ts';

export interface ApiAnswer {
  /** 0 where nobody answers. */
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
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

/** @param setting read anew for each call */
export function createMerchantApi(setting: MerchantSetting): MerchantApi {
  async function once(method: string, path: string, body?: object, headers = {}) {
    const authorization = setting.key && { authorization: `Bearer ${setting.key}` };
    const content = body && { 'content-type': 'application/json' };
    try {
      const answer = await fetch(`${setting.api}${path}`, {
        method,
        headers: { ...authorization, ...content, ...headers },
        body: body === undefined ? null : JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? {} : Object(JSON.parse(text)) };
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
        const isTaken = answer.status !== 0 && answer.status !== 429 && answer.status !== 503;
        if (isTaken || Date.now() > end) return answer;
        await delay(AGAIN_MS);
      }
    },
  };
}

/** Why it did not do what was asked, for people. */
export function whyOf({ status, body }: ApiAnswer): string {
  if (status === 0) return 'nobody answers';
  const { detail, title, message } = body;
  return [status, message ?? detail ?? title].filter((word) => word !== undefined).join(' ');
}
