/** One order: its whole state, plain JSON throughout. Only the fold changes it. */
import type { OrderOutbox } from '../events/event.ts';
import type { Fact } from './fact.ts';
import { rfc3339Of } from '../times/beijing-time.ts';
import { arrivedBy } from '../times/in-flight.ts';
import { leftBehind, type OperationRecord } from './operation.ts';
import { isFinal, type Phase } from '../rules/phase.ts';
import {
  FIRST,
  isNotToBeCharged,
  isToBeCreated,
  numberOf,
  type EarlierRun,
  type EndedBefore,
  type KnownServiceOrder,
  type NamedRefusal,
  type Opening,
  type SignedNotification,
} from './opening.ts';
import type { Refunded, RefundDue, Settled } from './refund-due.ts';
import type { TimelineEntry } from './timeline.ts';
import type { Trouble } from '../rules/trouble.ts';

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
  /** What is known of the last unresolved matter. */
  readonly unresolved?: Fact | undefined;
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
  readonly mustQuery?: QueryReason | undefined;
  /** Counts what is sent, and what comes back: an answer to a question of an earlier epoch is an old one. */
  readonly epoch: number;
  /** Why an order that WeChat has, or may have, is not wanted: what exists is cancelled, the end is `rejected`. */
  readonly givingUp?: Fact;
  /** When it was first known to be in service; Beijing time, 14 digits. */
  readonly inServiceSince?: string;
  /** When the completion that WeChat took was begun; RFC 3339. */
  readonly completedAt?: string;
  /** Until when an earlier correction of the amount may still arrive; RFC 3339. */
  readonly lateArrivalUntil?: string;
  /** Until when anything may arrive that a run sent which was broken off; RFC 3339. */
  readonly mayArriveUntil?: string | undefined;
  /** In fen, what the last completion or correction that took effect asked WeChat to charge. */
  readonly agreedTotal?: number | undefined;
  /** Since when WeChat tells a higher total than that; RFC 3339. */
  readonly raisedSince?: string | undefined;
  /** How an earlier run of it had ended, if it was not to be charged any more. */
  readonly endedBefore?: EndedBefore | undefined;
  /** What the user has back of it, and what was paid back otherwise. */
  readonly refunded?: Refunded | undefined;
  readonly settled?: Settled | undefined;
  /** What business code was told, and what it is still to be told. */
  readonly outbox?: OrderOutbox;
  /** Notifications of payments that were not opened yet, the oldest first. */
  readonly unread: readonly SignedNotification[];
  /** The ids of the last notifications that came: a repetition says nothing new. */
  readonly seenNotifications?: readonly string[];
  /** WeChat's last word on it. */
  readonly serviceOrder?: KnownServiceOrder;
  /** First come, first served; those whose outcome is known stay, for who asks again. */
  readonly operations: readonly OperationRecord[];
  readonly lastRefusal?: NamedRefusal;
  /** Why the order ended without having existed. */
  readonly explanation?: Fact | undefined;
  /** WeChat has another order under this number. */
  readonly isNumberTaken?: boolean;
  /** Before it existed: why WeChat did not take our calls. */
  readonly hinderedBy?: Fact;
  /** It was never there, and its number stays free for the same request: its run fails. */
  readonly wasNeverOpened?: boolean;
  readonly timeline: readonly TimelineEntry[];
}

/** Why WeChat must be asked until it has told. */
export interface QueryReason {
  /** RFC 3339. */
  readonly since: string;
  readonly why: Fact;
  /** A message says that the order is over: an account that does not is not enough for a while. */
  readonly isSaidToBeOver: boolean;
}

/** The run that had ended, while WeChat is asked once more about what it ended as. */
export function endedRun({
  phase,
  opening: { takesUp },
}: Pick<Order, 'phase' | 'opening'>): EarlierRun | undefined {
  return phase === 'creating' && takesUp && isFinal(takesUp.phase) ? takesUp : undefined;
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
  const begun = { code: 'opened', ...(opening.by !== undefined && { by: opening.by }) } as const;
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
    epoch: 0,
    unread: takesUp?.notifications ?? [],
    ...(takesUp && knownFrom(takesUp)),
    timeline: [{ at: rfc3339Of(at), event: isTakenUp ? { code: 'taken_up' } : begun }],
  };
}

/** What the earlier run leaves to be known of an order. */
export function knownFrom(earlier: EarlierRun): Partial<Order> {
  const { isBrokenOff, endedAt, phase, givingUp, serviceOrder, completedAt } = earlier;
  const { refunded, settled, outbox } = earlier;
  // While the user was to authorise nothing had been sent.
  const mayArrive = isBrokenOff && !isFinal(phase) && phase !== 'authorizing';
  return {
    ...(mayArrive && { mayArriveUntil: arrivedBy(endedAt) }),
    ...(givingUp !== undefined && { givingUp }),
    ...(refunded && { refunded }),
    ...(settled && { settled }),
    ...(outbox && { outbox }),
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
