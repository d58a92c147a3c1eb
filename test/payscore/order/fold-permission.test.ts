/** Who has authorised gets the order only while somebody is known to wait for it, however late a worker hears of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../../payscore/order/fold.ts';
import { newOrder, type Order } from '../../../payscore/order/order.ts';
import type { OrderEvent } from '../../../payscore/order/event.ts';
import { failure } from '../../../payscore/order/fact.ts';
import { lastLineOf } from '../../support/words.ts';
import { after, AT, creating, invited, later, observed, opening, permission } from './orders.ts';

const at = (seconds: number) => later(seconds).toISOString();
const opened = newOrder(opening, AT);
const patient: Order = newOrder(
  {
    ...opening,
    request: { ...opening.request, deadlines: { creation_seconds: 10 } },
  },
  AT,
);

/** The order after each of these at its second. */
function lived(order: Order, ...events: readonly (readonly [number, OrderEvent])[]): Order {
  return events.reduce((before, [seconds, event]) => fold(before, event, later(seconds)), order);
}
const isWaited = ({ phase, createUntil, isFoundLate }: Order) =>
  [phase, createUntil, isFoundLate ?? false] as const;
const yes = (by: 'openid' | 'code', since?: number) =>
  permission('AVAILABLE', by, since === undefined ? undefined : at(since));
const no = (by: 'openid' | 'code' = 'code') => permission('UNAVAILABLE', by);
const back = (seconds: number) => ({ kind: 'awaited', at: at(seconds) }) as const;
const told = (seconds: number) => ({ kind: 'authorization_told', at: at(seconds) }) as const;

// the second at which the permission is known, until which second WeChat has to say that the order exists
for (const [order, known, until] of [
  [opened, 0, 60],
  [opened, 60, 60],
  [opened, 61, undefined],
  [patient, 10, 10],
  [patient, 11, undefined],
] as const) {
  const words = order === patient ? ', if its caller waits for 10 s' : '';
  test(`a permission that is known after ${known} s ${until === undefined ? 'comes too late' : 'leads on'}${words}`, () => {
    const permitted = lived(order, [known, yes('openid')]);
    const createUntil = until === undefined ? undefined : at(until);
    assert.deepEqual(isWaited(permitted), ['creating', createUntil, until === undefined]);
  });
}

test('an order that was found too late is not invited, and says since when nobody waits', () => {
  const order = lived(opened, [3_600, yes('openid')]);
  assert.equal(order.invitation, undefined);
  assert.match(lastLineOf(order), /too late.*2026-10-01T12:00:00\+08:00/);
});

test('an invited user has five minutes since he authorised', () => {
  for (const [known, until] of [
    [1_000, 1_000 + 300],
    [1_300, 1_300],
  ] as const) {
    const order = lived(opened, [1, invited], [known, yes('code', until - 300)]);
    assert.deepEqual(isWaited(order), ['creating', at(until), false]);
    assert.equal(order.awaitedAt, at(until - 300));
  }
  const late = lived(opened, [1, invited], [1_301, yes('code', 1_000)]);
  assert.deepEqual(isWaited(late), ['authorizing', undefined, true]);
  assert.deepEqual(late.invitation, invited.invitation);
});

test('asked by openid, when the user authorised says nothing of this order', () => {
  const order = lived(opened, [1, invited], [1_000, yes('openid')]);
  assert.deepEqual(isWaited(order), ['authorizing', undefined, true]);
  assert.equal(order.awaitedAt, at(0));
  const notified = lived(opened, [1, invited], [900, told(890)]);
  assert.equal(lived(notified, [1_000, yes('openid')]).phase, 'authorizing');
});

test('a user who authorised after business code had last said that they wait did so for another order', () => {
  const isHere = [500, back(500)] as const;
  const other = lived(opened, [1, invited], isHere, [510, yes('openid', 501)]);
  assert.deepEqual(isWaited(other), ['authorizing', undefined, false]);
  const before = lived(opened, [1, invited], isHere, [510, yes('openid', 500)]);
  assert.deepEqual(isWaited(before), ['creating', at(800), false]);
  assert.equal(lived(other, [520, back(520)], [521, yes('openid', 501)]).phase, 'creating');
  assert.equal(lived(other, [521, yes('code', 501)]).phase, 'creating');
});

test('where WeChat does not say when the user authorised, its notification does', () => {
  const order = lived(opened, [1, invited], [901, told(900)], [1_000, yes('code')]);
  assert.deepEqual(isWaited(order), ['creating', at(1_200), false]);
  const contradicted = lived(opened, [1, invited], [901, told(900)], [1_000, yes('code', 950)]);
  assert.equal(contradicted.createUntil, at(1_250));
});

test('where nobody says when the user authorised, it was after WeChat last said no', () => {
  const order = lived(opened, [1, invited], [800, no()], [1_000, yes('code')]);
  assert.deepEqual(isWaited(order), ['creating', at(1_100), false]);
  const invitedFirst = lived(opened, [700, invited], [1_000, yes('code')]);
  assert.deepEqual(isWaited(invitedFirst), ['creating', at(1_000), false]);
  assert.equal(lived(opened, [700, invited], [1_001, yes('code')]).isFoundLate, true);
});

test('an invitation says no for the first time, and a renewed one does not', () => {
  assert.equal(lived(opened, [5, invited]).saidNoAt, at(5));
  assert.equal(lived(opened, [5, invited], [9, invited]).saidNoAt, at(5));
  assert.equal(lived(opened, [3, no('openid')], [5, invited]).saidNoAt, at(3));
  assert.equal(lived(opened, [5, invited], [9, no()]).saidNoAt, at(9));
});

test('who comes back after he was found too late gets the order', () => {
  const late = lived(opened, [1, invited], [5_000, yes('code', 1_000)]);
  const order = lived(late, [6_000, back(5_990)], [6_001, yes('openid')]);
  assert.deepEqual([order.phase, order.createUntil], ['creating', at(5_990 + 300)]);
  assert.equal(order.invitation, undefined);
});

test('who authorised, ended that, and authorises again was not too late', () => {
  const late = lived(opened, [1, invited], [5_000, yes('code', 1_000)]);
  const ended = lived(late, [5_500, no()]);
  assert.equal(ended.isFoundLate, false);
  assert.equal(lived(ended, [6_000, yes('code', 5_900)]).phase, 'creating');
});

test('a user who is back is asked for by openid once', () => {
  const waiting = lived(opened, [1, invited], [10, back(10)]);
  assert.equal(waiting.isUserBack, true);
  assert.equal(lived(waiting, [11, no('code')]).isUserBack, true);
  for (const event of [no('openid'), yes('openid')]) {
    assert.equal(lived(waiting, [11, event]).isUserBack, false);
  }
});

test('somebody waits since the latest moment that is known, and not in the future', () => {
  assert.equal(lived(opened, [10, back(5)], [20, back(3)]).awaitedAt, at(5));
  assert.equal(lived(opened, [10, back(-5)]).awaitedAt, at(0));
  assert.equal(lived(opened, [10, back(99_999)]).awaitedAt, at(10));
  assert.equal(lived(opened, [1, invited], [10, yes('code', 99_999)]).createUntil, at(310));
  assert.equal(lived(opened, [1, invited], [10, back(9)], [11, yes('code', 5)]).awaitedAt, at(9));
});

// when somebody is back, the second that is said of it, until which second WeChat has to say that the order exists
for (const [known, said, until] of [
  [40, 40, 100],
  [60, 50, 110],
  [60, 60, 120],
  // nobody waits in the future
  [30, 99_999, 90],
  // never earlier
  [30, -5, 60],
  // too late: what WeChat says now is not wanted any more
  [61, 61, 60],
  [61, 50, 60],
] as const) {
  test(`an order that is created, and for which somebody is back at ${said} s, as is known at ${known} s, is waited for until ${until} s`, () => {
    const order = lived(opened, [0, yes('openid')], [1, creating], [known, back(said)]);
    assert.deepEqual(isWaited(order), ['creating', at(until), false]);
    assert.equal(order.isUserBack, true);
  });
}

test('an invited user who comes back while the order is created has five minutes more', () => {
  const order = lived(opened, [1, invited], [100, yes('code', 100)], [350, back(350)]);
  assert.deepEqual(isWaited(order), ['creating', at(650), false]);
  assert.equal(order.awaitedAt, at(350));
});

test('a deadline of the caller’s own is moved by as much as he gave', () => {
  const order = lived(patient, [0, yes('openid')], [1, creating], [9, back(8)]);
  assert.equal(order.createUntil, at(18));
});

test('an order that exists is waited for no more', () => {
  const exists = lived(
    opened,
    [0, yes('openid')],
    [1, creating],
    [2, observed('in_service', 'query')],
  );
  assert.equal(lived(exists, [30, back(30)]).createUntil, at(60));
});

test('a moment that nobody can read changes nothing', () => {
  const order = lived(opened, [1, invited], [10, permission('AVAILABLE', 'code', 'soon')]);
  assert.deepEqual(isWaited(order), ['creating', at(300), false]);
});

test('that WeChat answers at all shows that it takes our calls, and is not silent', () => {
  const troubles = ['misconfigured', 'unresolved', 'operation_refused'] as const;
  for (const event of [no('openid'), no(), yes('openid'), yes('code', 0)]) {
    assert.deepEqual(after({ ...opened, troubles }, event).troubles, ['operation_refused']);
  }
});

test('the permission answers what it must be queried for, but not that the order is said to be over', () => {
  const why = failure('a message');
  const queryNeeded = (isSaidToBeOver: boolean) =>
    ({ kind: 'query_needed', why, isSaidToBeOver }) as const;
  for (const event of [no(), yes('code', 0)]) {
    assert.equal(after(opened, invited, queryNeeded(false), event).mustQuery, undefined);
    assert.deepEqual(after(opened, invited, queryNeeded(true), event).mustQuery, {
      ...{ since: at(0), why, isSaidToBeOver: true },
    });
  }
});

test('an order that exists, or has ended, needs no permission any more', () => {
  const order = after(opened, yes('openid'), creating, observed('in_service', 'query'));
  for (const event of [yes('code', 0), no()]) {
    const known = after(order, event);
    assert.deepEqual({ ...known, timeline: order.timeline }, order);
  }
});
