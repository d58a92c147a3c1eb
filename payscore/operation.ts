/** What is done to an order, from the moment it is asked for until its outcome is known; plain JSON throughout. */
import type { Refusal } from './refusal.ts';
import type { JsonBody } from './request-body.ts';
import type { CancelServiceOrder } from '../schemas/cancel-service-order.ts';
import type { CompleteServiceOrder } from '../schemas/complete-service-order.ts';
import type { ModifyServiceOrder } from '../schemas/modify-service-order.ts';
import type { SyncServiceOrder } from '../schemas/sync-service-order.ts';

/** What business code can ask for, in the fields of WeChat's calls. */
export interface Requests extends Readonly<Record<AskedOperation, unknown>> {
  readonly complete: CompleteServiceOrder;
  readonly modify: ModifyServiceOrder;
  readonly cancel: CancelServiceOrder;
  readonly sync: SyncServiceOrder;
}
export const ASKED_OPERATIONS = ['complete', 'modify', 'cancel', 'sync'] as const;
export type AskedOperation = (typeof ASKED_OPERATIONS)[number];

/** `create` is what an opened order begins with, `adopt` what an order begins with that WeChat has already. */
export type Operation = 'create' | 'adopt' | AskedOperation;

/** What is asked for, and whether the same was asked before. */
export interface Asked {
  /** Business code's `Idempotency-Key`, or a random one. */
  readonly key: string;
  /** Of the body: tells "the same again" from "the same key, another body". Empty where a person wrote the message. */
  readonly digest: string;
  /** When the API took the request; RFC 3339. */
  readonly receivedAt: string;
}

/** What is known of the attempts to carry something out. */
export interface Progress {
  /** When the last attempt is known to have ended; RFC 3339. Nothing was sent without it. */
  readonly lastSentAt?: string;
  /** Since when an attempt's outcome is unknown: from then on only a proof counts. RFC 3339. */
  readonly doubtfulSince?: string;
  /** How often WeChat said that it was charging at that very moment. */
  readonly chargingRefusals?: number;
  /** WeChat has said yes, and its account of the order does not show it yet. */
  readonly isTaken?: boolean;
}

export type Outcome =
  | { readonly kind: 'done' }
  /** Refused by a rule of ours, or by what came between. */
  | { readonly kind: 'not_allowed'; readonly rule: string }
  /** Refused by WeChat. */
  | { readonly kind: 'refused'; readonly refusal: Refusal };

interface Common extends Asked {
  readonly state: 'waiting' | 'running' | 'done' | 'not_allowed' | 'refused';
  /** RFC 3339. */
  readonly startedAt?: string;
  /** Fixed before the first send; every repetition sends the same. */
  readonly body?: JsonBody;
  readonly progress?: Progress;
  readonly rule?: string;
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

export function outcomeOf({ state, rule = '', refusal }: OperationRecord): Outcome | undefined {
  switch (state) {
    case 'waiting':
    case 'running':
      return undefined;
    case 'done':
      return { kind: 'done' };
    case 'not_allowed':
      return { kind: 'not_allowed', rule };
    case 'refused':
      return refusal ? { kind: 'refused', refusal } : { kind: 'not_allowed', rule };
  }
}
