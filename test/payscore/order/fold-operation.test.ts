/** What is asked of an order is kept until its outcome is known, and the outcome for who asks again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordOf } from '../../../payscore/order/fold-operation.ts';
import { isPending, type Progress } from '../../../payscore/order/operation.ts';
import { ASKED_OPERATIONS } from '../../../payscore/order/operation-name.ts';
import { newOrder, type Order } from '../../../payscore/order/order.ts';
import { FIRST } from '../../../payscore/order/opening.ts';
import { inWords, lastLineOf, linesOf } from '../../support/words.ts';
import {
  after,
  asked,
  AT,
  bodies,
  brokenOff,
  concluded,
  done,
  later,
  LOWER,
  notAllowed,
  observed,
  orderIn,
  orderLowered,
  record,
  refusal,
  refused,
  started,
  TOTAL,
} from './orders.ts';

const OUTCOMES = [done, notAllowed, refused] as const;
const key = 'k-cancel';
const withTroubles = (order: Order, ...troubles: Order['troubles']) => ({ ...order, troubles });

for (const operation of ASKED_OPERATIONS) {
  test(`a request to ${operation} waits behind what was asked before`, () => {
    const order = after(orderIn('in_service'), asked('cancel', { key: 'first' }), asked(operation));
    assert.deepEqual(order.operations.slice(1), [
      record('cancel', { key: 'first' }),
      record(operation),
    ]);
  });

  for (const outcome of OUTCOMES) {
    test(`of a request to ${operation} that is ${outcome.kind} only what compares it is kept`, () => {
      const { kind: state, ...detail } = outcome;
      const { digest, receivedAt, total } = record(operation);
      const order = after(
        orderIn('in_service'),
        asked(operation),
        started(operation),
        concluded(`k-${operation}`, outcome),
      );
      const common = { operation, key: `k-${operation}`, digest, receivedAt };
      const amount = total === undefined ? {} : { total };
      const expected = { ...common, ...amount, state, ...detail };
      assert.deepEqual(recordOf(order, `k-${operation}`), expected);
    });
  }
}

test('the timeline says what was asked for, with its amount, and why it came to nothing', () => {
  const order = after(
    orderIn('in_service'),
    ...[asked('complete'), concluded('k-complete', refused)],
    ...[asked('cancel'), concluded(key, notAllowed)],
  );
  assert.deepEqual(linesOf(order).slice(-4), [
    'complete asked for: 800 fen',
    'complete refused: INVALID_REQUEST 综合评估不通过 (08F1-271300099)',
    'cancel asked for',
    'cancel not carried out: it was not done in time',
  ]);
});

test('a key is taken once', () => {
  const order = after(orderIn('paying'), asked('cancel'));
  assert.deepEqual(after(order, asked('modify', { key })), order);
});

test('what a run left behind is asked for anew under its key, behind what was asked before', () => {
  const operations = [record('cancel'), record('sync', { state: 'done' })];
  const order = after(newOrder(brokenOff('paying', { operations }), AT), asked('modify'));
  const again = record('cancel', { receivedAt: later(60).toISOString() });
  const anew = after(order, { kind: 'asked', record: again });
  const { operations: kept } = anew;
  assert.deepEqual(
    kept.map((it) => it.key),
    [FIRST, 'k-sync', 'k-modify', 'k-cancel'],
  );
  assert.deepEqual(kept.at(-1), again);
  assert.equal(lastLineOf(anew), 'cancel asked for');
});

test('what a run left behind is not carried out, and has no outcome, unless it is asked for again', () => {
  const order = newOrder(brokenOff('paying', { operations: [record('cancel')] }), AT);
  const progress = { unknownSince: AT.toISOString() };
  for (const outcome of OUTCOMES) assert.deepEqual(after(order, concluded(key, outcome)), order);
  assert.deepEqual(after(order, started('cancel'), { kind: 'progressed', key, progress }), order);
  const sent = after(order, { kind: 'sent', key, progress });
  assert.deepEqual(sent, { ...order, epoch: 1 });
});

test('what goes out and comes back is counted, and what is known of it kept', () => {
  const begun = after(orderIn('in_service'), asked('cancel'), started('cancel'));
  const progress = { lastSentAt: later(1).toISOString() };
  const sent = after(begun, { kind: 'sent', key });
  assert.deepEqual(sent, { ...begun, epoch: begun.epoch + 1 });
  const returned = after(sent, { kind: 'returned', key, progress });
  assert.equal(returned.epoch, begun.epoch + 2);
  assert.deepEqual(recordOf(returned, key), { ...recordOf(begun, key), progress });
});

for (const outcome of OUTCOMES) {
  test(`a request that is ${outcome.kind} ${outcome === done ? 'is' : 'is not'} what was agreed with WeChat`, () => {
    const before = orderIn('paying');
    assert.equal(before.agreedTotal, TOTAL);
    const order = after(
      before,
      ...[asked('modify'), started('modify'), concluded('k-modify', outcome)],
    );
    assert.equal(order.agreedTotal, outcome === done ? LOWER : TOTAL);
    const cancelled = after(order, asked('cancel'), started('cancel'), concluded(key, outcome));
    assert.equal(cancelled.agreedTotal, order.agreedTotal);
  });
}

test('a repetition that finds its effect there already raises nothing that was agreed since', () => {
  const repeated = asked('complete', { key: 'again' });
  const order = after(orderLowered(), repeated, concluded('again', done));
  assert.equal(order.agreedTotal, LOWER);
});

for (const outcome of OUTCOMES) {
  test(`why a request was unresolved is not told any more when it is ${outcome.kind}`, () => {
    const why = { code: 'charging' } as const;
    const held = { kind: 'troubled', trouble: 'unresolved', why } as const;
    const order = after(orderIn('paying'), asked('cancel'), started('cancel'), held);
    assert.deepEqual([order.unresolved, order.troubles], [why, ['unresolved']]);
    const known = after(order, concluded(key, outcome));
    assert.deepEqual([known.unresolved, known.troubles], [undefined, []]);
  });
}

for (const first of OUTCOMES) {
  test(`a request that is ${first.kind} stays so, whatever is told of it later`, () => {
    const order = after(orderIn('paying'), asked('cancel'), concluded(key, first));
    const progress = { unknownSince: AT.toISOString() };
    for (const outcome of OUTCOMES) {
      assert.deepEqual(after(order, concluded(key, outcome, true)), order);
    }
    assert.deepEqual(after(order, started('cancel'), { kind: 'progressed', key, progress }), order);
  });
}

test('nothing is concluded that was not asked for', () => {
  const order = orderIn('in_service');
  for (const outcome of OUTCOMES)
    assert.deepEqual(after(order, concluded('nobody’s', outcome)), order);
});

test('when something is asked for, the latest 100 of what is concluded are kept, and all that is still to be done', () => {
  let order = orderIn('in_service');
  for (let n = 0; n < 250; n++) {
    order = after(order, asked('cancel', { key: `past-${n}` }), concluded(`past-${n}`, notAllowed));
    if (n % 2 === 0) order = after(order, asked('cancel', { key: `pending-${n}` }));
  }
  order = after(order, asked('cancel', { key: 'the next' }));
  const past = order.operations.filter((it) => !isPending(it)).map((it) => it.key);
  assert.deepEqual(
    past,
    Array.from({ length: 100 }, (_, n) => `past-${150 + n}`),
  );
  assert.equal(order.operations.filter(isPending).length, 126);
});

// phase, outcome of a request for which nobody waits, whether it is trouble
for (const [phase, outcome, isTrouble] of [
  ['in_service', refused, true],
  ['in_service', notAllowed, true],
  ['in_service', done, false],
  ['paid', notAllowed, true],
  ['paid', done, false],
] as const) {
  test(`a request of a ${phase} order that is ${outcome.kind} is ${isTrouble ? '' : 'no '}trouble when nobody waits`, () => {
    const order = after(orderIn(phase), asked('cancel'));
    const { troubles } = after(order, concluded(key, outcome, true));
    assert.deepEqual(troubles, isTrouble ? ['operation_refused'] : []);
    assert.deepEqual(after(order, concluded(key, outcome, false)).troubles, []);
  });
}

test('what begins an order is waited for by its caller, and no operation that could be refused', () => {
  const order = after(orderIn('creating'), concluded(FIRST, notAllowed, true));
  assert.deepEqual(order.troubles, []);
});

test('a success ends the trouble of an earlier refusal, and of what was unresolved', () => {
  const order = withTroubles(
    after(orderIn('in_service'), asked('cancel')),
    ...(['operation_refused', 'unresolved', 'overdue'] as const),
  );
  assert.deepEqual(after(order, concluded(key, done)).troubles, ['overdue']);
});

test('that an order was created is no news of what was refused', () => {
  const order = withTroubles(orderIn('creating'), 'operation_refused', 'unresolved');
  assert.deepEqual(after(order, concluded(FIRST, done)).troubles, ['operation_refused']);
});

for (const outcome of [notAllowed, refused]) {
  for (const phase of ['in_service', 'paid'] as const) {
    test(`a request of a ${phase} order that is ${outcome.kind} is not unresolved any more`, () => {
      const order = withTroubles(after(orderIn(phase), asked('cancel')), 'unresolved');
      assert.deepEqual(after(order, concluded(key, outcome)).troubles, []);
    });
  }
}

test('a refused creation rejects the order with WeChat’s words and the advice to take a new number', () => {
  const { phase, lastRefusal, explanation } = orderIn('rejected');
  assert.equal(phase, 'rejected');
  assert.deepEqual(lastRefusal, { ...refusal, operation: 'create' });
  assert.match(inWords(explanation), /综合评估不通过.*new out_order_no/);
});

test('a refused creation leaves no trouble about it, nor about our keys', () => {
  const order = withTroubles(orderIn('creating'), 'unresolved', 'misconfigured');
  assert.deepEqual(after(order, concluded(FIRST, refused)).troubles, []);
});

test('a refused creation does not end an order that exists all the same', () => {
  for (const phase of ['in_service', 'paying'] as const) {
    const created = orderIn('creating');
    const order = after(after(created, observed(phase, 'query')), concluded(FIRST, refused));
    assert.deepEqual([order.phase, order.lastRefusal], [phase, undefined]);
  }
});

test('a refused operation leaves the order where it is, with WeChat’s words', () => {
  const order = after(orderIn('in_service'), asked('complete'), concluded('k-complete', refused));
  assert.deepEqual(
    [order.phase, order.lastRefusal],
    ['in_service', { ...refusal, operation: 'complete' }],
  );
});

for (const reason of ['no_permission', 'not_bound'] as const) {
  test(`an operation that is refused for ${reason} needs a person`, () => {
    const outcome = { kind: 'refused', refusal: { ...refusal, reason } } as const;
    const order = after(orderIn('in_service'), asked('cancel'), concluded(key, outcome, true));
    assert.deepEqual(order.troubles, ['operation_refused', 'misconfigured']);
  });
}

test('what WeChat refuses of an order that has ended is no news of the order', () => {
  const order = after(orderIn('paid'), asked('cancel'), concluded(key, refused, true));
  assert.deepEqual([order.lastRefusal, order.troubles], [undefined, []]);
});

const lastSentAt = later(10).toISOString();
const unknownSince = later(5).toISOString();
const until = later(10 + 330).toISOString();

// operation, what is known of its attempts, until when one of them may still arrive
for (const [operation, progress, lateArrivalUntil] of [
  ['modify', { lastSentAt, unknownSince }, until],
  ['modify', { lastSentAt }, undefined],
  ['modify', { unknownSince }, undefined],
  ['complete', { lastSentAt, unknownSince }, undefined],
  ['cancel', { lastSentAt, unknownSince }, undefined],
] as const satisfies readonly (readonly [string, Progress, string | undefined])[]) {
  const words = Object.keys(progress).join(' and ');
  test(`a ${operation} with ${words} may ${lateArrivalUntil ? '' : 'not '}arrive once more`, () => {
    for (const outcome of OUTCOMES) {
      const order = after(
        orderIn('paying'),
        ...[asked(operation), started(operation)],
        { kind: 'progressed', key: `k-${operation}`, progress },
        concluded(`k-${operation}`, outcome),
      );
      assert.equal(order.lateArrivalUntil, lateArrivalUntil);
    }
  });
}

test('a later correction whose outcome was always known does not shorten the wait for an earlier one', () => {
  const order = after(
    { ...orderIn('paying'), lateArrivalUntil: until },
    ...[asked('modify'), started('modify'), concluded('k-modify', done)],
  );
  assert.equal(order.lateArrivalUntil, until);
});

test('what runs keeps its place, its body and its request', () => {
  const order = after(
    orderIn('in_service'),
    asked('complete'),
    asked('cancel'),
    started('complete'),
  );
  const [, complete, cancel] = order.operations;
  assert.deepEqual(
    complete,
    record('complete', {
      state: 'running',
      startedAt: AT.toISOString(),
      body: bodies.complete,
    }),
  );
  assert.deepEqual(cancel, record('cancel'));
});
