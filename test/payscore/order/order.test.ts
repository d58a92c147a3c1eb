/** What an order begins with. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newOrder } from '../../../payscore/order/order.ts';
import { FIRST, isToBeCreated, numberOf, type Opening } from '../../../payscore/order/opening.ts';
import { isFinal, PHASES } from '../../../payscore/rules/phase.ts';
import { inWords, linesOf } from '../../support/words.ts';
import {
  adoption,
  AT,
  brokenOff,
  later,
  LOWER,
  OPENID,
  opening,
  plain,
  record,
  reopened,
  said,
  TOO_LATE,
  TOTAL,
} from './orders.ts';

const { openid: _openid, ...serviceOrder } = said('paying', { total_amount: LOWER });

// opening, what it begins with, in whose name, how its timeline begins, whether WeChat must be asked before all else
for (const [what, begins, operation, openid, event, isToBeLookedUp] of [
  ['that is opened', opening, 'create', OPENID, 'opened', false],
  [
    'that is opened, and may exist',
    { ...opening, mayExist: true },
    'create',
    OPENID,
    'opened',
    true,
  ],
  [
    'that was opened before',
    reopened('cancelled'),
    'adopt',
    OPENID,
    'taken up from WeChat Pay',
    true,
  ],
  [
    'that was being created',
    brokenOff('creating'),
    'create',
    OPENID,
    'taken up from WeChat Pay',
    true,
  ],
  [
    'that was in service, and is only looked at',
    { ...brokenOff('in_service'), takesUpOnly: true },
    'adopt',
    OPENID,
    'taken up from WeChat Pay',
    true,
  ],
  ['that nobody opened here', adoption, 'adopt', undefined, 'taken up from WeChat Pay', true],
] as const satisfies readonly (readonly [string, Opening, string, unknown, string, boolean])[]) {
  test(`an order ${what} begins with ${operation}`, () => {
    const order = newOrder(begins, AT);
    const [first, ...others] = order.operations;
    assert.deepEqual([first?.operation, first?.key, first?.state], [operation, FIRST, 'waiting']);
    assert.deepEqual(others, []);
    assert.deepEqual([order.phase, order.openid, order.troubles], ['creating', openid, []]);
    assert.deepEqual(
      order.timeline.map(({ at }) => at),
      ['2026-10-01T12:00:00+08:00'],
    );
    assert.deepEqual(linesOf(order), [event]);
    assert.deepEqual([order.out_order_no, numberOf(begins)], ['R1', 'R1']);
    assert.deepEqual(order.opening, plain(begins));
    assert.deepEqual([order.isToBeLookedUp, order.epoch], [isToBeLookedUp, 0]);
    assert.equal(isToBeCreated(begins), operation === 'create');
  });
}

for (const phase of PHASES) {
  test(`an order that was ${phase} is ${isFinal(phase) ? 'not ' : ''}created where WeChat does not have it`, () => {
    assert.equal(isToBeCreated(reopened(phase)), !isFinal(phase));
    assert.equal(isToBeCreated({ ...reopened(phase), takesUpOnly: true }), false);
  });
}

test('who asked for the order waits since the run was started, however much later a worker begins', () => {
  const order = newOrder(opening, later(600), AT);
  assert.equal(order.awaitedAt, AT.toISOString());
  assert.equal(order.operations[0]?.receivedAt, later(600).toISOString());
  assert.equal(newOrder(opening, AT).awaitedAt, AT.toISOString());
});

test('what an ended run had concluded is known to the next, and what it had not may be asked for again', () => {
  const operations = [
    record('complete', { state: 'done' }),
    record('modify', { state: 'running' }),
    record('cancel'),
  ];
  const [, ...kept] = newOrder(brokenOff('paying', { operations }), AT).operations;
  assert.deepEqual(kept[0], operations[0]);
  assert.equal(kept.length, 3);
  for (const { state, rule } of kept.slice(1)) {
    assert.equal(state, 'left_behind');
    assert.match(inWords(rule), /ask again/);
  }
  assert.equal(kept[1]?.total, LOWER);
});

/** In these a run that was broken off may just have sent something. */
const SENDING = ['creating', 'in_service', 'paying'];

for (const phase of PHASES) {
  const isSending = SENDING.includes(phase);
  test(`what a run had sent that was broken off ${phase} may ${isSending ? '' : 'not '}arrive for 6 minutes more`, () => {
    const until = isSending ? later(30 + 330).toISOString() : undefined;
    assert.equal(newOrder(brokenOff(phase), later(100)).mayArriveUntil, until);
    assert.equal(newOrder(reopened(phase), later(100)).mayArriveUntil, undefined);
  });
}

test('an order that was being given up is given up still', () => {
  const order = newOrder(brokenOff('creating', { givingUp: TOO_LATE }), AT);
  assert.equal(order.givingUp, TOO_LATE);
  assert.equal(newOrder(brokenOff('creating'), AT).givingUp, undefined);
});

test('WeChat’s last word, and when the completion was begun, are known to the next run', () => {
  const completedAt = later(-60).toISOString();
  const order = newOrder(brokenOff('paying', { serviceOrder, completedAt }), AT);
  assert.deepEqual([order.serviceOrder, order.completedAt], [serviceOrder, completedAt]);
});

for (const phase of PHASES) {
  const isAgreed = phase === 'paying' || phase === 'paid';
  test(`of an order that was ${phase} the total is ${isAgreed ? 'what was agreed' : 'not agreed'}`, () => {
    const order = newOrder(reopened(phase, { serviceOrder }), AT);
    assert.equal(order.agreedTotal, isAgreed ? LOWER : undefined);
    assert.equal(newOrder(reopened(phase), AT).agreedTotal, undefined);
  });
}

const agreed = [
  record('complete', { state: 'done', total: TOTAL }),
  record('modify', { state: 'done', total: LOWER }),
];

test('what had been agreed is known also to the run after one that was broken off before it knew anything', () => {
  const order = newOrder(brokenOff('creating', { serviceOrder, operations: agreed }), AT);
  assert.equal(order.agreedTotal, LOWER);
});

test('what WeChat had told against what it had said yes to is not agreed by being looked at once more', () => {
  const { openid: _, ...raised } = said('paying', { total_amount: TOTAL });
  const order = newOrder(brokenOff('paying', { serviceOrder: raised, operations: agreed }), AT);
  assert.equal(order.agreedTotal, LOWER);
});
