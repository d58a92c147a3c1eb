/** What WeChat says against what it has said before is neither believed at once nor forgotten. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../payscore/fold.ts';
import { newOrder, type Order } from '../../payscore/order.ts';
import type { OrderEvent } from '../../payscore/order-event.ts';
import { isFinal } from '../../payscore/phase.ts';
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
  test(`an answer from before something was sent or came back moves nothing of a ${from} order, unless it settles it`, () => {
    const before = orderIn(from);
    const asOf = before.effects;
    for (const event of attempted('k-complete')) {
      const order = after(before, event);
      for (const phase of WECHAT_PHASES) {
        const heard = after(order, answered(asOf, phase, { order_id: 'another' }));
        if (isFinal(phase)) assert.equal(heard.phase, phase);
        else assert.deepEqual(unnoted(heard, order), order);
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
    answered(before.effects + 2, 'paying', { total_amount: LOWER }),
  );
  const order = after(before, ...correction);
  assert.equal(total(order), LOWER);
  const heard = after(order, answered(before.effects, 'paying'));
  assert.deepEqual(unnoted(heard, order), order);
  assert.match(heard.timeline.at(-1)?.event ?? '', /older than what is known/);
});

// --- a total above what was agreed

const raised = observed('paying', 'query');

test('a total above what WeChat had said yes to is asked for again, and not shown', () => {
  const before = orderLowered();
  const order = lived(before, [100, raised]);
  assert.deepEqual([order.phase, total(order), order.troubles], ['paying', LOWER, []]);
  assert.equal(order.raisedSince, at(100));
  assert.deepEqual([order.doubt?.since, order.doubt?.isSaidToBeOver], [at(100), false]);
  assert.match(order.doubt?.why ?? '', /800 fen.*300 fen/);
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
    [order.raisedSince, order.doubt, order.agreedTotal],
    [undefined, undefined, LOWER],
  );
});

test('a total that is believed to be raised is not doubted again', () => {
  const believed = lived(orderLowered(), [0, raised], [TEN_MINUTES, raised]);
  const order = lived(believed, [700, raised]);
  assert.deepEqual([total(order), order.troubles], [TOTAL, ['amount_raised']]);
  assert.deepEqual([order.raisedSince, order.doubt], [undefined, undefined]);
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
    assert.deepEqual([order.raisedSince, order.doubt, order.troubles], [undefined, undefined, []]);
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
  assert.deepEqual([order.doubt, order.raisedSince], [undefined, undefined]);
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

test('a run that takes over an order whose total was lowered doubts a higher one as well', () => {
  const { openid: _, ...serviceOrder } = said('paying', { total_amount: LOWER });
  const order = lived(newOrder(brokenOff('paying', { serviceOrder }), AT), [1, raised]);
  assert.deepEqual([order.phase, total(order), order.raisedSince], ['creating', LOWER, at(1)]);
  const believed = lived(order, [1 + TEN_MINUTES, raised]);
  assert.deepEqual([believed.phase, believed.troubles], ['paying', ['amount_raised']]);
});

// --- what a message says, and WeChat's account does not

const doubted = (isSaidToBeOver: boolean, why = 'a message') =>
  ({ kind: 'doubted', why, isSaidToBeOver }) as const;
const same = observed('paying', 'query');

test('a doubt is why WeChat is to be asked, and since when', () => {
  const order = lived(orderIn('paying'), [5, doubted(false)]);
  assert.deepEqual(order.doubt, { since: at(5), why: 'a message', isSaidToBeOver: false });
  assert.equal(order.timeline.at(-1)?.event, 'WeChat Pay is to be asked: a message');
});

for (const event of [same, { kind: 'none_told' }] as const) {
  test(`a doubt ends when WeChat has told: '${event.kind}'`, () => {
    assert.equal(lived(orderIn('paying'), [5, doubted(false)], [6, event]).doubt, undefined);
  });

  test(`that an order is said to be over is doubted for 10 minutes, whatever an account says: '${event.kind}'`, () => {
    const order = lived(orderIn('paying'), [5, doubted(true)], [5 + TEN_MINUTES - 1, event]);
    assert.deepEqual(order.doubt, { since: at(5), why: 'a message', isSaidToBeOver: true });
    assert.equal(lived(order, [5 + TEN_MINUTES, event]).doubt, undefined);
  });
}

test('an older doubt does not shorten the 10 minutes of a message that the order is over', () => {
  const before = lived(orderIn('paying'), [0, doubted(false)], [590, doubted(true, 'a payment')]);
  assert.deepEqual([before.doubt?.isSaidToBeOver, before.doubt?.why], [true, 'a payment']);
  assert.ok(lived(before, [600, same]).doubt, 'ten seconds after the message');
  assert.equal(lived(before, [590 + TEN_MINUTES, same]).doubt, undefined);
});

test('a message that says less does not take back that the order is over, nor begin anew', () => {
  const order = lived(orderIn('paying'), [5, doubted(true)], [50, doubted(false, 'another')]);
  assert.deepEqual(order.doubt, { since: at(5), why: 'another', isSaidToBeOver: true });
});

for (const phase of ['paid', 'cancelled', 'free'] as const) {
  test(`an account of ${phase} ends every doubt`, () => {
    for (const by of ['query', 'notification'] as const) {
      const order = lived(orderIn('paying'), [5, doubted(true)], [6, observed(phase, by)]);
      assert.deepEqual([order.phase, order.doubt], [phase, undefined]);
    }
  });
}

test('what WeChat says to an operation, or said before something was done, ends no doubt', () => {
  const before = after(orderIn('paying'), doubted(false));
  const answer = observed('paying', 'modify', { total_amount: LOWER });
  assert.deepEqual(after(before, answer).doubt, before.doubt);
  const sent = after(before, { kind: 'sent', key: 'k-modify' });
  assert.deepEqual(after(sent, answered(before.effects, 'paying')).doubt, before.doubt);
});

test('what nobody can read, and what is somebody else’s, ends no doubt', () => {
  const before = after(orderIn('paying'), doubted(false));
  for (const change of [{ state: 'SUSPENDED' }, { openid: 'oSomebodyElse' }]) {
    assert.deepEqual(after(before, observed('paid', 'query', change)).doubt, before.doubt);
  }
});

test('a total that is doubted settles no doubt about a payment', () => {
  const before = lived(orderLowered(), [0, doubted(true, 'a payment')]);
  const order = lived(before, [1, raised]);
  assert.deepEqual(order.doubt, before.doubt);
});

test('there is nothing to doubt about an order that has ended', () => {
  const order = after(orderIn('paid'), doubted(true));
  assert.deepEqual(
    [order.doubt, order.timeline.at(-1)?.event],
    [undefined, 'an answer came too late'],
  );
});

test('an order that ends without having existed leaves no doubt', () => {
  const opened = after(newOrder(opening, AT), permission('AVAILABLE'), doubted(true));
  for (const kind of ['not_created', 'unreachable'] as const) {
    assert.equal(after(opened, { kind, why: 'None.' }).doubt, undefined);
  }
});

test('an agreed total is the one that took effect, not the one that was asked for', () => {
  const begun = after(orderIn('paying'), asked('modify'), started('modify'));
  assert.equal(begun.agreedTotal, TOTAL);
  assert.equal(after(begun, concluded('k-modify', done)).agreedTotal, LOWER);
});
