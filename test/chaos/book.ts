/** What business code has asked for about one rental, and what it was told. */
import { grouped } from './grouped.ts';
import type { Manner, Operation, Path, Request } from './step.ts';

export interface Reply {
  readonly at: number;
  /** Undefined when nobody answered. */
  readonly status: number | undefined;
  readonly body?: any;
}

export interface Entry {
  readonly out_order_no: string;
  /** `open`, with the body of the first opening or with another one. */
  readonly request: Request | { readonly operation: 'open' | 'open otherwise' };
  readonly manner: Manner;
  readonly sentAt: number;
  /** Of the attempts, in their order. */
  readonly replies: Reply[];
}

export interface Sighting {
  readonly at: number;
  readonly phase: string;
}

export interface Book {
  readonly index: number;
  readonly path: Path;
  /** A number for each attempt at the rental. */
  readonly numbers: string[];
  /** The numbers under which another system of the merchant created an order. */
  readonly foreign: Set<string>;
  readonly entries: Entry[];
  readonly sightings: Map<string, Sighting[]>;
  /** Why business code broke off, where the mistake is the driver's own. */
  breakdown?: string;
}

/** No answer, or one that says that it is not known to be taken. */
export function isTaken({ status }: Reply): boolean {
  return status !== undefined && status !== 503 && status !== 429;
}

/** The answer that business code went by. */
export function answerOf({ replies }: Entry): Reply | undefined {
  const last = replies.at(-1);
  return last && isTaken(last) ? last : undefined;
}

export function entriesAbout(book: Book, out_order_no: string): Entry[] {
  return book.entries.filter((entry) => entry.out_order_no === out_order_no);
}

export function amountOf({ request }: Entry): number | undefined {
  return 'amount' in request ? request.amount : undefined;
}

export function isOf(entry: Entry, operation: Operation): boolean {
  return entry.request.operation === operation;
}

/** Those with a key, by key. */
export function entriesKeyed(entries: readonly Entry[]): [string, Entry[]][] {
  const keyed = entries.filter(({ manner }) => manner.key !== undefined);
  return [...grouped(keyed, ({ manner }) => manner.key!)];
}
