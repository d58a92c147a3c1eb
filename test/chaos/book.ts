/** What business code has asked for about one rental, what it was told, and what others did meanwhile. */
import { isTurnedAway } from '../support/api-client.ts';
import { grouped } from './grouped.ts';
import type { Manner, Operation, Part, Path, Request } from './step.ts';

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

/** What a read told. */
export interface Sighting {
  readonly at: number;
  readonly phase: string;
  readonly total_amount?: number;
  readonly refund_due?: { readonly amount: number };
}

/** What somebody else did: the user, an operator of Temporal, another system of the merchant, WeChat Pay. */
export interface Deed {
  readonly kind:
    | 'authorised'
    | 'revoked'
    | 'terminated'
    | 'reset'
    | 'created elsewhere'
    | 'completed elsewhere'
    | 'modified elsewhere'
    | 'cancelled elsewhere'
    /** Or in part; only where no call of ours did it. */
    | 'paid'
    | 'announced'
    | 'cut off';
  readonly out_order_no: string;
  readonly from: number;
  readonly until: number;
  /** The authorization code that stands in the user's permission since. */
  readonly code?: string | undefined;
  readonly amount?: number;
  readonly by?: Part['by'];
}

/**
 * - `same`: with the body that we send too
 * - `different`: another order, so that the number is taken
 * - `hidden`: another service's order, which WeChat Pay may not show us
 */
export type Foreign = 'same' | 'different' | 'hidden';

export function isOthers(foreign: Foreign | 'no'): boolean {
  return foreign === 'different' || foreign === 'hidden';
}

export interface Book {
  readonly index: number;
  readonly path: Path;
  /** A number for each attempt at the rental. */
  readonly numbers: string[];
  /** The numbers under which another system of the merchant created an order. */
  readonly foreign: Map<string, Foreign>;
  readonly entries: Entry[];
  readonly sightings: Map<string, Sighting[]>;
  readonly deeds: Deed[];
  /** Why business code broke off, where the mistake is the driver's own. */
  breakdown?: string;
}

export function newBook(index: number, path: Path, number: string): Book {
  return {
    index,
    path,
    numbers: [number],
    foreign: new Map(),
    entries: [],
    sightings: new Map(),
    deeds: [],
  };
}

/** No answer, or one that says that it is not known to be taken. */
export function isTaken({ status }: Reply): boolean {
  return status !== undefined && !isTurnedAway({ status });
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

export function isOf(entry: Entry, operation: Operation | 'open'): boolean {
  return entry.request.operation === operation;
}

/** Those with a key, by key. */
export function entriesKeyed(entries: readonly Entry[]): [string, Entry[]][] {
  const keyed = entries.filter(({ manner }) => manner.key !== undefined);
  return [...grouped(keyed, ({ manner }) => manner.key!)];
}
