/** What WeChat says against what it has said before is neither believed at once nor forgotten. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../../payscore/order/fold.ts';
import { newOrder, type Order } from '../../../payscore/order/order.ts';
import { failure, type Fact } from '../../../payscore/order/fact.ts';
import type { OrderEvent } from '../../../payscore/order/event.ts';
import { isFinal } from '../../../payscore/rules/phase.ts';
import { inWords, lastLineOf } from '../../support/words.ts';
import {
  after,
  answered,
  asked,
  AT,
  attempted,
  brokenOff,
  carriedOut,
  concluded,
  done,
  later,
  LOWER,
  newton,
  observed,
  opening,
  orderIn,
  orderLowered,
  paidBy,
  permission,
  said,
  started,
  TOTAL,
  WECHAT_PHASES,
} from './orders.ts';

const at = (seconds: number) => later(seconds).toISOString();
const TEN_MINUTES = 600;

/** The order after each of these at its second. */
function lived(order: Order, ...events: readonly (readonly [number, OrderEvent])[]): Order {
  return events.reduce((before, [seconds, event]) => fold(before, event, later(seconds)), order);
}
const total = (order: Order) => order.serviceOrder?.total_amount;
const unnoted = (order: Order, before: Order) => ({ ...order, timeline: before.timeline });

// --- asked before what was done since

for (const from of ['creating', 'in_service', 'paying'] as const) {
  test(`an answer from before something was sent or came back moves nothing of a ${from} order, unless it ends it`, () => {
    const before = orderIn(from);
    const asOf = before.epoch;
    for (const event of attempted('k-complete')) {
      const order = after(before, event);
      for (const phase of WECHAT_PHASES) {
        const told = after(order, answered(asOf, phase, { order_id: 'another' }));
        if (isFinal(phase)) assert.equal(told.phase, phase);
        else assert.deepEqual(unnoted(told, order), order);
        assert.deepEqual(
          after(order, answered(asOf + 1, phase)),
          after(order, observed(phase, 'query')),
        );
      }
    }
  });
}

test('an answer from before a correction took effect does not bring the old total back', () => {
  const before = orderIn('paying');
  const correction = carriedOut(
    'modify',
    answered(before.epoch + 2, 'paying', { total_amount: LOWER }),
  );
  const order = after(before, ...correction);
  assert.equal(total(order), LOWER);
  const told = after(order, answered(before.epoch, 'paying'));
  assert.deepEqual(unnoted(told, order), order);
  assert.match(lastLineOf(told), /older than what is known/);
});

// --- a total above what was agreed

const raised = observed('paying', 'query');

test('a total above what WeChat had said yes to is asked for again, and not shown', () => {
  const before = orderLowered();
  const order = lived(before, [100, raised]);
  assert.deepEqual([order.phase, total(order), order.troubles], ['paying', LOWER, []]);
  assert.equal(order.raisedSince, at(100));
  assert.deepEqual([order.mustQuery?.since, order.mustQuery?.isSaidToBeOver], [at(100), false]);
  assert.match(inWords(order.mustQuery?.why), /800 fen.*300 fen/);
});

test('a total that stays above it for 10 minutes is believed, and trouble', () => {
  const almost = lived(
    orderLowered(),
    [100, raised],
    [400, raised],
    [100 + TEN_MINUTES - 1, raised],
  );
  assert.deepEqual([total(almost), almost.troubles, almost.raisedSince], [LOWER, [], at(100)]);
  const order = lived(almost, [100 + TEN_MINUTES, raised]);
  assert.deepEqual([total(order), order.troubles], [TOTAL, ['amount_raised']]);
  assert.deepEqual(
    [order.raisedSince, order.mustQuery, order.agreedTotal],
    [undefined, undefined, LOWER],
  );
});

test('a total that is believed to be raised needs no other query', () => {
  const believed = lived(orderLowered(), [0, raised], [TEN_MINUTES, raised]);
  const order = lived(believed, [700, raised]);
  assert.deepEqual([total(order), order.troubles], [TOTAL, ['amount_raised']]);
  assert.deepEqual([order.raisedSince, order.mustQuery], [undefined, undefined]);
});

test('a copy of WeChat’s that was behind for a moment leaves no trace', () => {
  const before = orderLowered();
  const right = observed('paying', 'query', { total_amount: LOWER });
  const order = lived(before, [100, raised], [101, right]);
  const { timeline: _, ...rest } = order;
  const { timeline: __, ...expected } = lived(before, [101, right]);
  assert.deepEqual(rest, expected);
  const again = lived(order, [800, raised]);
  assert.deepEqual([total(again), again.raisedSince], [LOWER, at(800)]);
});

test('a raised total is no trouble any more once WeChat tells the agreed one', () => {
  const believed = lived(orderLowered(), [0, raised], [TEN_MINUTES, raised]);
  const right = observed('paying', 'query', { total_amount: LOWER });
  const order = lived(believed, [700, right]);
  assert.deepEqual([total(order), order.troubles], [LOWER, []]);
});

for (const total_amount of [LOWER, LOWER - 1, 0, undefined]) {
  test(`a total of ${total_amount}, which is not above the agreed one, is believed at once`, () => {
    const order = lived(orderLowered(), [100, observed('paying', 'query', { total_amount })]);
    assert.equal(total(order), total_amount ?? LOWER);
    assert.deepEqual(
      [order.raisedSince, order.mustQuery, order.troubles],
      [undefined, undefined, []],
    );
  });
}

test('where nothing was agreed, WeChat’s total is believed', () => {
  const elsewhere = after(orderIn('in_service'), observed('paying', 'query', { total_amount: 5 }));
  const order = lived(elsewhere, [1, raised]);
  assert.deepEqual(
    [elsewhere.agreedTotal, total(order), order.raisedSince],
    [undefined, TOTAL, undefined],
  );
});

test('a charge needs no 10 minutes, and what was charged above the agreed total is owed', () => {
  const order = lived(orderLowered(), [1, raised], [2, observed('paid', 'query')]);
  assert.equal(order.phase, 'paid');
  const { transaction_id } = newton;
  const owed = { amount: TOTAL - LOWER, because: 'modify', transaction_id };
  assert.deepEqual([order.refundDue, order.troubles], [owed, ['refund_due']]);
  assert.deepEqual([order.mustQuery, order.raisedSince], [undefined, undefined]);
});

test('what was believed to be raised, and is charged, is owed all the same', () => {
  const believed = lived(orderLowered(), [0, raised], [TEN_MINUTES, raised]);
  const order = lived(believed, [700, observed('paid', 'query')]);
  assert.deepEqual([order.refundDue?.amount, order.troubles], [TOTAL - LOWER, ['refund_due']]);
});

test('a charge above what the completion asked for is owed, as a charge of the completion', () => {
  const details = paidBy({ ...newton, amount: TOTAL + 1 });
  const account = observed('paid', 'query', { total_amount: TOTAL + 1, ...details });
  const { amount, because } = after(orderIn('paying'), account).refundDue ?? {};
  assert.deepEqual([amount, because], [1, 'complete']);
});

test('a run that takes over an order whose total was lowered queries a higher one as well', () => {
  const { openid: _, ...serviceOrder } = said('paying', { total_amount: LOWER });
  const order = lived(newOrder(brokenOff('paying', { serviceOrder }), AT), [1, raised]);
  assert.deepEqual([order.phase, total(order), order.raisedSince], ['creating', LOWER, at(1)]);
  const believed = lived(order, [1 + TEN_MINUTES, raised]);
  assert.deepEqual([believed.phase, believed.troubles], ['paying', ['amount_raised']]);
});

// --- what a message says, and WeChat's account does not

const MESSAGE = failure('a message');
const PAYMENT = { code: 'payment_contradicts' } as const;
const queryNeeded = (isSaidToBeOver: boolean, why: Fact = MESSAGE) =>
  ({ kind: 'query_needed', why, isSaidToBeOver }) as const;
const same = observed('paying', 'query');

test('it is known why WeChat must be queried, and since when', () => {
  const order = lived(orderIn('paying'), [5, queryNeeded(false)]);
  assert.deepEqual(order.mustQuery, { since: at(5), why: MESSAGE, isSaidToBeOver: false });
  assert.equal(lastLineOf(order), 'WeChat Pay is to be asked: a message');
});

for (const event of [same, { kind: 'none_told' }] as const) {
  test(`a query is needed until WeChat has told: '${event.kind}'`, () => {
    assert.equal(
      lived(orderIn('paying'), [5, queryNeeded(false)], [6, event]).mustQuery,
      undefined,
    );
  });

  test(`that an order is said to be over must be queried for 10 minutes, whatever an account says: '${event.kind}'`, () => {
    const order = lived(orderIn('paying'), [5, queryNeeded(true)], [5 + TEN_MINUTES - 1, event]);
    assert.deepEqual(order.mustQuery, { since: at(5), why: MESSAGE, isSaidToBeOver: true });
    assert.equal(lived(order, [5 + TEN_MINUTES, event]).mustQuery, undefined);
  });
}

test('an older reason to query does not shorten the 10 minutes of a message that the order is over', () => {
  const before = lived(
    orderIn('paying'),
    [0, queryNeeded(false)],
    [590, queryNeeded(true, PAYMENT)],
  );
  assert.deepEqual([before.mustQuery?.isSaidToBeOver, before.mustQuery?.why], [true, PAYMENT]);
  assert.ok(lived(before, [600, same]).mustQuery, 'ten seconds after the message');
  assert.equal(lived(before, [590 + TEN_MINUTES, same]).mustQuery, undefined);
});

test('a message that says less does not take back that the order is over, nor begin anew', () => {
  const order = lived(orderIn('paying'), [5, queryNeeded(true)], [50, queryNeeded(false, PAYMENT)]);
  assert.deepEqual(order.mustQuery, { since: at(5), why: PAYMENT, isSaidToBeOver: true });
});

for (const phase of ['paid', 'cancelled', 'free'] as const) {
  test(`an account of ${phase} ends every need to query`, () => {
    for (const by of ['query', 'notification'] as const) {
      const order = lived(orderIn('paying'), [5, queryNeeded(true)], [6, observed(phase, by)]);
      assert.deepEqual([order.phase, order.mustQuery], [phase, undefined]);
    }
  });
}

test('what WeChat says to an operation, or said before something was done, is no answer to a query', () => {
  const before = after(orderIn('paying'), queryNeeded(false));
  const answer = observed('paying', 'modify', { total_amount: LOWER });
  assert.deepEqual(after(before, answer).mustQuery, before.mustQuery);
  const sent = after(before, { kind: 'sent', key: 'k-modify' });
  assert.deepEqual(after(sent, answered(before.epoch, 'paying')).mustQuery, before.mustQuery);
});

test('what nobody can read, and what is somebody else’s, is no answer to a query', () => {
  const before = after(orderIn('paying'), queryNeeded(false));
  for (const change of [{ state: 'SUSPENDED' }, { openid: 'oSomebodyElse' }]) {
    assert.deepEqual(after(before, observed('paid', 'query', change)).mustQuery, before.mustQuery);
  }
});

test('a total that must be queried does not end the query for a payment', () => {
  const before = lived(orderLowered(), [0, queryNeeded(true, PAYMENT)]);
  const order = lived(before, [1, raised]);
  assert.deepEqual(order.mustQuery, before.mustQuery);
});

test('there is nothing to query about an order that has ended', () => {
  const order = after(orderIn('paid'), queryNeeded(true));
  assert.deepEqual([order.mustQuery, lastLineOf(order)], [undefined, 'an answer came too late']);
});

test('an order that ends without having existed leaves nothing to query', () => {
  const opened = after(newOrder(opening, AT), permission('AVAILABLE'), queryNeeded(true));
  for (const kind of ['not_created', 'unreachable'] as const) {
    assert.equal(after(opened, { kind, why: { code: 'none_under_number' } }).mustQuery, undefined);
  }
});

test('an agreed total is the one that took effect, not the one that was asked for', () => {
  const begun = after(orderIn('paying'), asked('modify'), started('modify'));
  assert.equal(begun.agreedTotal, TOTAL);
  assert.equal(after(begun, concluded('k-modify', done)).agreedTotal, LOWER);
});
