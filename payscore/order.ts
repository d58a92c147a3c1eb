/** One order: its whole state, plain JSON throughout. Only the fold changes it. */
import { rfc3339Of } from './beijing-time.ts';
import { arrivedBy } from './in-flight.ts';
import { leftBehind, type Operation, type OperationRecord } from './operation.ts';
import { isFinal, type Phase } from './phase.ts';
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
  readonly explanation?: string;
  readonly isNumberTaken?: boolean;
  readonly lastRefusal?: Order['lastRefusal'];
  /** How a run before that one had ended, if it was not to be charged any more. */
  readonly endedBefore?: EndedBefore;
  /** Why the order was being given up. */
  readonly givingUp?: string;
  /** Owed already, and not paid back by being looked at once more. */
  readonly refundDue?: RefundDue;
  /** WeChat's last word on it. */
  readonly serviceOrder?: Order['serviceOrder'];
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
  /** What is known of the last unresolved matter, in a sentence for people. */
  readonly unresolved?: string | undefined;
  readonly refundDue?: RefundDue;
  /** Only while the user is to authorise. */
  readonly invitation?: Invitation | undefined;
  /** Until when the user may authorise; RFC 3339. */
  readonly authorizeUntil?: string;
  /** Until when WeChat's word that the order exists is of use; RFC 3339. */
  readonly createUntil?: string;
  /** The latest moment at which somebody is known to wait for the order; RFC 3339. */
  readonly awaitedAt: string;
  /** Business code has said that its user waits, and WeChat has not been asked by openid since. */
  readonly isUserBack?: boolean;
  /** When WeChat last said that the user had not authorised; RFC 3339. */
  readonly saidNoAt?: string;
  /** When WeChat's notification says that the user has authorised; RFC 3339. */
  readonly toldAuthorisedAt?: string;
  /** The user authorised when nobody waited any more. */
  readonly isFoundLate?: boolean;
  /** Before anything is done, WeChat must tell how the order stands: more may have happened than is known here. */
  readonly isToBeLookedUp: boolean;
  /** What WeChat said, or is said to have said, and what it has not confirmed since. */
  readonly doubt?: Doubt | undefined;
  /** How often something was sent, or came back: an answer to a question of before is an old one. */
  readonly effects: number;
  /** Why an order that WeChat has, or may have, is not wanted: what exists is cancelled, the end is `rejected`. */
  readonly givingUp?: string;
  /** When it was first known to be in service; Beijing time, 14 digits. */
  readonly inServiceSince?: string;
  /** When the completion that WeChat took was begun; RFC 3339. */
  readonly completedAt?: string;
  /** Until when an earlier correction of the amount may still arrive; RFC 3339. */
  readonly stragglerUntil?: string;
  /** Until when anything may arrive that a run sent which was broken off; RFC 3339. */
  readonly mayArriveUntil?: string | undefined;
  /** In fen, what the last completion or correction that took effect asked WeChat to charge. */
  readonly agreedTotal?: number | undefined;
  /** Since when WeChat tells a higher total than that; RFC 3339. */
  readonly raisedSince?: string | undefined;
  /** How an earlier run of it had ended, if it was not to be charged any more. */
  readonly endedBefore?: EndedBefore | undefined;
  /** Notifications of payments that were not opened yet, the oldest first. */
  readonly unread: readonly SignedNotification[];
  /** The ids of the last notifications that were heard of: a repetition says nothing new. */
  readonly heard?: readonly string[];
  /** WeChat's last word on it. */
  readonly serviceOrder?: Omit<ServiceOrder, 'openid'>;
  /** First come, first served; those whose outcome is known stay, for who asks again. */
  readonly operations: readonly OperationRecord[];
  readonly lastRefusal?: Refusal & { readonly operation: Operation | 'query' };
  /** Why the order ended without having existed, in a sentence for people. */
  readonly explanation?: string | undefined;
  /** WeChat has another order under this number. */
  readonly isNumberTaken?: boolean;
  /** Before it existed: why WeChat did not take our calls, in words for people. */
  readonly hinderedBy?: string;
  /** It was never there, and its number stays free for the same request: its run fails. */
  readonly isUnserved?: boolean;
  readonly timeline: readonly TimelineEntry[];
}

/** Why WeChat must be asked until it has told. */
export interface Doubt {
  /** RFC 3339. */
  readonly since: string;
  readonly why: string;
  /** A message says that the order is over: an account that does not is not enough for a while. */
  readonly isSaidToBeOver: boolean;
}

/** The key of what an order begins with. Business code's keys have no slash. */
export const FIRST = 'own/first';

export function numberOf(opening: Opening): string {
  return 'request' in opening ? opening.request.out_order_no : opening.out_order_no;
}

/** The run that had ended, while WeChat is asked once more about what it ended as. */
export function endedRun({
  phase,
  opening: { takesUp },
}: Pick<Order, 'phase' | 'opening'>): EarlierRun | undefined {
  return phase === 'creating' && takesUp && isFinal(takesUp.phase) ? takesUp : undefined;
}

/** Whether it is created where WeChat does not have it. */
export function isToBeCreated(opening: Opening): opening is Opened {
  const { takesUp, takesUpOnly } = opening;
  return 'request' in opening && !takesUpOnly && !(takesUp && isFinal(takesUp.phase));
}

/** @param startedAt when whoever asked for it began to wait; a worker may begin much later */
export function newOrder(opening: Opening, at: Date, startedAt = at): Order {
  const { takesUp } = opening;
  const isCreated = isToBeCreated(opening);
  const first: OperationRecord = {
    operation: isCreated ? 'create' : 'adopt',
    key: FIRST,
    digest: opening.digest,
    receivedAt: at.toISOString(),
    state: 'waiting',
  };
  const isTakenUp = takesUp !== undefined || !('request' in opening);
  const isToBeLookedUp = !isCreated || takesUp !== undefined || opening.mayExist === true;
  return {
    opening,
    out_order_no: numberOf(opening),
    openid: 'request' in opening ? opening.request.openid : undefined,
    phase: 'creating',
    troubles: [],
    operations: [first, ...(takesUp?.operations ?? []).map(leftBehind)],
    awaitedAt: startedAt.toISOString(),
    isToBeLookedUp,
    effects: 0,
    unread: takesUp?.notifications ?? [],
    ...(takesUp && knownFrom(takesUp)),
    timeline: [{ at: rfc3339Of(at), event: isTakenUp ? 'taken up from WeChat Pay' : 'opened' }],
  };
}

/** What the earlier run leaves to be known of an order. */
export function knownFrom(earlier: EarlierRun): Partial<Order> {
  const { isBrokenOff, endedAt, phase, givingUp, serviceOrder, completedAt } = earlier;
  // While the user was to authorise nothing had been sent.
  const mayArrive = isBrokenOff && !isFinal(phase) && phase !== 'authorizing';
  return {
    ...(mayArrive && { mayArriveUntil: arrivedBy(endedAt) }),
    ...(givingUp !== undefined && { givingUp }),
    ...(serviceOrder && { serviceOrder }),
    ...(completedAt !== undefined && { completedAt }),
    agreedTotal: agreedIn(earlier),
    endedBefore: isNotToBeCharged(phase) ? { phase, at: endedAt } : earlier.endedBefore,
  };
}

/** The least that WeChat had said yes to. */
function agreedIn({ phase, operations, serviceOrder }: EarlierRun): number | undefined {
  const isCompleted = phase === 'paying' || phase === 'paid';
  const shown = isCompleted ? serviceOrder?.total_amount : undefined;
  const done = operations.flatMap(({ state, total }) => (state === 'done' ? (total ?? []) : []));
  const totals = [...done, ...(shown === undefined ? [] : [shown])];
  return totals.length === 0 ? undefined : Math.min(...totals);
}
