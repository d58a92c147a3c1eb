/** One order: its whole state, plain JSON throughout. Only the fold changes it. */
import { rfc3339Of } from './beijing-time.ts';
import { isPending, type Operation, type OperationRecord } from './operation.ts';
import type { Phase } from './phase.ts';
import type { Refusal } from './refusal.ts';
import type { RefundDue } from './refund.ts';
import type { Trouble } from './trouble.ts';
import type { OpenServiceOrder } from '../schemas/open-service-order.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

/** Which merchant, app and service an order belongs to: configuration's part of it. */
export interface Service {
  readonly mchid: string;
  readonly appid: string;
  readonly service_id: string;
  readonly notify_url: string;
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
  /** The earlier run of this order, if this one only takes it up again from WeChat. */
  readonly takesUp?: EarlierRun;
}

export interface EarlierRun {
  /** Where the order stood when that run ended. */
  readonly phase: Phase;
  /** RFC 3339. */
  readonly openedAt?: string;
  /** RFC 3339. What it had sent just before may still arrive, where it was ended from outside. */
  readonly endedAt: string;
  readonly explanation?: string;
  /** Owed already, and not paid back by being looked at once more. */
  readonly refundDue?: RefundDue;
  /** What had been asked of it, as far as that could be read. */
  readonly operations: readonly OperationRecord[];
}

/** Who told us: only a query's answer or a verified notification settles an order. */
export type Source = Operation | 'query' | 'notification';

export interface TimelineEntry {
  /** RFC 3339, Beijing. */
  readonly at: string;
  readonly event: string;
}

/** With what a front end leads the user to WeChat's page of authorization. */
export interface Invitation {
  readonly apply_permissions_token: string;
  /** RFC 3339; an hour after WeChat gave it. */
  readonly expires_at: string;
}

export interface Order {
  readonly opening: Opening;
  readonly out_order_no: string;
  /** Never shown: it names a person. Of an adopted order as WeChat tells it. */
  readonly openid?: string | undefined;
  readonly phase: Phase;
  /** Every trouble that the order is in; operators see the gravest. */
  readonly troubles: readonly Trouble[];
  readonly refundDue?: RefundDue;
  /** Only while the user is to authorise. */
  readonly invitation?: Invitation | undefined;
  /** Until when the user may authorise; RFC 3339. */
  readonly authorizeUntil?: string;
  /** Until when WeChat's word that the order exists is of use; RFC 3339. */
  readonly createUntil?: string;
  /** Why an order that WeChat has, or may have, is not wanted: what exists is cancelled, the end is `rejected`. */
  readonly givingUp?: string;
  /** When it was first known to be in service; Beijing time, 14 digits. */
  readonly inServiceSince?: string;
  /** When the completion that WeChat took was begun; RFC 3339. */
  readonly completedAt?: string;
  /** Until when an earlier correction of the amount may still arrive; RFC 3339. */
  readonly stragglerUntil?: string;
  /** WeChat's last word on it. */
  readonly serviceOrder?: Omit<ServiceOrder, 'openid'>;
  /** First come, first served; those whose outcome is known stay, for who asks again. */
  readonly operations: readonly OperationRecord[];
  readonly lastRefusal?: Refusal & { readonly operation: Operation | 'query' };
  /** Why the order ended without having existed, in a sentence for people. */
  readonly explanation?: string;
  readonly timeline: readonly TimelineEntry[];
}

/** The key of what an order begins with. Business code's keys have no slash. */
export const FIRST = 'own/first';

export function numberOf(opening: Opening): string {
  return 'request' in opening ? opening.request.out_order_no : opening.out_order_no;
}

/** What an ended run had not carried out is not carried out by the next: whoever asked may ask again. */
function leftBehind(record: OperationRecord): OperationRecord {
  if (!isPending(record)) return record;
  return { ...record, state: 'not_allowed', rule: 'the run was ended from outside; ask again' };
}

export function newOrder(opening: Opening, at: Date): Order {
  const takesUp = !('request' in opening) || opening.takesUp !== undefined;
  const first: OperationRecord = {
    operation: takesUp ? 'adopt' : 'create',
    key: FIRST,
    digest: opening.digest,
    receivedAt: at.toISOString(),
    state: 'waiting',
  };
  return {
    opening,
    out_order_no: numberOf(opening),
    openid: 'request' in opening ? opening.request.openid : undefined,
    phase: 'creating',
    troubles: [],
    operations: [first, ...(opening.takesUp?.operations ?? []).map(leftBehind)],
    timeline: [{ at: rfc3339Of(at), event: takesUp ? 'taken up from WeChat Pay' : 'opened' }],
  };
}
