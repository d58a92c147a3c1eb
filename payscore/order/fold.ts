/** The fold: the only code that changes an order. Pure: an order and what happened give the order afterwards. */
import { outboxAfter } from '../events/of-order.ts';
import { withoutFirst } from '../events/outbox.ts';
import { createUntilOf } from '../times/deadlines.ts';
import { endedAs, foldObservation, afterAnswer } from './fold-observation.ts';
import { foldConclusion, foldRequest, withRecord } from './fold-operation.ts';
import { arrivedBy } from '../times/in-flight.ts';
import { isPending, outcomeOf, type OperationRecord } from './operation.ts';
import { knownFrom, type Order } from './order.ts';
import type { EventOf, OrderEvent } from './event.ts';
import { isFinal } from '../rules/phase.ts';
import { saidIn } from './timeline.ts';
import { notesOn, type Note } from './note.ts';
import { withTrouble } from '../rules/trouble.ts';
import { hasEnded } from '../rules/ended.ts';
import { foldRefunds, foldSettled } from './fold-refunds.ts';

/** An order has few; whoever repeats older ones meets an order that has ended. */
const SEEN_LIMIT = 20;

const WITHDRAWN = {
  phase: 'cancelled',
  explanation: { code: 'withdrawn' },
  invitation: undefined,
} satisfies Partial<Order>;

/** The order after an event. A final phase stays; a stale observation changes nothing but the timeline. */
export function fold(order: Order, event: OrderEvent, at: Date): Order {
  const note = notesOn(order, at);
  if (isOvertaken(order, event)) return note({ code: 'answer_too_late' });
  switch (event.kind) {
    case 'permission':
      return foldPermission(order, event, note, at);
    case 'awaited':
      return foldAwaited(order, event, at);
    case 'authorization_told':
      return { ...order, toldAuthorisedAt: event.at };
    case 'invited': {
      const { invitation, until: authorizeUntil } = event;
      const code = order.invitation ? 'invitation_renewed' : 'invited';
      const saidNoAt = order.saidNoAt ?? at.toISOString();
      return note({ code }, { phase: 'authorizing', invitation, authorizeUntil, saidNoAt });
    }
    case 'unauthorized':
      return end(order, note, 'unauthorized', event);
    case 'unreachable':
      return end(order, note, 'rejected', event);
    case 'withdrawn':
      return note({ code: 'withdrawn' }, WITHDRAWN);
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
    case 'never_opened':
      return foldNeverOpened(order, event, note);
    case 'given_up':
      return note({ code: 'given_up', because: event.why }, { givingUp: event.why });
    case 'taken_up':
      return note(
        { code: 'taken_up_again' },
        {
          isToBeLookedUp: true,
          // What was asked for before may be about a time that is over.
          epoch: order.epoch + 1,
          mayArriveUntil: arrivedBy(at.toISOString()),
        },
      );
    case 'remembered':
      return foldEarlierRun(order, event);
    case 'looked_up':
      return { ...order, isToBeLookedUp: false };
    case 'query_needed': {
      const { why, isSaidToBeOver } = event;
      const { since: before, isSaidToBeOver: wasSaidSo = false } = order.mustQuery ?? {};
      const isNew = before === undefined || (isSaidToBeOver && !wasSaidSo);
      const since = isNew ? at.toISOString() : before;
      const mustQuery = { since, why, isSaidToBeOver: isSaidToBeOver || wasSaidSo };
      return note({ code: 'to_be_asked', because: why }, { mustQuery });
    }
    case 'notified':
      return { ...order, unread: [...order.unread, event.signed] };
    case 'read':
      return { ...order, unread: order.unread.slice(1) };
    case 'notification_seen': {
      const { seenNotifications = [] } = order;
      return { ...order, seenNotifications: [...seenNotifications, event.id].slice(-SEEN_LIMIT) };
    }
    case 'answered':
      return { ...order, troubles: withTrouble(order.troubles, { remove: ['misconfigured'] }) };
    case 'none_told':
      return afterAnswer(order, at);
    case 'refunded':
      return foldRefunds(order, event, note);
    case 'settled':
      return foldSettled(order, event, note, at);
    case 'published':
      return { ...order, ...(order.outbox && { outbox: withoutFirst(order.outbox, event.count) }) };
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
      return { ...order, operations, epoch: order.epoch + 1 };
    }
    case 'concluded':
      return foldConclusion(order, event, note);
    case 'declined':
      return note(
        { code: 'declined', operation: event.operation, because: event.rule },
        { troubles: withTrouble(order.troubles, { add: 'operation_refused' }) },
      );
    case 'troubled': {
      const { trouble, refusal, why } = event;
      const said = refusal && saidIn(refusal);
      return note(
        { code: 'trouble', trouble, because: why, refusal: said },
        {
          troubles: withTrouble(order.troubles, { add: trouble }),
          ...(trouble === 'unresolved' && { unresolved: why }),
          ...(trouble === 'misconfigured' && !order.serviceOrder && why && { hinderedBy: why }),
          ...(refusal && { lastRefusal: refusal }),
        },
      );
    }
  }
}

/** What leads an order on, or to another end. */
const ENDINGS: readonly OrderEvent['kind'][] = [
  ...(['permission', 'invited', 'unauthorized', 'unreachable', 'withdrawn'] as const),
  ...(['not_created', 'given_up', 'never_opened'] as const),
];

/** What could only have been said of an order that did not exist yet, or had not ended. */
function isOvertaken(order: Order, { kind }: OrderEvent) {
  const { phase, opening, authorizeUntil, createUntil: until, isToBeLookedUp } = order;
  if (order.wasNeverOpened && ENDINGS.includes(kind)) return true;
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
    case 'never_opened':
      return phase !== 'creating' && phase !== 'authorizing';
    case 'query_needed':
    case 'troubled':
      return hasEnded(order);
    case 'awaited':
    case 'authorization_told':
    case 'taken_up':
    case 'remembered':
    case 'looked_up':
    case 'notified':
    case 'read':
    case 'notification_seen':
    case 'answered':
    case 'none_told':
    case 'refunded':
    case 'settled':
    case 'published':
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
  const mustQuery = order.mustQuery?.isSaidToBeOver ? order.mustQuery : undefined;
  const known: Partial<Order> = { ...isAsked, troubles: answered, mustQuery };
  if (authorization_state !== 'AVAILABLE') {
    const saidNoAt = at.toISOString();
    return note(
      { code: 'permission', authorization_state },
      { ...known, saidNoAt, isFoundLate: false },
    );
  }
  // Business code had said before that the user waits: they turned to another order, or this one's own code will tell.
  if (
    order.phase === 'authorizing' &&
    by === 'openid' &&
    since &&
    Date.parse(since) > Date.parse(asOf)
  ) {
    return note({ code: 'permission_given_later' }, known);
  }
  // Asked by openid, it is about another order as well: when the user authorised says nothing of this one.
  const isOwn = by === 'code';
  const authorisedAt = isOwn
    ? (since ?? order.toldAuthorisedAt ?? laterOf(event.saidNoAt, order.saidNoAt))
    : undefined;
  const awaitedAt = latest(order.awaitedAt, authorisedAt, at);
  const until = createUntilOf({ ...order, awaitedAt });
  if (at > until) {
    return note(
      { code: 'permission_for_nobody', awaitedAt },
      { ...known, awaitedAt, isFoundLate: true },
    );
  }
  return note(
    { code: 'permission', authorization_state },
    {
      ...known,
      awaitedAt,
      phase: 'creating',
      invitation: undefined,
      createUntil: until.toISOString(),
    },
  );
}

/** What was told of a request once stays told; what was accepted since, or is handed over once more, goes on. */
function foldEarlierRun(order: Order, { earlier, runId }: EventOf<'remembered'>): Order {
  const told = earlier.operations.filter((it) => outcomeOf(it) !== undefined);
  const isTold = ({ key }: OperationRecord) => told.some((it) => it.key === key);
  const operations = [...told, ...order.operations.filter((it) => !isTold(it))];
  const { agreedTotal: before, givingUp, completedAt, endedBefore } = knownFrom(earlier);
  const agreedTotal = Math.min(order.agreedTotal ?? Infinity, before ?? Infinity);
  const { outbox } = earlier;
  return {
    ...order,
    operations,
    opening: { ...order.opening, takesUp: earlier },
    ...(outbox && { outbox: outboxAfter(outbox, order.outbox, runId) }),
    ...(Number.isFinite(agreedTotal) && { agreedTotal }),
    ...(givingUp !== undefined && { givingUp }),
    ...(completedAt !== undefined && { completedAt }),
    ...(endedBefore && { endedBefore }),
  };
}

function foldAwaited(
  order: Order,
  { at: told, countsAsReceived = false }: EventOf<'awaited'>,
  at: Date,
): Order {
  const awaitedAt = latest(order.awaitedAt, told, at);
  const after: Order = { ...order, awaitedAt, isUserBack: true };
  const { phase, createUntil: before } = order;
  const since = countsAsReceived ? new Date(told) : at;
  if (phase !== 'creating' || before === undefined || since > new Date(before)) return after;
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
function foldNeverOpened(order: Order, { why }: EventOf<'never_opened'>, note: Note): Order {
  if (order.operations.some((it) => it.operation === 'cancel' && isPending(it))) {
    const troubles = withTrouble(order.troubles, { remove: ['misconfigured', 'unresolved'] });
    return note({ code: 'withdrawn' }, { ...WITHDRAWN, troubles });
  }
  return note(
    { code: 'never_opened', because: why },
    {
      wasNeverOpened: true,
      explanation: { code: 'never_accepted', because: why },
      invitation: undefined,
      troubles: withTrouble(order.troubles, { add: 'misconfigured', remove: ['unresolved'] }),
    },
  );
}

function end(
  order: Order,
  note: Note,
  phase: 'unauthorized' | 'rejected',
  { why, refusal }: EventOf<'unauthorized' | 'unreachable' | 'not_created'>,
): Order {
  const said = refusal && { refusal: saidIn(refusal) };
  return note(
    { code: 'ended', phase, because: why, ...said },
    {
      phase,
      explanation: 'request' in order.opening ? { code: 'nothing_created', because: why } : why,
      invitation: undefined,
      mustQuery: undefined,
      troubles: withTrouble(order.troubles, { remove: ['unresolved'] }),
      ...(refusal && { lastRefusal: { ...refusal, operation: 'create' } }),
    },
  );
}
