/** The fold: the only code that changes an order. Pure: an order and what happened give the order afterwards. */
import { rfc3339Of } from './beijing-time.ts';
import { createUntilOf } from './deadline.ts';
import { endedAs, foldObservation, withoutDoubt } from './fold-observation.ts';
import { foldConclusion, foldRequest, withRecord } from './fold-operation.ts';
import { arrivedBy } from './in-flight.ts';
import { isPending, outcomeOf, type OperationRecord } from './operation.ts';
import { knownFrom, type Order } from './order.ts';
import type { EventOf, OrderEvent } from './order-event.ts';
import { isFinal } from './phase.ts';
import { notesOn, type Note } from './timeline.ts';
import { withTrouble } from './trouble.ts';
import { hasEnded } from './unserved.ts';

const ANEW = 'Nothing was created. A new attempt needs a new out_order_no.';
const AGAIN =
  'Nothing was created. When that is mended, the same request, under the same out_order_no, begins anew.';

/** An order has few; whoever repeats older ones meets an order that has ended. */
const HEARD_LIMIT = 20;

const WITHDRAWN = {
  phase: 'cancelled',
  explanation: 'The order was cancelled before it was created.',
  invitation: undefined,
} satisfies Partial<Order>;

/** The order after an event. A final phase stays; a stale observation changes nothing but the timeline. */
export function fold(order: Order, event: OrderEvent, at: Date): Order {
  const note = notesOn(order, at);
  if (isOvertaken(order, event)) return note('an answer came too late');
  switch (event.kind) {
    case 'permission':
      return foldPermission(order, event, note, at);
    case 'awaited':
      return foldAwaited(order, event, at);
    case 'authorization_told':
      return { ...order, toldAuthorisedAt: event.at };
    case 'invited': {
      const { invitation, until: authorizeUntil } = event;
      const text = order.invitation
        ? 'the invitation to authorise was renewed'
        : 'the user is invited to authorise';
      const saidNoAt = order.saidNoAt ?? at.toISOString();
      return note(text, { phase: 'authorizing', invitation, authorizeUntil, saidNoAt });
    }
    case 'unauthorized':
      return end(order, note, 'unauthorized', event);
    case 'unreachable':
      return end(order, note, 'rejected', event);
    case 'withdrawn':
      return note('cancelled before it was created', WITHDRAWN);
    case 'not_created': {
      const { isNumberTaken = false } = event;
      const { takesUp } = order.opening;
      // A run that only takes an order up, and finds none, ends as the one before it.
      return {
        ...end(order, note, 'rejected', event),
        ...(isNumberTaken && { isNumberTaken, explanation: event.why }),
        ...(takesUp && isFinal(takesUp.phase) && endedAs(takesUp)),
      };
    }
    case 'unserved':
      return foldUnserved(order, event, note);
    case 'given_up':
      return note(`given up: ${event.why}`, { givingUp: event.why });
    case 'taken_up':
      return note('taken up again: WeChat Pay is asked before anything is done', {
        isToBeLookedUp: true,
        mayArriveUntil: arrivedBy(at.toISOString()),
      });
    case 'remembered':
      return foldEarlierRun(order, event);
    case 'looked_up':
      return { ...order, isToBeLookedUp: false };
    case 'doubted': {
      const { why, isSaidToBeOver } = event;
      const { since: before, isSaidToBeOver: wasSaidSo = false } = order.doubt ?? {};
      const isNew = before === undefined || (isSaidToBeOver && !wasSaidSo);
      const since = isNew ? at.toISOString() : before;
      const doubt = { since, why, isSaidToBeOver: isSaidToBeOver || wasSaidSo };
      return note(`WeChat Pay is to be asked: ${why}`, { doubt });
    }
    case 'notified':
      return { ...order, unread: [...order.unread, event.signed] };
    case 'read':
      return { ...order, unread: order.unread.slice(1) };
    case 'heard':
      return { ...order, heard: [...(order.heard ?? []), event.id].slice(-HEARD_LIMIT) };
    case 'answered':
      return { ...order, troubles: withTrouble(order.troubles, { remove: ['misconfigured'] }) };
    case 'none_told':
      return withoutDoubt(order, at);
    case 'observed':
      return foldObservation(order, event, note, at);
    case 'asked':
      return foldRequest(order, event, note);
    case 'started': {
      const { key, body } = event;
      const startedAt = at.toISOString();
      const operations = withRecord(order, key, {
        state: 'running',
        startedAt,
        ...(body && { body }),
      });
      return { ...order, operations };
    }
    case 'progressed':
      return { ...order, operations: withRecord(order, event.key, { progress: event.progress }) };
    case 'sent':
    case 'returned': {
      const { key, progress } = event;
      const operations = progress ? withRecord(order, key, { progress }) : order.operations;
      return { ...order, operations, effects: order.effects + 1 };
    }
    case 'concluded':
      return foldConclusion(order, event, note);
    case 'declined':
      return note(`${event.operation} declined: ${event.rule}`, {
        troubles: withTrouble(order.troubles, { add: 'operation_refused' }),
      });
    case 'troubled': {
      const { trouble, refusal, why } = event;
      const because = refusal ? ` (${wordsOf(refusal)})` : why === undefined ? '' : ` (${why})`;
      return note(`trouble: ${trouble}${because}`, {
        troubles: withTrouble(order.troubles, { add: trouble }),
        ...(trouble === 'unresolved' && { unresolved: why }),
        ...(trouble === 'misconfigured' && !order.serviceOrder && { hinderedBy: why ?? '' }),
        ...(refusal && { lastRefusal: refusal }),
      });
    }
  }
}

/** What leads an order on, or to another end. */
const ENDINGS: readonly OrderEvent['kind'][] = [
  ...(['permission', 'invited', 'unauthorized', 'unreachable', 'withdrawn'] as const),
  ...(['not_created', 'given_up', 'unserved'] as const),
];

/** What could only have been said of an order that did not exist yet, or had not ended. */
function isOvertaken(order: Order, { kind }: OrderEvent) {
  const { phase, opening, authorizeUntil, createUntil: until, isToBeLookedUp } = order;
  if (order.isUnserved && ENDINGS.includes(kind)) return true;
  switch (kind) {
    case 'withdrawn':
    case 'unauthorized':
      return phase !== 'authorizing' || isToBeLookedUp;
    case 'invited':
      // A user who has authorised meanwhile needs no new token, and what was sent since must not be forgotten.
      if (phase === 'creating') return authorizeUntil !== undefined || until !== undefined;
      return phase !== 'authorizing';
    case 'permission':
      return !('request' in opening) || (phase !== 'authorizing' && phase !== 'creating');
    case 'unreachable':
    case 'not_created':
    case 'given_up':
      // Nothing is given up before WeChat has told what there is.
      return phase !== 'creating' || isToBeLookedUp;
    case 'unserved':
      return phase !== 'creating' && phase !== 'authorizing';
    case 'doubted':
    case 'troubled':
      return hasEnded(order);
    case 'awaited':
    case 'authorization_told':
    case 'taken_up':
    case 'remembered':
    case 'looked_up':
    case 'notified':
    case 'read':
    case 'heard':
    case 'answered':
    case 'none_told':
    case 'observed':
    case 'asked':
    case 'started':
    case 'progressed':
    case 'sent':
    case 'returned':
    case 'concluded':
    case 'declined':
      return false;
  }
}

/** An authorised user gets the order only while somebody is known to wait for it: it may be hours until a worker hears of it. */
function foldPermission(order: Order, event: EventOf<'permission'>, note: Note, at: Date): Order {
  const { authorization_state, by, since, asOf = order.awaitedAt } = event;
  const isAsked = by === 'openid' && asOf === order.awaitedAt ? { isUserBack: false } : {};
  const answered = withTrouble(order.troubles, { remove: ['misconfigured', 'unresolved'] });
  // That an order is over, its permission does not say.
  const doubt = order.doubt?.isSaidToBeOver ? order.doubt : undefined;
  const known = { ...isAsked, troubles: answered, doubt };
  if (authorization_state !== 'AVAILABLE') {
    const saidNoAt = at.toISOString();
    return note(`permission: ${authorization_state}`, { ...known, saidNoAt, isFoundLate: false });
  }
  // Business code had said before that the user waits: they turned to another order, or this one's own code will tell.
  if (
    order.phase === 'authorizing' &&
    by === 'openid' &&
    since &&
    Date.parse(since) > Date.parse(asOf)
  ) {
    return note('permission: AVAILABLE, of an authorisation after the user was last here', known);
  }
  // Asked by openid, it is about another order as well: when the user authorised says nothing of this one.
  const isOwn = by === 'code';
  const authorisedAt = isOwn
    ? (since ?? order.toldAuthorisedAt ?? laterOf(event.saidNoAt, order.saidNoAt))
    : undefined;
  const awaitedAt = latest(order.awaitedAt, authorisedAt, at);
  const until = createUntilOf({ ...order, awaitedAt });
  if (at > until) {
    const late = `permission: AVAILABLE, found too late: somebody last waited at ${rfc3339Of(new Date(awaitedAt))}`;
    return note(late, { ...known, awaitedAt, isFoundLate: true });
  }
  return note('permission: AVAILABLE', {
    ...known,
    awaitedAt,
    phase: 'creating',
    invitation: undefined,
    createUntil: until.toISOString(),
  });
}

/** What was told of a request once stays told; what was accepted since, or is handed over once more, goes on. */
function foldEarlierRun(order: Order, { earlier }: EventOf<'remembered'>): Order {
  const told = earlier.operations.filter((it) => outcomeOf(it) !== undefined);
  const isTold = ({ key }: OperationRecord) => told.some((it) => it.key === key);
  const operations = [...told, ...order.operations.filter((it) => !isTold(it))];
  const { agreedTotal: before, givingUp, completedAt, endedBefore } = knownFrom(earlier);
  const agreedTotal = Math.min(order.agreedTotal ?? Infinity, before ?? Infinity);
  return {
    ...order,
    operations,
    opening: { ...order.opening, takesUp: earlier },
    ...(Number.isFinite(agreedTotal) && { agreedTotal }),
    ...(givingUp !== undefined && { givingUp }),
    ...(completedAt !== undefined && { completedAt }),
    ...(endedBefore && { endedBefore }),
  };
}

function foldAwaited(order: Order, { at: told }: EventOf<'awaited'>, at: Date): Order {
  const awaitedAt = latest(order.awaitedAt, told, at);
  const after: Order = { ...order, awaitedAt, isUserBack: true };
  const { phase, createUntil: before } = order;
  if (phase !== 'creating' || before === undefined || at > new Date(before)) return after;
  const until = createUntilOf(after).toISOString();
  return { ...after, createUntil: until > before ? until : before };
}

/** Nobody is known to wait in the future, whatever another clock says. */
function latest(before: string, told: string | undefined, now: Date): string {
  const ms = Math.min(told === undefined ? 0 : Date.parse(told), now.getTime());
  return ms > Date.parse(before) ? new Date(ms).toISOString() : before;
}

/** Of two times in UTC. */
function laterOf(one = '', other = ''): string | undefined {
  return (one > other ? one : other) || undefined;
}

/** Who had cancelled it meanwhile has what they wanted. */
function foldUnserved(order: Order, { why }: EventOf<'unserved'>, note: Note): Order {
  if (order.operations.some((it) => it.operation === 'cancel' && isPending(it))) {
    const troubles = withTrouble(order.troubles, { remove: ['misconfigured', 'unresolved'] });
    return note('cancelled before it was created', { ...WITHDRAWN, troubles });
  }
  return note(`not created: ${why}`, {
    isUnserved: true,
    explanation: `WeChat Pay did not accept our calls in time: ${why}. ${AGAIN}`,
    invitation: undefined,
    troubles: withTrouble(order.troubles, { add: 'misconfigured', remove: ['unresolved'] }),
  });
}

function end(
  order: Order,
  note: Note,
  phase: 'unauthorized' | 'rejected',
  { why, refusal }: EventOf<'unauthorized' | 'unreachable' | 'not_created'>,
): Order {
  return note(`${phase}: ${why}${refusal ? ` (${wordsOf(refusal)})` : ''}`, {
    phase,
    explanation: 'request' in order.opening ? `${why} ${ANEW}` : why,
    invitation: undefined,
    doubt: undefined,
    troubles: withTrouble(order.troubles, { remove: ['unresolved'] }),
    ...(refusal && { lastRefusal: { ...refusal, operation: 'create' } }),
  });
}

function wordsOf({
  code,
  message,
  request_id,
}: {
  code: string;
  message: string;
  request_id: string;
}) {
  return `${code} ${message}, ${request_id}`;
}
