/** The fold: what may happen to an order where, and what cannot undo what is known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../payscore/fold.ts';
import { FIRST, newOrder } from '../../payscore/order.ts';
import type { OrderEvent } from '../../payscore/order-event.ts';
import { isFinal, PHASES, type Phase } from '../../payscore/phase.ts';
import {
  after,
  asked,
  AT,
  concluded,
  creating,
  done,
  frozen,
  invited,
  later,
  notAllowed,
  observed,
  OPENID,
  opening,
  orderIn,
  plain,
  refusal,
  refused,
  reopened,
  started,
  WECHAT_PHASES,
} from './orders.ts';

const SOURCES = ['create', 'adopt', 'complete', 'modify', 'sync', 'query', 'notification'] as const;
const observations = WECHAT_PHASES.flatMap((phase) => SOURCES.map((by) => observed(phase, by)));

const permission = (authorization_state: string) =>
  ({ kind: 'permission', authorization_state }) as const;
const unauthorized = { kind: 'unauthorized', why: 'The user did not come.' } as const;
const unreachable = { kind: 'unreachable', why: 'No answer.' } as const;
const notCreated = { kind: 'not_created', why: 'WeChat Pay has none.' } as const;
const withdrawn = { kind: 'withdrawn' } as const;
const givenUp = { kind: 'given_up', why: 'in the confirm mode' } as const;
const declined = { kind: 'declined', operation: 'complete', rule: 'not now' } as const;
const troubled = { kind: 'troubled', trouble: 'unresolved' } as const;

const others: readonly OrderEvent[] = [
  ...[permission('AVAILABLE'), permission('UNAVAILABLE'), invited, unauthorized, unreachable],
  ...[withdrawn, notCreated, givenUp, declined, troubled, creating],
  ...[asked('complete'), asked('cancel'), started('complete')],
  ...[done, notAllowed, refused].flatMap((outcome) => [
    concluded(FIRST, outcome),
    concluded('k-complete', outcome, true),
  ]),
];

test('the material stands where it says', () => {
  for (const phase of PHASES) assert.equal(orderIn(phase).phase, phase);
});

for (const phase of PHASES.filter(isFinal)) {
  test(`nothing leads out of ${phase}`, () => {
    for (const event of [...observations, ...others]) {
      assert.equal(after(orderIn(phase), event).phase, phase, JSON.stringify(event));
    }
  });

  test(`what is known of a ${phase} order is not overwritten`, () => {
    const { serviceOrder, explanation, refundDue } = orderIn(phase);
    for (const event of [...observations, ...others]) {
      const order = after(orderIn(phase), event);
      assert.deepEqual(order.serviceOrder, serviceOrder);
      assert.deepEqual([order.explanation, order.refundDue], [explanation, refundDue]);
    }
  });
}

// event, the phases in which it says something, and where it leads
const PLACES: readonly (readonly [OrderEvent, Partial<Record<Phase, Phase>>])[] = [
  [permission('AVAILABLE'), { authorizing: 'creating', creating: 'creating' }],
  [permission('UNAVAILABLE'), { authorizing: 'authorizing', creating: 'creating' }],
  [permission('UNHEARD_OF'), { authorizing: 'authorizing', creating: 'creating' }],
  [invited, { authorizing: 'authorizing' }],
  [unauthorized, { authorizing: 'unauthorized' }],
  [withdrawn, { authorizing: 'cancelled' }],
  [unreachable, { creating: 'rejected' }],
  [notCreated, { creating: 'rejected' }],
  [givenUp, { creating: 'creating' }],
];

for (const [event, places] of PLACES) {
  const words = 'authorization_state' in event ? event.authorization_state : '';
  for (const from of PHASES) {
    const to = places[from];
    test(`'${event.kind}' ${words} ${to ? `leads from ${from} to ${to}` : `comes too late for ${from}`}`, () => {
      const before = orderIn(from);
      const order = after(before, event);
      assert.equal(order.phase, to ?? from);
      const last = order.timeline.at(-1)?.event;
      if (to) return assert.notEqual(last, 'an answer came too late');
      assert.equal(last, 'an answer came too late');
      assert.deepEqual({ ...order, timeline: [] }, { ...before, timeline: [] });
    });
  }
}

test('an order is invited once, before anything was sent; later only while it is authorizing', () => {
  const opened = newOrder(opening, AT);
  const order = after(opened, invited);
  assert.deepEqual(
    [order.phase, order.invitation, order.authorizeUntil],
    ['authorizing', invited.invitation, invited.until],
  );
  const authorised = after(order, permission('AVAILABLE'));
  assert.deepEqual([authorised.phase, authorised.invitation], ['creating', undefined]);
  assert.equal(after(authorised, invited).phase, 'creating');
  assert.equal(after(opened, creating, invited).phase, 'creating');
});

test('a renewed invitation has the new token', () => {
  const invitation = { ...invited.invitation, apply_permissions_token: 'another' };
  const order = after(orderIn('authorizing'), { ...invited, invitation });
  assert.deepEqual(order.invitation, invitation);
  assert.match(order.timeline.at(-1)?.event ?? '', /renewed/);
});

for (const event of [unauthorized, withdrawn]) {
  test(`nobody can use the invitation of an order that is ${event.kind}`, () => {
    assert.equal(after(orderIn('authorizing'), event).invitation, undefined);
  });
}

for (const [event, words] of [
  [unreachable, /^No answer\. .*new out_order_no/],
  [notCreated, /^WeChat Pay has none\. .*new out_order_no/],
  [unauthorized, /^The user did not come\. .*new out_order_no/],
  [withdrawn, /cancelled before it was created/],
] as const) {
  test(`an order that ends because it is '${event.kind}' says why`, () => {
    const from = event === unreachable || event === notCreated ? 'creating' : 'authorizing';
    assert.match(after(orderIn(from), event).explanation ?? '', words);
  });
}

test('an order that ends by WeChat’s refusal keeps it as one of its creation', () => {
  const order = after(orderIn('creating'), { ...notCreated, refusal });
  assert.deepEqual(order.lastRefusal, { ...refusal, operation: 'create' });
  assert.match(order.timeline.at(-1)?.event ?? '', /综合评估不通过, 08F1-271300099/);
});

for (const [before, end] of [
  ...(['unauthorized', 'cancelled', 'rejected'] as const).map((phase) => [phase, phase] as const),
  ['creating', 'rejected'],
  ['in_service', 'rejected'],
] as const) {
  test(`an order that was ${before}, and that WeChat does not have, ends ${end} once more`, () => {
    const order = newOrder(reopened(before), AT);
    assert.equal(after(order, notCreated).phase, end);
  });
}

test('an order that does not exist is not unresolved any more', () => {
  for (const event of [notCreated, unreachable]) {
    const order = after(orderIn('creating'), troubled, event);
    assert.deepEqual(order.troubles, []);
  }
});

test('wrong keys stay the trouble of an order that they have kept from being created', () => {
  const misconfigured = { kind: 'troubled', trouble: 'misconfigured' } as const;
  const order = after(orderIn('creating'), misconfigured, notCreated);
  assert.deepEqual(order.troubles, ['misconfigured']);
});

test('what is given up stays so, with the reason, until WeChat has cancelled it', () => {
  const order = after(orderIn('creating'), givenUp);
  assert.deepEqual([order.phase, order.givingUp], ['creating', 'in the confirm mode']);
  const ended = after(order, observed('cancelled', 'query'));
  assert.equal(ended.phase, 'rejected');
  assert.match(ended.explanation ?? '', /in the confirm mode.*new out_order_no/);
});

test('a message that cannot be kept is trouble, because nobody hears of it', () => {
  const order = after(orderIn('in_service'), declined);
  assert.deepEqual(order.troubles, ['operation_refused']);
  assert.match(order.timeline.at(-1)?.event ?? '', /complete declined: not now/);
});

test('a trouble is noted once, with WeChat’s words where it has said any', () => {
  const lastRefusal = { ...refusal, operation: 'query' } as const;
  const event = { kind: 'troubled', trouble: 'misconfigured', refusal: lastRefusal } as const;
  const order = after(orderIn('paying'), troubled, event, event);
  assert.deepEqual(order.troubles, ['unresolved', 'misconfigured']);
  assert.deepEqual(order.lastRefusal, lastRefusal);
  assert.match(order.timeline.at(-1)?.event ?? '', /misconfigured \(INVALID_REQUEST/);
});

test('an order that has ended is in no new trouble', () => {
  for (const phase of PHASES.filter(isFinal)) {
    assert.deepEqual(after(orderIn(phase), troubled).troubles, []);
  }
});

test('what begins is noted with its time and body, and the creation with its deadline', () => {
  const order = fold(newOrder(opening, AT), creating, later(1));
  const [first] = order.operations;
  assert.deepEqual(
    [first?.state, first?.startedAt, first?.body, order.createUntil],
    ['running', later(1).toISOString(), creating.body, creating.createUntil],
  );
});

test('what begins once more keeps its body', () => {
  const order = after(orderIn('creating'), { kind: 'started', key: FIRST });
  assert.deepEqual(order.operations[0]?.body, creating.body);
  assert.equal(order.createUntil, creating.createUntil);
});

test('what is known of the attempts is kept with the request', () => {
  const progress = { lastSentAt: AT.toISOString(), chargingRefusals: 2 };
  const order = after(orderIn('creating'), { kind: 'progressed', key: FIRST, progress });
  assert.deepEqual(order.operations[0]?.progress, progress);
});

test('keeps the openid out of what is shown', () => {
  for (const phase of PHASES) {
    const { opening: _opening, openid: _openid, operations, ...rest } = orderIn(phase);
    assert.ok(!JSON.stringify(rest).includes(OPENID));
    assert.ok(!JSON.stringify(operations.slice(1)).includes(OPENID));
  }
});

test('never changes the order it is given', () => {
  for (const phase of PHASES) {
    const order = frozen(orderIn(phase));
    for (const event of [...observations, ...others]) fold(order, event, AT);
  }
});

test('an order that a new run takes over goes on as it would have done', () => {
  for (const phase of PHASES) {
    for (const event of [...observations, ...others]) {
      const order = orderIn(phase);
      assert.deepEqual(plain(after(plain(order), event)), plain(after(order, event)));
    }
  }
});
