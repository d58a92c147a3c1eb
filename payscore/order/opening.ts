/** With what a run of an order begins: whose it is, what was asked for, and what an earlier run has left. */
import type { OrderOutbox, PhaseByChoice } from '../events/event.ts';
import type { Fact } from './fact.ts';
import type { OperationRecord } from './operation.ts';
import type { Operation } from './operation-name.ts';
import type { Refunded, RefundDue, Settled } from './refund-due.ts';
import type { Refusal } from '../refusals/refusal.ts';
import { isFinal, type Phase } from '../rules/phase.ts';
import type { OpenServiceOrder } from '../../schemas/open-service-order.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

/** WeChat's refusal, and of what. */
export type NamedRefusal = Refusal & { readonly operation: Operation | 'query' };

/** WeChat's last word on an order, less whose it is. */
export type KnownServiceOrder = Omit<ServiceOrder, 'openid'>;

/** Which merchant, app and service an order belongs to: configuration's part of it. */
export interface Service {
  readonly mchid: string;
  readonly appid: string;
  readonly service_id: string;
  readonly notify_url: string;
  /** Business code is told of what happens; of these phases too. Absent: it is told nothing. */
  readonly events?: readonly PhaseByChoice[];
}

/** What a run is started with. */
export type Opening = Opened | Adopted;

/** Business code's request. */
export interface Opened extends Common {
  readonly request: OpenServiceOrder;
}

/** An order that WeChat has and nobody opened here. */
export interface Adopted extends Common {
  readonly out_order_no: string;
}

interface Common {
  readonly service: Service;
  /** Of the caller's body: tells "the same again" from "the same number, another body". */
  readonly digest: string;
  /** The name of the API key by which it was asked for. */
  readonly by?: string;
  /** Of the request's span (W3C Trace Context); absent where nobody collects them. */
  readonly traceparent?: string;
  /** The earlier run of this order, if this one only takes it up again from WeChat. */
  readonly takesUp?: EarlierRun;
  /** Our store was lost, so that WeChat may have the order though no run of it is known. */
  readonly mayExist?: true;
  /** Nobody asks for it now: what WeChat does not have is not created. */
  readonly takesUpOnly?: true;
}

/** All that a later run must know of the one before it, so that nothing of what was promised is lost. */
export interface EarlierRun {
  /** Where the order stood when that run ended. */
  readonly phase: Phase;
  /** RFC 3339. */
  readonly openedAt?: string;
  /** RFC 3339. */
  readonly endedAt: string;
  /** It did not come to its end by itself, so what it had sent just before may still arrive. */
  readonly isBrokenOff: boolean;
  readonly explanation?: Fact;
  readonly isNumberTaken?: boolean;
  readonly lastRefusal?: NamedRefusal;
  /** How a run before that one had ended, if it was not to be charged any more. */
  readonly endedBefore?: EndedBefore;
  /** Why the order was being given up. */
  readonly givingUp?: Fact;
  /** Owed already, and not paid back by being looked at once more. */
  readonly refundDue?: RefundDue;
  readonly refunded?: Refunded;
  readonly settled?: Settled;
  /** What business code was told, and what it is still to be told. */
  readonly outbox?: OrderOutbox;
  /** WeChat's last word on it. */
  readonly serviceOrder?: KnownServiceOrder;
  /** When the completion that WeChat took was begun; RFC 3339. */
  readonly completedAt?: string;
  /** What had been asked of it. */
  readonly operations: readonly OperationRecord[];
  /** What WeChat had told it, and it had not read. */
  readonly notifications: readonly SignedNotification[];
}

export interface EndedBefore {
  readonly phase: Phase;
  /** RFC 3339. */
  readonly at: string;
}

/** An order that had ended so was not to be charged any more. */
const NOT_TO_BE_CHARGED: readonly Phase[] = [
  'cancelled',
  'rejected',
  'unauthorized',
  'paid_elsewhere',
  'free',
];

export function isNotToBeCharged(phase: Phase): boolean {
  return NOT_TO_BE_CHARGED.includes(phase);
}

/** A notification as WeChat signed it: whoever reads it can see for himself that it is WeChat's. */
export interface SignedNotification {
  /** WeChat's own; the same for every delivery. Only what it opens to proves it. */
  readonly id?: string;
  /** Those of its headers that the signature needs, by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The raw bytes in base64; empty where there were too many to be carried. */
  readonly body: string;
}

/** The key of what an order begins with. Business code's keys have no slash. */
export const FIRST = 'own/first';

export function numberOf(opening: Opening): string {
  return 'request' in opening ? opening.request.out_order_no : opening.out_order_no;
}

/** Whether it is created where WeChat does not have it. */
export function isToBeCreated(opening: Opening): opening is Opened {
  const { takesUp, takesUpOnly } = opening;
  return 'request' in opening && !takesUpOnly && !(takesUp && isFinal(takesUp.phase));
}
