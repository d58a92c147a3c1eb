/** What is done to an order, from the moment it is asked for until its outcome is known; plain JSON throughout. */
import type { Fact } from './fact.ts';
import type { Refusal } from '../refusals/refusal.ts';
import type { AskedOperation, Operation } from './operation-name.ts';
import type { CancelServiceOrder } from '../../schemas/cancel-service-order.ts';
import type { CompleteServiceOrder } from '../../schemas/complete-service-order.ts';
import type { ModifyServiceOrder } from '../../schemas/modify-service-order.ts';
import type { SyncServiceOrder } from '../../schemas/sync-service-order.ts';

/** What a call of WeChat Pay carries, as it is sent. */
export type JsonBody = { readonly [name: string]: unknown };

/** What business code can ask for, in the fields of WeChat's calls. */
export interface Requests extends Readonly<Record<AskedOperation, unknown>> {
  readonly complete: CompleteServiceOrder;
  readonly modify: ModifyServiceOrder;
  readonly cancel: CancelServiceOrder;
  readonly sync: SyncServiceOrder;
}

/** What is asked for, and whether the same was asked before. */
export interface Asked {
  /** Business code's `Idempotency-Key`, or a random one. */
  readonly key: string;
  /** Of the body: tells "the same again" from "the same key, another body". Empty where a person wrote the message. */
  readonly digest: string;
  /** When the API took the request; RFC 3339. */
  readonly receivedAt: string;
  /** The name of the API key by which it was asked for; absent where none was needed, or a person wrote the message. */
  readonly by?: string;
  /** Of the request's span (W3C Trace Context); absent where nobody collects them. Kept until the outcome is known. */
  readonly traceparent?: string;
}

/** What is known of the attempts to carry something out. */
export interface Progress {
  /** When the last attempt is known to have ended; RFC 3339. Nothing was sent without it. */
  readonly lastSentAt?: string;
  /** Since when an attempt's outcome is unknown: from then on only a proof counts. RFC 3339. */
  readonly unknownSince?: string;
  /** How often WeChat said that it was charging at that very moment. */
  readonly chargingRefusals?: number;
  /** WeChat has said yes, and its account of the order does not show it yet. */
  readonly isTaken?: boolean;
  /** How WeChat refused the last attempt, until it is known whether that is the last word. */
  readonly refusal?: Refusal | undefined;
  /** Since when something has kept it from its outcome; RFC 3339. */
  readonly heldSince?: string;
}

export type Outcome =
  | { readonly kind: 'done' }
  /** Refused by a rule of ours, or by what came between. */
  | { readonly kind: 'not_allowed'; readonly rule: Fact }
  /** Refused by WeChat. */
  | { readonly kind: 'refused'; readonly refusal: Refusal };

interface Common extends Asked {
  /** `left_behind`: accepted by a run that was broken off before its outcome was known; it may be asked for again. */
  readonly state: 'waiting' | 'running' | 'done' | 'not_allowed' | 'refused' | 'left_behind';
  /** RFC 3339. */
  readonly startedAt?: string;
  /** Fixed before the first send; every repetition sends the same. */
  readonly body?: JsonBody;
  /** In fen, what it asks WeChat to charge. */
  readonly total?: number | undefined;
  readonly progress?: Progress;
  readonly rule?: Fact;
  readonly refusal?: Refusal;
}

interface Of<Name extends Operation, Request> extends Common {
  readonly operation: Name;
  /** Dropped when it is of no more use. */
  readonly request?: Request;
}

export type OperationRecord =
  | Of<'create', never>
  | Of<'adopt', never>
  | { [Name in AskedOperation]: Of<Name, Requests[Name]> }[AskedOperation];

/** As long as its outcome is not known. */
export function isPending({ state }: OperationRecord): boolean {
  return state === 'waiting' || state === 'running';
}

/** What it promised and had not carried out when its run was broken off: business code may ask again, a payment crosses it. */
export function leftBehind(record: OperationRecord): OperationRecord {
  if (!isPending(record)) return record;
  const { operation, key, digest, receivedAt, by, total } = record;
  const rule = { code: 'run_ended' } as const;
  const asked = { operation, key, digest, receivedAt, ...(by !== undefined && { by }) };
  return { ...asked, total, rule, state: 'left_behind' };
}

const ENDED: Fact = { code: 'order_ended' };

export function outcomeOf({ state, rule = ENDED, refusal }: OperationRecord): Outcome | undefined {
  switch (state) {
    case 'waiting':
    case 'running':
    case 'left_behind':
      return undefined;
    case 'done':
      return { kind: 'done' };
    case 'not_allowed':
      return { kind: 'not_allowed', rule };
    case 'refused':
      return refusal ? { kind: 'refused', refusal } : { kind: 'not_allowed', rule };
  }
}
