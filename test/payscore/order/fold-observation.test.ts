/** What WeChat says moves an order forward only, and only what it is proven to have said ends it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../../payscore/order/fold.ts';
import { newOrder } from '../../../payscore/order/order.ts';
import { isFinal, type Phase } from '../../../payscore/rules/phase.ts';
import {
  adoption,
  after,
  answered,
  asked,
  AT,
  concluded,
  IN_CONFIRM_MODE,
  invited,
  later,
  newton,
  paidBy,
  observed,
  OPENID,
  opening,
  orderIn,
  orderWith,
  permission,
  refused,
  reopened,
  started,
  WECHAT_PHASES,
} from './orders.ts';

/** How far an order has come; before it is created everything lies ahead. */
const DISTANCE: Partial<Record<Phase, number>> = {
  authorizing: 0,
  creating: 0,
  in_service: 1,
  paying: 2,
};
const OPEN = ['authorizing', 'creating', 'in_service', 'paying'] as const;
const OPERATIONS = ['create', 'adopt', 'complete', 'modify', 'cancel', 'sync'] as const;

for (const from of OPEN) {
  for (const to of WECHAT_PHASES) {
    const isBack = (DISTANCE[to] ?? 3) < (DISTANCE[from] ?? 3);
    const expected = isBack ? from : to;
    for (const by of ['query', 'notification'] as const) {
      test(`a ${by} that says ${to} finds ${from} and leaves ${expected}`, () => {
        assert.equal(after(orderIn(from), observed(to, by)).phase, expected);
      });
    }
    test(`an operation’s answer that says ${to} ${isFinal(to) ? 'does not end' : 'counts in'} ${from}`, () => {
      for (const by of OPERATIONS) {
        const order = after(orderIn(from), observed(to, by));
        assert.equal(order.phase, isFinal(to) ? from : expected);
      }
    });
  }
}

for (const [what, change] of Object.entries({
  'is unclear': { state: 'CREATED', state_description: '', collection: {} },
  'contradicts itself': { state: 'REVOKED' },
  'is in a state that nobody knows': { state: 'SUSPENDED' },
  'is about another merchant': { mchid: '1900000002' },
  'is about another app': { appid: 'wx2' },
  'is about another service': { service_id: '20020001' },
  'is about another number': { out_order_no: 'R2' },
  'is about another user': { openid: 'oSomebodyElse' },
})) {
  test(`an account that ${what} moves nothing, and is kept in the timeline`, () => {
    for (const from of OPEN) {
      const order = orderIn(from);
      const told = after(order, observed('paid', 'query', change));
      assert.deepEqual({ ...told, timeline: order.timeline }, order);
      assert.equal(told.timeline.length, order.timeline.length + 1);
    }
  });
}

test('an account from before what is known changes nothing of it', () => {
  const order = orderIn('paying');
  const told = after(order, observed('in_service', 'query', { order_id: 'another' }));
  assert.deepEqual({ ...told, timeline: order.timeline }, order);
});

test('remembers when the order was first known to be in service', () => {
  const order = fold(orderIn('in_service'), observed('in_service', 'query'), later(3_600));
  assert.equal(order.inServiceSince, '20261001120000');
});

test('keeps what an answer leaves out, but not where the order stood', () => {
  const order = orderIn('paying');
  const account = observed('paid', 'notification', { order_id: undefined, time_range: undefined });
  const { serviceOrder } = after(order, account);
  assert.equal(serviceOrder?.state_description, undefined);
  assert.equal(serviceOrder?.order_id, order.serviceOrder?.order_id);
  const answer = after(orderIn('paying'), observed('paying', 'modify', { collection: undefined }));
  assert.equal(answer.serviceOrder?.collection, undefined);
});

test('an order that exists needs no invitation', () => {
  const order = after(newOrder(opening, AT), invited, observed('in_service', 'query'));
  assert.equal(order.invitation, undefined);
});

test('the user of an adopted order is the one that WeChat names, and stays', () => {
  const order = after(newOrder(adoption, AT), observed('in_service', 'query'));
  assert.equal(order.openid, OPENID);
  const stranger = observed('paying', 'query', { openid: 'oSomebodyElse' });
  assert.deepEqual(
    [after(order, stranger).openid, after(order, stranger).phase],
    [OPENID, 'in_service'],
  );
});

// seconds after its user began to wait, by whom, whether the order is still wanted; its deadline is after 60 s
for (const [seconds, by, isWanted] of [
  [60, 'create', true],
  [60, 'query', true],
  [61, 'create', false],
  [61, 'query', false],
] as const) {
  test(`an order that a ${by} finds in service after ${seconds} s is ${isWanted ? 'taken' : 'given up'}`, () => {
    const order = fold(orderIn('creating'), observed('in_service', by), later(seconds));
    assert.equal(order.phase, isWanted ? 'in_service' : 'creating');
    assert.equal(order.givingUp !== undefined, !isWanted);
    assert.equal(order.serviceOrder !== undefined, isWanted);
  });
}

test('what was given up is not wanted either when WeChat says in time that it exists', () => {
  const given = after(orderIn('creating'), { kind: 'given_up', why: IN_CONFIRM_MODE });
  const order = after(given, observed('in_service', 'query'));
  assert.deepEqual([order.phase, order.givingUp], ['creating', IN_CONFIRM_MODE]);
});

test('an order that was further along when it was found too late is taken up where it stands', () => {
  for (const phase of ['paying', 'paid', 'free'] as const) {
    assert.equal(fold(orderIn('creating'), observed(phase, 'query'), later(999)).phase, phase);
  }
});

test('what was cancelled without having been given up is cancelled', () => {
  const order = after(orderIn('creating'), observed('cancelled', 'query'));
  assert.deepEqual([order.phase, order.explanation], ['cancelled', undefined]);
});

test('what was given up, and completed by somebody else, is cancelled as any other', () => {
  const given = after(orderIn('creating'), { kind: 'given_up', why: IN_CONFIRM_MODE });
  const order = after(given, observed('paying', 'query'), observed('cancelled', 'query'));
  assert.equal(order.phase, 'cancelled');
});

test('an order that is taken up is wanted however late it is found', () => {
  const order = fold(
    newOrder(reopened('in_service'), AT),
    observed('in_service', 'query'),
    later(9_999),
  );
  assert.equal(order.phase, 'in_service');
});

test('an order that may have been there before it was looked up is wanted however late it is found', () => {
  const opened = newOrder({ ...opening, mayExist: true }, AT);
  const authorised = fold(opened, permission('AVAILABLE'), AT);
  const order = fold(authorised, observed('in_service', 'query'), later(9_999));
  assert.deepEqual([order.phase, order.givingUp], ['in_service', undefined]);
  const known = after(authorised, { kind: 'looked_up' });
  const late = fold(known, observed('in_service', 'query'), later(9_999));
  assert.deepEqual([late.phase, late.givingUp !== undefined], ['creating', true]);
});

test('WeChat’s account shows that it takes our calls, and does not end what keeps an operation', () => {
  const troubles = ['misconfigured', 'unresolved'] as const;
  const order = { ...orderWith('in_service', 'cancel'), troubles };
  assert.deepEqual(after(order, observed('in_service', 'query')).troubles, ['unresolved']);
  assert.deepEqual(after(order, observed('cancelled', 'query')).troubles, []);
});

test('WeChat’s account ends what was unresolved where nothing is under way', () => {
  const troubles = ['misconfigured', 'unresolved', 'operation_refused'] as const;
  for (const phase of ['in_service', 'paying'] as const) {
    const order = after({ ...orderIn(phase), troubles }, observed(phase, 'query'));
    assert.deepEqual(order.troubles, ['operation_refused']);
  }
});

// end_time, seconds after noon, whether it is overdue
for (const [end_time, seconds, isLate] of [
  ['20261001123000', 1_800, false],
  ['20261001123000', 1_801, true],
  ['20261001', 12 * 3_600, false],
  ['20261001', 12 * 3_600 + 1, true],
  // 30 days after the start, which was an hour before noon
  [undefined, 30 * 86_400 - 3_600, false],
  [undefined, 30 * 86_400 - 3_599, true],
  ['OnAccept', 30 * 86_400 - 3_599, true],
] as const) {
  test(`a service until ${end_time ?? 'an open end'} is ${isLate ? '' : 'not '}overdue ${seconds} s after noon`, () => {
    const time_range = { start_time: '20261001110000', end_time };
    const account = observed('in_service', 'query', { time_range });
    const order = fold(orderIn('in_service'), account, later(seconds));
    assert.deepEqual(order.troubles, isLate ? ['overdue'] : []);
  });
}

test('a service of which WeChat names no start is overdue 30 days after it was first known', () => {
  for (const time_range of [{ start_time: 'OnAccept' }, undefined]) {
    const account = observed('in_service', 'query', { time_range });
    const order = orderIn('in_service');
    assert.deepEqual(fold(order, account, later(30 * 86_400)).troubles, []);
    assert.deepEqual(fold(order, account, later(30 * 86_400 + 1)).troubles, ['overdue']);
  }
});

test('a service that goes on for a year is overdue only past the end that was named', () => {
  const time_range = { start_time: '20261001110000', end_time: '20271001' };
  const account = observed('in_service', 'query', { time_range });
  assert.deepEqual(fold(orderIn('in_service'), account, later(360 * 86_400)).troubles, []);
});

test('what has ended is not overdue, whenever that was', () => {
  const time_range = { start_time: '20261001110000', end_time: '20261001123000' };
  const late = fold(
    orderIn('in_service'),
    observed('in_service', 'query', { time_range }),
    later(9_999),
  );
  const order = fold(late, observed('paying', 'query', { time_range }), later(10_000));
  assert.deepEqual([late.troubles, order.troubles], [['overdue'], []]);
});

test('a payment that crosses a cancellation is trouble, with what is owed', () => {
  const order = after(orderWith('paying', 'cancel'), observed('paid', 'notification'));
  assert.deepEqual(order.troubles, ['refund_due']);
  assert.deepEqual([order.refundDue?.amount, order.refundDue?.because], [800, 'cancel']);
});

test('an order that is paid with less than it was completed with is trouble', () => {
  const short = paidBy({ ...newton, amount: 600 });
  const order = after(orderIn('paying'), observed('paid', 'notification', short));
  assert.deepEqual([order.phase, order.troubles], ['paid', ['undercollected']]);
  const coupon = [{ coupon_id: 'C', amount: 200 }];
  const whole = paidBy({ ...newton, amount: 600, promotion_detail: coupon });
  assert.deepEqual(after(orderIn('paying'), observed('paid', 'query', whole)).troubles, []);
});

test('what WeChat has collected of an order that it still charges is not owed before it is paid', () => {
  const collection = { state: 'USER_PAYING', details: [{ ...newton, amount: 5 }] };
  const order = after(orderWith('paying', 'cancel'), observed('paying', 'query', { collection }));
  assert.deepEqual([order.refundDue, order.troubles], [undefined, []]);
});

test('a payment that nothing crosses owes nothing', () => {
  assert.equal(orderIn('paid').refundDue, undefined);
  assert.ok(!('refundDue' in orderIn('paid')));
});

test('the moment of a completion is when its call was begun, and the first one stays', () => {
  const running = orderWith('in_service', 'complete');
  const order = fold(running, observed('paying', 'query'), later(60));
  assert.equal(order.completedAt, AT.toISOString());
  const again = {
    ...order,
    operations: running.operations.map((it) => ({ ...it, startedAt: 'x' })),
  };
  assert.equal(fold(again, observed('paying', 'query'), later(61)).completedAt, AT.toISOString());
});

test('a completion that is under way is not taken yet', () => {
  const order = after(orderWith('in_service', 'complete'), observed('in_service', 'query'));
  assert.equal(order.completedAt, undefined);
});

test('the completion that WeChat took is the one that was under way, not one that it refused before', () => {
  const earlier = after(orderWith('in_service', 'complete'), concluded('p-complete', refused));
  const begun = fold(after(earlier, asked('complete')), started('complete'), later(60));
  const order = fold(begun, observed('paying', 'query'), later(61));
  assert.equal(order.completedAt, later(60).toISOString());
});

test('nobody knows when a completion that was not ours was begun', () => {
  assert.equal(after(orderIn('in_service'), observed('paying', 'query')).completedAt, undefined);
  const waiting = after(orderWith('in_service', 'cancel', 'complete'), observed('paying', 'query'));
  assert.equal(waiting.completedAt, undefined);
});

test('what was asked for before an order was taken up again brings it to no service: it may be over since', () => {
  const creating = orderIn('creating');
  const takenUp = fold(creating, { kind: 'taken_up' }, later(1));
  const toldSince = (asOf: number) => fold(takenUp, answered(asOf, 'in_service'), later(2));
  assert.equal(toldSince(creating.epoch).phase, 'creating');
  assert.equal(toldSince(takenUp.epoch).phase, 'in_service');
});
