/** What became of each request, as business code was told: by the answer, or by the order's list of operations. */
import { answerOf, isTaken, type Entry } from './book.ts';
import type { Evidence } from './evidence.ts';

/** `open`: it may have taken effect or not, and nobody said otherwise. */
export type Outcome = 'done' | 'refused' | 'open';

export interface Asked {
  readonly entry: Entry;
  /** Of the order's list of operations; undefined where none has its key. */
  readonly record: any;
  readonly outcome: Outcome;
}

const OF_STATE: Readonly<Record<string, Outcome>> = {
  done: 'done',
  waiting: 'open',
  running: 'open',
  left_behind: 'open',
  refused: 'refused',
  not_allowed: 'refused',
};

/** The requests that change something. */
export function askedOf({ entries, read }: Evidence): Asked[] {
  const records: any[] = read.body?.operations ?? [];
  return entries.filter(changes).map((entry) => {
    const { operation } = entry.request;
    const record = records.find(
      (it) => it.operation === operation && it.idempotency_key === entry.manner.key,
    );
    return { entry, record, outcome: outcomeOf(entry, record) };
  });
}

function changes({ request }: Entry): boolean {
  return ['complete', 'modify', 'cancel', 'sync'].includes(request.operation);
}

function outcomeOf(entry: Entry, record: any): Outcome {
  const answer = answerOf(entry);
  if (isKeyReused(answer?.body)) return 'refused';
  if (record !== undefined) return OF_STATE[record.state] ?? 'open';
  const status = answer?.status ?? 0;
  if (status === 200) return 'done';
  if (![400, 404, 409, 422].includes(status)) return 'open';
  // Without a key, an attempt that nobody answered is another request.
  return entry.manner.key === undefined && entry.replies.length > 1 ? 'open' : 'refused';
}

export function isKeyReused(body: any): boolean {
  return body?.type === 'urn:payscore-orders:key-reused';
}

/** Accepted, and to be accounted for. */
export function isAccepted({ entry }: Asked): boolean {
  return entry.replies.some((it) => isTaken(it) && (it.status === 200 || it.status === 202));
}
