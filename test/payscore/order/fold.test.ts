/** The fold: what may happen to an order where, and what cannot undo what is known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../../payscore/order/fold.ts';
import { newOrder } from '../../../payscore/order/order.ts';
import { FIRST } from '../../../payscore/order/opening.ts';
import { failure, type Fact } from '../../../payscore/order/fact.ts';
import type { OrderEvent } from '../../../payscore/order/event.ts';
import { isFinal, PHASES, type Phase } from '../../../payscore/rules/phase.ts';
import { inWords, lastLineOf } from '../../support/words.ts';
import {
  after,
  asked,
  AT,
  attempted,
  brokenOff,
  concluded,
  creating,
  done,
  frozen,
  IN_CONFIRM_MODE,
  invited,
  later,
  newton,
  NOT_AUTHORISED,
  notAllowed,
  observed,
  OPENID,
  opening,
  orderIn,
  permission,
  plain,
  record,
  refusal,
  refused,
  reopened,
  started,
  TOTAL,
  WECHAT_PHASES,
} from './orders.ts';

const SOURCES = ['create', 'adopt', 'complete', 'modify', 'sync', 'query', 'notification'] as const;
const observations = WECHAT_PHASES.flatMap((phase) => SOURCES.map((by) => observed(phase, by)));

const unauthorized = { kind: 'unauthorized', why: NOT_AUTHORISED } as const;
const unasked = { code: 'permission_unasked', because: failure('no answer') } as const;
const unreachable = { kind: 'unreachable', why: unasked } as const;
const notCreated = { kind: 'not_created', why: { code: 'none_under_number' } } as const;
const withdrawn = { kind: 'withdrawn' } as const;
const givenUp = { kind: 'given_up', why: IN_CONFIRM_MODE } as const;
const reused = { code: 'key_reused' } as const;
const declined = { kind: 'declined', operation: 'complete', rule: reused } as const;
const troubled = { kind: 'troubled', trouble: 'unresolved' } as const;
const why = failure('a message');
const queryNeeded = { kind: 'query_needed', why, isSaidToBeOver: true } as const;
const takenUp = { kind: 'taken_up' } as const;
const lookedUp = { kind: 'looked_up' } as const;
const awaited = { kind: 'awaited', at: later(600).toISOString() } as const;
const signed = { headers: { 'wechatpay-nonce': 'n' }, body: 'e30=' };
const notified = { kind: 'notified', signed } as const;
const read = { kind: 'read' } as const;
const remembered = {
  kind: 'remembered',
  runId: 'reset',
  earlier: brokenOff('paying').takesUp!,
} as const;
const authorizationTold = { kind: 'authorization_told', at: AT.toISOString() } as const;
const noneTold = { kind: 'none_told' } as const;

const others: readonly OrderEvent[] = [
  ...[permission('AVAILABLE'), permission('UNAVAILABLE'), invited, unauthorized, unreachable],
  ...[permission('AVAILABLE', 'code', AT.toISOString()), permission('UNAVAILABLE', 'code')],
  ...[withdrawn, notCreated, givenUp, declined, troubled, creating],
  ...[
    queryNeeded,
    takenUp,
    remembered,
    lookedUp,
    notified,
    read,
    awaited,
    authorizationTold,
    noneTold,
    { kind: 'answered' } as const,
  ],
  ...[...attempted(FIRST), ...attempted('k-cancel'), { ...notCreated, isNumberTaken: true }],
  ...[asked('complete'), asked('cancel'), started('complete')],
  ...[done, notAllowed, refused].flatMap((outcome) => [
    concluded(FIRST, outcome),
    concluded('k-complete', outcome, true),
  ]),
];

test('the material stands where it says', () => {
  for (const phase of PHASES) assert.equal(orderIn(phase).phase, phase);
});

/** The account of a charge. However an order had ended, that is proof. */
const isCharge = (event: OrderEvent) =>
  event.kind === 'observed' &&
  (event.by === 'query' || event.by === 'notification') &&
  event.serviceOrder.collection?.details[0]?.paid_type === 'NEWTON';

for (const phase of PHASES.filter(isFinal)) {
  const isPaid = phase === 'paid';
  test(`nothing leads out of ${phase}${isPaid ? '' : ', but that it was charged after all'}`, () => {
    for (const event of [...observations, ...others]) {
      const expected = isCharge(event) ? 'paid' : phase;
      assert.equal(after(orderIn(phase), event).phase, expected, JSON.stringify(event));
    }
  });

  test(`what is known of a ${phase} order is not overwritten${isPaid ? '' : ', but by a charge'}`, () => {
    const { serviceOrder, explanation, refundDue } = orderIn(phase);
    for (const event of [...observations, ...others]) {
      if (!isPaid && isCharge(event)) continue;
      const order = after(orderIn(phase), event);
      assert.deepEqual(order.serviceOrder, serviceOrder);
      assert.deepEqual([order.explanation, order.refundDue], [explanation, refundDue]);
    }
  });
}

for (const phase of PHASES.filter(isFinal).filter((it) => it !== 'paid')) {
  for (const by of ['query', 'notification'] as const) {
    test(`an order that had ended ${phase}, and was charged after all as a ${by} says, owes all of it`, () => {
      const order = after(orderIn(phase), observed('paid', by));
      const { amount, transaction_id } = newton;
      assert.equal(order.phase, 'paid');
      assert.deepEqual(
        order.serviceOrder?.collection,
        observed('paid', by).serviceOrder.collection,
      );
      assert.deepEqual(order.refundDue, { amount, because: phase, transaction_id });
      assert.deepEqual(order.troubles, ['refund_due']);
    });
  }
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
      const last = lastLineOf(order);
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
  assert.equal(after(opened, permission('AVAILABLE'), creating, invited).phase, 'creating');
});

test('a renewed invitation has the new token', () => {
  const invitation = { ...invited.invitation, apply_permissions_token: 'another' };
  const order = after(orderIn('authorizing'), { ...invited, invitation });
  assert.deepEqual(order.invitation, invitation);
  assert.match(lastLineOf(order), /renewed/);
});

for (const event of [unauthorized, withdrawn]) {
  test(`nobody can use the invitation of an order that is ${event.kind}`, () => {
    assert.equal(after(orderIn('authorizing'), event).invitation, undefined);
  });
}

for (const [event, words] of [
  [unreachable, /^The user's permission could not be asked for: no answer\. .*new out_order_no/],
  [notCreated, /^WeChat Pay knows no order under this number\. .*new out_order_no/],
  [
    unauthorized,
    /^The user has not authorised the service in time .*UNAVAILABLE\)\. .*new out_order_no/,
  ],
  [withdrawn, /cancelled before it was created/],
] as const) {
  test(`an order that ends because it is '${event.kind}' says why`, () => {
    const from = event === unreachable || event === notCreated ? 'creating' : 'authorizing';
    assert.match(inWords(after(orderIn(from), event).explanation), words);
  });
}

test('an order that ends by WeChat’s refusal keeps it as one of its creation', () => {
  const order = after(orderIn('creating'), { ...notCreated, refusal });
  assert.deepEqual(order.lastRefusal, { ...refusal, operation: 'create' });
  assert.match(lastLineOf(order), /综合评估不通过, 08F1-271300099/);
});

test('a number that belongs to another order is said to be taken, in the words of that', () => {
  const order = after(orderIn('creating'), { ...notCreated, isNumberTaken: true, refusal });
  const { phase, isNumberTaken, explanation } = order;
  assert.deepEqual([phase, isNumberTaken, explanation], ['rejected', true, notCreated.why]);
  assert.equal(after(orderIn('creating'), notCreated).isNumberTaken, undefined);
});

for (const [before, end] of [
  ...(['unauthorized', 'cancelled', 'rejected'] as const).map((phase) => [phase, phase] as const),
  ['creating', 'rejected'],
  ['in_service', 'rejected'],
] as const) {
  test(`an order that was ${before}, and that WeChat does not have, ends ${end} once more`, () => {
    const order = newOrder(reopened(before), AT);
    assert.equal(after(order, lookedUp, notCreated).phase, end);
  });
}

test('how an order had been refused, and that its number is taken, stays known where WeChat does not have it', () => {
  const lastRefusal = { ...refusal, operation: 'create' } as const;
  const taken = { code: 'number_taken', differs: ['risk_fund.amount'], isAdoptable: true } as const;
  const earlier = { lastRefusal, isNumberTaken: true, explanation: taken };
  const order = after(newOrder(reopened('rejected', earlier), AT), lookedUp, notCreated);
  const { phase, isNumberTaken, explanation } = order;
  assert.deepEqual([phase, isNumberTaken, explanation], ['rejected', true, taken]);
  assert.deepEqual(order.lastRefusal, lastRefusal);
});

for (const event of [unreachable, notCreated, givenUp, unauthorized, withdrawn]) {
  test(`'${event.kind}' comes too early for an order that is still to be looked up`, () => {
    const from = event === unauthorized || event === withdrawn ? 'authorizing' : 'creating';
    const before = after(orderIn(from), takenUp);
    const order = after(before, event);
    assert.equal(lastLineOf(order), 'an answer came too late');
    assert.deepEqual({ ...order, timeline: [] }, { ...before, timeline: [] });
    const known = after(before, lookedUp, event);
    assert.notEqual(lastLineOf(known), 'an answer came too late');
  });
}

test('notifications are kept until they are read, the oldest first, also when the order has ended', () => {
  const another = { ...signed, body: 'eyJhIjoxfQ==' };
  for (const phase of PHASES) {
    const order = after(orderIn(phase), notified, { ...notified, signed: another });
    assert.deepEqual(order, { ...orderIn(phase), unread: [signed, another] });
    assert.deepEqual(after(order, read).unread, [another]);
    assert.deepEqual(after(order, read, read, read), orderIn(phase));
  }
  const next = newOrder(brokenOff('paying', { notifications: [signed] }), AT);
  assert.deepEqual(next.unread, [signed]);
});

test('what the run knew that was reset is told of its requests, and the rest goes on', () => {
  const complete = record('complete', { state: 'done' });
  const cancel = record('cancel', { ...notAllowed, state: 'not_allowed' });
  const left = record('modify', { state: 'left_behind' });
  const { takesUp } = brokenOff('paying', { operations: [complete, cancel, left] });
  const before = after(
    ...([orderIn('in_service'), asked('complete'), started('complete'), asked('modify')] as const),
    takenUp,
  );
  const order = after(before, { kind: 'remembered', runId: 'reset', earlier: takesUp! });
  assert.deepEqual(order.opening, { ...opening, takesUp });
  assert.deepEqual(
    order.operations.map(({ key, state }) => [key, state]).toSorted(),
    [
      ['k-cancel', 'not_allowed'],
      ['k-complete', 'done'],
      ['k-modify', 'waiting'],
      [FIRST, 'done'],
    ].toSorted(),
  );
  assert.equal(order.agreedTotal, TOTAL);
  assert.deepEqual([order.phase, order.isToBeLookedUp], ['in_service', true]);
  assert.deepEqual(order.serviceOrder, before.serviceOrder);
});

test('a run that knew of nothing agreed leaves what is', () => {
  const order = after(orderIn('paying'), {
    ...remembered,
    earlier: brokenOff('creating').takesUp!,
  });
  assert.equal(order.agreedTotal, TOTAL);
});

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
  assert.deepEqual([order.phase, order.givingUp], ['creating', IN_CONFIRM_MODE]);
  const ended = after(order, observed('cancelled', 'query'));
  assert.equal(ended.phase, 'rejected');
  assert.match(inWords(ended.explanation), /in the confirm mode.*new out_order_no/);
});

test('a message that cannot be kept is trouble, because nobody is told of it', () => {
  const order = after(orderIn('in_service'), declined);
  assert.deepEqual(order.troubles, ['operation_refused']);
  assert.match(lastLineOf(order), /complete declined: the Idempotency-Key was used before/);
});

test('a trouble is noted once, with WeChat’s words where it has said any', () => {
  const lastRefusal = { ...refusal, operation: 'query' } as const;
  const event = { kind: 'troubled', trouble: 'misconfigured', refusal: lastRefusal } as const;
  const order = after(orderIn('paying'), troubled, event, event);
  assert.deepEqual(order.troubles, ['unresolved', 'misconfigured']);
  assert.deepEqual(order.lastRefusal, lastRefusal);
  assert.match(lastLineOf(order), /misconfigured \(INVALID_REQUEST/);
});

test('why something is unresolved is told in the last words for it, and only then', () => {
  const unresolved = (because: Fact) => ({ ...troubled, why: because });
  const odd = failure('It is odd.');
  const order = after(orderIn('paying'), unresolved({ code: 'charging' }), unresolved(odd));
  assert.deepEqual(order.unresolved, odd);
  assert.equal(lastLineOf(order), 'trouble: unresolved (It is odd.)');
  const wrong = failure('Wrong keys.');
  const other = after(order, { kind: 'troubled', trouble: 'misconfigured', why: wrong });
  assert.deepEqual(other.unresolved, odd);
  assert.equal(lastLineOf(other), 'trouble: misconfigured (Wrong keys.)');
});

test('once WeChat answers, our keys are right, whatever else is wrong', () => {
  const order = after(
    orderIn('in_service'),
    troubled,
    { kind: 'troubled', trouble: 'misconfigured' },
    { kind: 'answered' },
  );
  assert.deepEqual(order.troubles, ['unresolved']);
});

test('an order that may know too little is to be looked up, and once that is done it is not', () => {
  const order = fold(orderIn('paying'), takenUp, later(100));
  assert.equal(order.isToBeLookedUp, true);
  assert.equal(order.mayArriveUntil, later(100 + 30 + 330).toISOString());
  const known = after(order, lookedUp);
  assert.deepEqual([known.isToBeLookedUp, known.mayArriveUntil], [false, order.mayArriveUntil]);
});

test('an order that has ended is in no new trouble', () => {
  for (const phase of PHASES.filter(isFinal)) {
    assert.deepEqual(after(orderIn(phase), troubled).troubles, []);
  }
});

test('what begins is noted with its time and body, and leaves the deadline of the creation alone', () => {
  const authorised = after(newOrder(opening, AT), permission('AVAILABLE'));
  const order = fold(authorised, creating, later(1));
  const [first] = order.operations;
  assert.deepEqual(
    [first?.state, first?.startedAt, first?.body, order.createUntil],
    ['running', later(1).toISOString(), creating.body, later(60).toISOString()],
  );
});

test('what begins once more keeps its body', () => {
  const before = orderIn('creating');
  const order = after(before, { kind: 'started', key: FIRST });
  assert.deepEqual(order.operations[0]?.body, creating.body);
  assert.equal(order.createUntil, before.createUntil);
});

test('what is known of the attempts is kept with the request', () => {
  const progress = { lastSentAt: AT.toISOString(), chargingRefusals: 2 };
  const order = after(orderIn('creating'), { kind: 'progressed', key: FIRST, progress });
  assert.deepEqual(order.operations[0]?.progress, progress);
});

for (const kind of ['sent', 'returned'] as const) {
  test(`that something was ${kind} makes what was asked before old`, () => {
    const before = orderIn('in_service');
    for (const key of [FIRST, 'k-complete', 'nobody’s']) {
      assert.deepEqual(after(before, { kind, key }), { ...before, epoch: before.epoch + 1 });
    }
  });
}

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
