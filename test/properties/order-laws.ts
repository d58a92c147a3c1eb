/**
 * What no event may do to an order, written from the design (2 and 4) and not from the fold: which phase may follow which
 * and by what, what is said once and stays, what must agree with what.
 */
import assert from 'node:assert/strict';
import type { OperationRecord } from '../../payscore/order/operation.ts';
import type { Order } from '../../payscore/order/order.ts';
import type { EarlierRun } from '../../payscore/order/opening.ts';
import type { OrderEvent } from '../../payscore/order/event.ts';
import type { Phase } from '../../payscore/rules/phase.ts';
import { OPENID } from '../payscore/order/orders.ts';

type Kind = OrderEvent['kind'] | 'settled' | 'found' | 'refused';

/** By what an order may go from one phase to another; what is not named is forbidden. */
const WAYS: Readonly<Record<Phase, Partial<Record<Phase, readonly Kind[]>>>> = {
  creating: {
    authorizing: ['invited'],
    ...existence(),
    // what was given up is cancelled, and was never wanted
    rejected: ['unreachable', 'not_created', 'refused', 'settled'],
    // what only was taken up again, and is not there any more, ends as before
    unauthorized: ['not_created', 'settled'],
    cancelled: ['settled', 'not_created'],
    paid: ['settled', 'not_created'],
    paid_elsewhere: ['settled', 'not_created'],
    free: ['settled', 'not_created'],
  },
  authorizing: {
    creating: ['permission'],
    ...existence(),
    cancelled: ['settled', 'withdrawn'],
    unauthorized: ['unauthorized'],
  },
  in_service: { paying: ['found', 'settled'], ...finalPhases() },
  paying: finalPhases(),
  paid: {},
  // that it was charged after all is proof
  paid_elsewhere: { paid: ['settled'] },
  free: { paid: ['settled'] },
  cancelled: { paid: ['settled'] },
  rejected: { paid: ['settled'] },
  unauthorized: { paid: ['settled'] },
};

function existence() {
  return {
    in_service: ['found', 'settled'],
    paying: ['found', 'settled'],
    ...finalPhases(),
  } as const;
}

/** Only a query's answer or a verified notification. */
function finalPhases() {
  return {
    paid: ['settled'],
    paid_elsewhere: ['settled'],
    free: ['settled'],
    cancelled: ['settled'],
  } as const;
}

const FINAL: readonly Phase[] = [
  ...(['paid', 'paid_elsewhere', 'free', 'cancelled', 'rejected', 'unauthorized'] as const),
];

function sayingOf(event: OrderEvent): Kind {
  if (event.kind === 'concluded') return event.outcome.kind === 'refused' ? 'refused' : 'concluded';
  if (event.kind !== 'observed') return event.kind;
  return event.by === 'query' || event.by === 'notification' ? 'settled' : 'found';
}

/** @throws {assert.AssertionError} where the event has done to the order what it may not do */
export function assertLawful(before: Order, event: OrderEvent, after: Order, at: Date): void {
  assertMoved(before, event, after, at);
  assertKept(before, event, after);
  if (event.kind === 'remembered') assertRemembered(before, event.earlier, after);
  else assertOperations(before.operations, event, after.operations);
  assertTroubles(before, event, after);
  assertTimeline(before, after);
  assertTold(before, event, after, at);
  assertWaited(before, event, after, at);
}

function assertMoved(before: Order, event: OrderEvent, after: Order, at: Date): void {
  const { phase: from, opening } = before;
  const { phase: to } = after;
  if (event.kind === 'observed') assertIts(before, event.serviceOrder, after);
  if (from === to) return;
  const ways = WAYS[from][to] ?? [];
  assert.ok(ways.includes(sayingOf(event)), `from ${from} to ${to} by ${sayingOf(event)}`);
  const isSent = before.createUntil !== undefined;
  if (to === 'authorizing') assert.ok(!isSent, 'invited after the creation was begun');
  if (event.kind === 'not_created' && to !== 'rejected') assert.equal(to, opening.takesUp?.phase);
  if (event.kind === 'observed') {
    const wasOver = opening.takesUp?.phase === to && isRevoked(event);
    const isNoMore = from === 'creating' && isGivenUp(before) && isRevoked(event);
    assert.equal(to === 'rejected' && !wasOver, isNoMore);
    if (to === 'unauthorized') assert.ok(wasOver);
  }
  if (to !== 'in_service' || from !== 'creating') return;
  assert.ok(!isGivenUp(before), 'not wanted');
  const { createUntil, isToBeLookedUp } = before;
  const isInTime = createUntil === undefined || at <= new Date(createUntil);
  assert.ok(isToBeLookedUp || isInTime, 'not wanted any more');
}

const isGivenUp = ({ givingUp }: Order) => givingUp !== undefined;
const isRevoked = ({ serviceOrder }: Extract<OrderEvent, { kind: 'observed' }>) =>
  serviceOrder.state === 'REVOKED';

/** Of another order, or of nobody knows what, nothing is learned. */
function assertIts(before: Order, said: object, after: Order): void {
  const { state, out_order_no, openid: user } = said as Readonly<Record<string, string>>;
  const isKnown = ['DOING', 'DONE', 'REVOKED', 'EXPIRED'].includes(state ?? '');
  const isSame = user === undefined || before.openid === undefined || before.openid === user;
  if (isKnown && isSame && out_order_no === before.out_order_no) return;
  assert.deepEqual({ ...after, timeline: before.timeline }, before);
}

/** What is final is final; what was learned once stays. */
function assertKept(before: Order, event: OrderEvent, after: Order): void {
  if (event.kind !== 'remembered') assert.equal(after.opening, before.opening);
  assert.equal(after.out_order_no, before.out_order_no);
  const once = ['openid', 'authorizeUntil', 'inServiceSince', 'completedAt'] as const;
  for (const field of once) {
    if (before[field] !== undefined) assert.equal(after[field], before[field], field);
  }
  if (isGivenUp(before)) assert.ok(isGivenUp(after));
  if (after.phase !== 'authorizing') assert.equal(after.invitation, undefined);
  if (!FINAL.includes(before.phase)) return;
  if (after.phase === 'paid' && before.phase !== 'paid')
    return assertChargedAfterAll(before, after);
  assert.equal(after.phase, before.phase);
  assert.equal(after.serviceOrder, before.serviceOrder);
  assert.equal(after.refundDue, before.refundDue);
  assert.equal(after.explanation, before.explanation);
}

/** All of it is owed: nothing was to be charged any more. */
function assertChargedAfterAll(before: Order, after: Order): void {
  const charged = chargedOf(after);
  const { amount = 0, because = before.phase } = after.refundDue ?? {};
  assert.deepEqual([amount, because], [charged, before.phase]);
}

function chargedOf({ serviceOrder }: Order): number {
  return (serviceOrder?.collection?.details ?? [])
    .filter(({ paid_type }) => paid_type === 'NEWTON')
    .reduce((sum, { amount = 0 }) => sum + amount, 0);
}

type Records = readonly OperationRecord[];
const isOpen = ({ state }: OperationRecord) => state === 'waiting' || state === 'running';
const LIMIT = 100;

/** First come, first served; one outcome for each key, which stays. What was left behind may be asked for anew. */
function assertOperations(known: Records, event: OrderEvent, after: Records): void {
  const isRevived = ({ key, state }: OperationRecord) =>
    event.kind === 'asked' && event.record.key === key && state === 'left_behind';
  const before = known.filter((it) => !isRevived(it));
  const keys = after.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length, 'a key twice');
  const kept = before.filter((it) => keys.includes(it.key));
  assert.deepEqual(
    keys.slice(0, kept.length),
    kept.map(({ key }) => key),
  );
  for (const [index, it] of kept.entries()) {
    if (!isOpen(it)) assert.equal(after[index], it, 'another outcome');
  }
  const lost = before.filter((it) => !keys.includes(it.key));
  assert.ok(!lost.some(isOpen), 'lost what was still to be done');
  assert.ok(lost.length === 0 || after.filter((it) => !isOpen(it)).length === LIMIT);
  assert.ok(after.length - kept.length <= (event.kind === 'asked' ? 1 : 0));
}

/** What the run before has told of a request counts; what it has not told of goes on as it is, and nothing else changes. */
function assertRemembered(before: Order, earlier: EarlierRun, after: Order): void {
  const { takesUp } = after.opening;
  assert.equal(takesUp, earlier);
  const told = earlier.operations.filter(
    ({ state }) => state === 'done' || state === 'refused' || state === 'not_allowed',
  );
  const keysTold = told.map(({ key }) => key);
  const keys = after.operations.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length, 'a key twice');
  const isTold = ({ key }: OperationRecord) => keysTold.includes(key);
  assert.deepEqual(after.operations.filter(isTold), told, 'what was told is told as it was');
  assert.deepEqual(
    after.operations.filter((it) => !isTold(it)),
    before.operations.filter((it) => !isTold(it)),
    'what was accepted goes on',
  );
  const { operations, opening, agreedTotal, givingUp, completedAt, endedBefore } = before;
  const known = { agreedTotal, givingUp, completedAt, endedBefore };
  assert.equal(after.givingUp, earlier.givingUp ?? givingUp);
  assert.equal(after.completedAt, earlier.completedAt ?? completedAt);
  assert.deepEqual(
    {
      ...{ ...after, operations, ...known },
      opening: { ...after.opening, takesUp: opening.takesUp },
    },
    { ...before, ...known, opening: { ...opening, takesUp: opening.takesUp } },
  );
}

/** An agreed total that an earlier run tells is the least that WeChat had said yes to in it. */
function totalsAgreedIn({ operations, phase, serviceOrder }: EarlierRun): number[] {
  const done = operations.filter(({ state }) => state === 'done').map(({ total }) => total);
  const isCompleted = phase === 'paying' || phase === 'paid';
  const shown = isCompleted ? serviceOrder?.total_amount : undefined;
  return [...done, shown].filter((total) => total !== undefined);
}

function assertTroubles(before: Order, event: OrderEvent, after: Order): void {
  const { phase, troubles, refundDue, serviceOrder } = after;
  assert.equal(new Set(troubles).size, troubles.length, 'a trouble twice');
  assert.equal(troubles.includes('refund_due'), refundDue !== undefined);
  const hasEnded = FINAL.includes(phase) && !FINAL.includes(before.phase);
  if (hasEnded && phase !== 'unauthorized' && event.kind !== 'withdrawn') {
    assert.ok(!troubles.includes('unresolved'), 'ended, and unresolved');
  }
  if (troubles.includes('amount_raised')) assert.equal(phase, 'paying');
  const charged = chargedOf(after);
  if (refundDue) {
    assert.equal(phase, 'paid');
    assert.ok(refundDue.amount > 0 && refundDue.amount <= charged, 'owed more than charged');
  }
  if (phase !== 'paid' || before.phase === 'paid') return;
  const details = serviceOrder?.collection?.details ?? [];
  const isByCoupon = details.length > 0 && details.every(({ amount }) => amount === 0);
  assert.ok(charged > 0 || (isByCoupon && serviceOrder?.total_amount !== 0), 'paid with nothing');
  const owed = refundDue?.amount ?? 0;
  if (isCrossed(before) || isGivenUp(before)) assert.equal(owed, charged);
  const { agreedTotal = Infinity } = before;
  assert.ok(owed >= charged - agreedTotal, 'charged more than was agreed');
}

/** A cancellation or a payment elsewhere was promised, by this run or one before it, and nothing else was asked for since. */
function isCrossed({ operations }: Order): boolean {
  const charges = operations.filter(
    ({ operation, state }) =>
      (operation === 'complete' || operation === 'modify') &&
      (state === 'running' || state === 'done'),
  );
  return operations
    .filter(({ operation }) => operation === 'cancel' || operation === 'sync')
    .some(
      (it) =>
        isOpen(it) ||
        (it.state === 'left_behind' &&
          charges.every(({ receivedAt }) => receivedAt <= it.receivedAt)),
    );
}

function assertTimeline(before: Order, after: Order): void {
  assert.ok(after.timeline.length <= 50, 'a timeline without end');
  assert.deepEqual(after.timeline[0], before.timeline[0]);
}

const TEN_MINUTES_MS = 600_000;
const isLong = (since: string | undefined, at: Date) =>
  at.getTime() - Date.parse(since ?? at.toISOString()) >= TEN_MINUTES_MS;

/** What WeChat says against what it has said before is neither believed at once nor forgotten. */
function assertTold(before: Order, event: OrderEvent, after: Order, at: Date): void {
  const beginsEpoch = ['sent', 'returned', 'taken_up'].includes(event.kind);
  assert.equal(after.epoch, before.epoch + (beginsEpoch ? 1 : 0), 'epochs are counted');
  assertNotOld(before, event, after);
  assertAgreed(before, event, after);
  assertQueried(before, event, after, at);
  assertUnread(before, event, after);
  assertNotGivenUpUnseen(before, event, after);
  const isNew = (trouble: Order['troubles'][number]) =>
    after.troubles.includes(trouble) && !before.troubles.includes(trouble);
  if (isNew('amount_raised')) assert.ok(isLong(before.raisedSince, at), 'believed at once');
  if (before.isToBeLookedUp !== after.isToBeLookedUp) {
    assert.equal(event.kind, after.isToBeLookedUp ? 'taken_up' : 'looked_up');
  }
}

/** Notifications are kept in their order until they are read, one by one. */
function assertUnread({ unread }: Order, event: OrderEvent, after: Order): void {
  if (event.kind === 'notified') assert.deepEqual(after.unread, [...unread, event.signed]);
  else if (event.kind === 'read') assert.deepEqual(after.unread, unread.slice(1));
  else assert.equal(after.unread, unread);
}

const GIVING_UP: readonly Kind[] = [
  ...(['unreachable', 'not_created', 'given_up', 'unauthorized', 'withdrawn'] as const),
];

/** Nothing is given up before WeChat has told what there is. */
function assertNotGivenUpUnseen(before: Order, event: OrderEvent, after: Order): void {
  if (!before.isToBeLookedUp || !GIVING_UP.includes(event.kind)) return;
  assert.deepEqual({ ...after, timeline: before.timeline }, before, 'given up unseen');
}

/** An answer to a question of an earlier epoch changes nothing, unless it ends the order. */
function assertNotOld(before: Order, event: OrderEvent, after: Order): void {
  if (event.kind !== 'observed') return;
  const { asOf = before.epoch } = event;
  if (asOf >= before.epoch) return;
  if (after.phase !== before.phase && FINAL.includes(after.phase)) return;
  assert.deepEqual({ ...after, timeline: before.timeline }, before);
}

/** What WeChat has said yes to, and a total above it. */
function assertAgreed(before: Order, event: OrderEvent, after: Order): void {
  if (event.kind === 'remembered') {
    // The least of all that WeChat had said yes to, whoever remembers it.
    const own = before.agreedTotal === undefined ? [] : [before.agreedTotal];
    const totals = [...totalsAgreedIn(event.earlier), ...own];
    assert.equal(after.agreedTotal, totals.length === 0 ? undefined : Math.min(...totals));
  } else if (after.agreedTotal !== before.agreedTotal) {
    assert.ok(event.kind === 'concluded' && event.outcome.kind === 'done');
    const record = before.operations.find(({ key }) => key === event.key);
    assert.equal(record?.total, after.agreedTotal);
    // What was found to be there already raises nothing.
    const isLower = (after.agreedTotal ?? Infinity) < (before.agreedTotal ?? Infinity);
    assert.ok(record?.state === 'running' || isLower, 'agreed without having been carried out');
  }
  if (event.kind !== 'observed' || event.by !== 'query' || after.phase !== 'paying') return;
  const [from = Infinity, to = 0] = [before, after].map((it) => it.serviceOrder?.total_amount);
  if (to > from && to > (before.agreedTotal ?? Infinity)) {
    assert.ok(after.troubles.includes('amount_raised'), 'raised, and nobody is told');
  }
}

/** That the order is said to be over is asked for until it is, or for ten minutes since that was said. */
function assertQueried(before: Order, event: OrderEvent, after: Order, at: Date): void {
  const wasOver = before.mustQuery?.isSaidToBeOver === true;
  const isOver = after.mustQuery?.isSaidToBeOver === true;
  if (wasOver && !isOver) {
    const isLongAgo = isLong(before.mustQuery?.since, at);
    assert.ok(FINAL.includes(after.phase) || isLongAgo, 'a payment that nobody looks for');
  }
  if (!wasOver && isOver) {
    assert.equal(event.kind, 'query_needed');
    assert.equal(after.mustQuery?.since, at.toISOString());
  }
  if (wasOver && isOver) assert.equal(after.mustQuery?.since, before.mustQuery?.since);
  const isAnswer = ['observed', 'permission', 'none_told'].includes(event.kind);
  if (before.mustQuery && !after.mustQuery) assert.ok(isAnswer || FINAL.includes(after.phase));
}

/** An authorised user gets the order only while somebody is known to wait for it. */
function assertWaited(before: Order, event: OrderEvent, after: Order, at: Date): void {
  const from = Date.parse(before.awaitedAt);
  const to = Date.parse(after.awaitedAt);
  assert.ok(to >= from, 'nobody waits for less long than was known');
  if (to > from) assert.ok(to <= at.getTime(), 'somebody waits in the future');
  const isInvited = before.authorizeUntil !== undefined;
  const until = new Date(to + (isInvited ? 300_000 : 60_000));
  const isBack = event.kind === 'awaited' && before.phase === 'creating';
  if (isBack && before.createUntil !== undefined && at <= new Date(before.createUntil)) {
    const latest = [before.createUntil, until.toISOString()].toSorted().at(-1);
    return assert.equal(after.createUntil, latest, 'somebody waits still');
  }
  if (after.createUntil === before.createUntil) return;
  assert.ok(event.kind === 'permission' && event.authorization_state === 'AVAILABLE');
  assert.equal(after.phase, 'creating');
  assert.equal(after.createUntil, until.toISOString());
  assert.ok(at <= until, 'nobody waits any more');
}

/** All that an order is can be carried into another run, and shown to anybody. */
export function assertPlain(value: unknown): void {
  if (value === undefined || value === null) return;
  if (typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') return assert.ok(Number.isSafeInteger(value));
  assert.ok([Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value)));
  Object.values(value).forEach(assertPlain);
}

export function assertAnonymous(shown: unknown): void {
  const text = JSON.stringify(shown);
  assert.ok(!text.includes(OPENID) && !text.includes('oSomebodyElse') && !text.includes('openid'));
}
