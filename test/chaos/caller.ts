/** Business code that repeats: the same request with the same key until somebody answers that it was taken. */
import { setTimeout as delay } from 'node:timers/promises';
import { isTaken, type Book, type Entry, type Reply } from './book.ts';
import type { Dice } from './dice.ts';

const ANSWER_MS = 20_000;
const GIVE_UP_MS = 180_000;
const LONGEST_PAUSE_MS = 5_000;

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

export type Caller = ReturnType<typeof createCaller>;

export function createCaller(apiUrl: string) {
  /** Of all answers; `none` where there was none. */
  const statuses: Record<string, number> = {};
  let taken = 0;

  async function once({ method, path, body, headers }: Call): Promise<Reply> {
    const reply = await fetch(apiUrl + path, {
      method,
      // Rules look for words of explanations.
      headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS),
    })
      .then(async (answer) => {
        const text = await answer.text();
        return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
      })
      .catch(() => ({ status: undefined }));
    const name = `${method} ${reply.status ?? 'none'}`;
    statuses[name] = (statuses[name] ?? 0) + 1;
    const answered = { at: Date.now(), ...reply };
    if (isTaken(answered)) taken += 1;
    return answered;
  }

  return {
    statuses,
    /** How many requests were answered, and not only put off. */
    taken: () => taken,
    once,
    /** Writes every attempt into the book. */
    async untilTaken(book: Book, dice: Dice, asked: Omit<Entry, 'sentAt' | 'replies'>, call: Call) {
      const entry: Entry = { ...asked, sentAt: Date.now(), replies: [] };
      book.entries.push(entry);
      const end = Date.now() + GIVE_UP_MS;
      for (let round = 1; ; round++) {
        const reply = await once(call);
        entry.replies.push(reply);
        if (isTaken(reply) || Date.now() > end) return reply;
        await delay(dice.between(200, Math.min(1_000 * round, LONGEST_PAUSE_MS)));
      }
    },
  };
}
