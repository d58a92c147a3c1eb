/**
 * What no event may do to an order, written from the design (2 and 4) and not from the fold: which phase may follow which
 * and by what, what is said once and stays, what must agree with what.
 */
import assert from 'node:assert/strict';
import type { OperationRecord } from '../../payscore/operation.ts';
import type { Order } from '../../payscore/order.ts';
import type { OrderEvent } from '../../payscore/order-event.ts';
import type { Phase } from '../../payscore/phase.ts';
import { OPENID } from '../payscore/orders.ts';

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
  },
  authorizing: {
    creating: ['permission'],
    ...existence(),
    cancelled: ['settled', 'withdrawn'],
    unauthorized: ['unauthorized'],
  },
  in_service: { paying: ['found', 'settled'], ...settlement() },
  paying: settlement(),
  paid: {},
  paid_elsewhere: {},
  free: {},
  cancelled: {},
  rejected: {},
  unauthorized: {},
};

function existence() {
  return {
    in_service: ['found', 'settled'],
    paying: ['found', 'settled'],
    ...settlement(),
  } as const;
}

/** Only a query's answer or a verified notification. */
function settlement() {
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
export function assertLawful(before: Order, event: OrderEvent, after: Order): void {
  assertMoved(before, event, after);
  assertKept(before, after);
  assertOperations(before.operations, event, after.operations);
  assertTroubles(before, event, after);
  assertTimeline(before, after);
}

function assertMoved(before: Order, event: OrderEvent, after: Order): void {
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
  if (to === 'in_service') assert.ok(!(from === 'creating' && isGivenUp(before)), 'not wanted');
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
function assertKept(before: Order, after: Order): void {
  assert.equal(after.opening, before.opening);
  assert.equal(after.out_order_no, before.out_order_no);
  const once = ['openid', 'authorizeUntil', 'inServiceSince', 'completedAt'] as const;
  for (const field of once) {
    if (before[field] !== undefined) assert.equal(after[field], before[field], field);
  }
  if (isGivenUp(before)) assert.ok(isGivenUp(after));
  if (after.phase !== 'authorizing') assert.equal(after.invitation, undefined);
  if (!FINAL.includes(before.phase)) return;
  assert.equal(after.phase, before.phase);
  assert.equal(after.serviceOrder, before.serviceOrder);
  assert.equal(after.refundDue, before.refundDue);
  assert.equal(after.explanation, before.explanation);
}

type Records = readonly OperationRecord[];
const isOpen = ({ state }: OperationRecord) => state === 'waiting' || state === 'running';
const LIMIT = 100;

/** First come, first served; one outcome for each key, which stays. */
function assertOperations(before: Records, event: OrderEvent, after: Records): void {
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

function assertTroubles(before: Order, event: OrderEvent, after: Order): void {
  const { phase, troubles, refundDue, serviceOrder } = after;
  assert.equal(new Set(troubles).size, troubles.length, 'a trouble twice');
  assert.equal(troubles.includes('refund_due'), refundDue !== undefined);
  const hasEnded = FINAL.includes(phase) && !FINAL.includes(before.phase);
  if (hasEnded && phase !== 'unauthorized' && event.kind !== 'withdrawn') {
    assert.ok(!troubles.includes('unresolved'), 'ended, and unresolved');
  }
  const details = serviceOrder?.collection?.details ?? [];
  const charged = details
    .filter(({ paid_type }) => paid_type === 'NEWTON')
    .reduce((sum, { amount = 0 }) => sum + amount, 0);
  if (refundDue) {
    assert.equal(phase, 'paid');
    assert.ok(refundDue.amount > 0 && refundDue.amount <= charged, 'owed more than charged');
  }
  if (phase !== 'paid' || before.phase === 'paid') return;
  assert.ok(charged > 0, 'paid with nothing');
  const isCrossed = before.operations.some(
    (it) => isOpen(it) && (it.operation === 'cancel' || it.operation === 'sync'),
  );
  if (isCrossed || isGivenUp(before)) assert.equal(refundDue?.amount, charged);
}

function assertTimeline(before: Order, after: Order): void {
  assert.ok(after.timeline.length <= 50, 'a timeline without end');
  assert.deepEqual(after.timeline[0], before.timeline[0]);
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
