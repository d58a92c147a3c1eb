/** An order as people and programs see it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newOrder } from '../../../payscore/order/order.ts';
import { isFinal, PHASES } from '../../../payscore/rules/phase.ts';
import { recordOfTold, serviceOrderIn, viewOf } from '../../../payscore/order/view.ts';
import { inWords } from '../../support/words.ts';
import {
  after,
  asked,
  AT,
  concluded,
  invited,
  mch,
  newton,
  notAllowed,
  observed,
  OPENID,
  orderIn,
  orderWith,
  paidBy,
  plain,
  refusal,
  refused,
  reopened,
  started,
  TOO_LATE,
  TOTAL,
} from './orders.ts';

for (const phase of PHASES) {
  test(`the view of a ${phase} order has its number and phase, and no openid`, () => {
    const view = viewOf(orderIn(phase));
    assert.deepEqual([view.out_order_no, view.phase], ['R1', phase]);
    assert.ok(!JSON.stringify(view).includes(OPENID));
    assert.ok(!JSON.stringify(view).includes('openid'));
  });

  test(`the view of a ${phase} order shows nothing that was only our own doing`, () => {
    const { operations } = viewOf(orderIn(phase));
    assert.ok(operations.every(({ operation }) => operation !== 'create'));
    assert.ok(operations.every(({ idempotency_key }) => !idempotency_key.includes('/')));
  });
}

test('shows WeChat’s fields verbatim', () => {
  const view = viewOf(orderIn('paid'));
  assert.equal(view.state, 'DONE');
  assert.equal(view.total_amount, TOTAL);
  assert.equal(view.collection?.details[0]?.transaction_id, '4200000001202610010000000001');
});

test('shows why an order ended, and WeChat’s last refusal with its operation', () => {
  const view = viewOf(orderIn('rejected'));
  assert.deepEqual(view.last_refusal, { ...refusal, operation: 'create' });
  assert.match(inWords(view.explanation), /综合评估不通过/);
});

test('shows trouble, and leaves out what there is none of', () => {
  const calm = viewOf(orderIn('in_service'));
  const without = [
    ...['trouble', 'explanation', 'last_refusal', 'refund_due', 'invitation', 'unresolved'],
    ...['pending_operation', 'completed_at', 'giving_up', 'is_number_taken'],
    'unread_notifications',
  ];
  for (const field of without) assert.ok(!(field in calm), field);
  const troubles = ['overdue', 'unresolved', 'operation_refused'] as const;
  assert.equal(viewOf({ ...orderIn('in_service'), troubles }).trouble, 'unresolved');
});

test('shows what is owed, and by which number it is paid back', () => {
  const order = after(orderIn('paying'), observed('paid', 'query', paidBy(mch, newton)));
  const { transaction_id } = newton;
  assert.deepEqual(viewOf(order).refund_due, {
    amount: 800,
    because: 'paid_elsewhere',
    transaction_id,
  });
  assert.equal(viewOf(order).trouble, 'refund_due');
});

test('shows the invitation while the user is to authorise', () => {
  assert.deepEqual(viewOf(orderIn('authorizing')).invitation, invited.invitation);
  assert.equal(viewOf(orderIn('unauthorized')).invitation, undefined);
});

test('shows when the completion was begun', () => {
  assert.equal(viewOf(orderIn('paying')).completed_at, AT.toISOString());
});

test('shows what is being done rather than what waits, and since when it was wanted', () => {
  const since = AT.toISOString();
  const pending = { operation: 'cancel', since, is_unknown: false };
  const waiting = after(orderIn('in_service'), asked('cancel'), asked('complete'));
  assert.deepEqual(viewOf(waiting).pending_operation, pending);
  const running = after(waiting, started('complete'));
  assert.deepEqual(viewOf(running).pending_operation, { ...pending, operation: 'complete' });
});

test('shows that an attempt’s outcome is not known', () => {
  const progress = { unknownSince: AT.toISOString() };
  const order = after(orderWith('paying', 'cancel'), {
    kind: 'progressed',
    key: 'p-cancel',
    progress,
  });
  assert.equal(viewOf(order).pending_operation?.is_unknown, true);
});

test('shows the creation as what is being done, but not while only the user can do something', () => {
  assert.equal(viewOf(orderIn('creating')).pending_operation?.operation, 'create');
  assert.equal(viewOf(orderIn('authorizing')).pending_operation, undefined);
});

test('shows what became of a request, and the record can be made of it again', () => {
  const order = after(
    orderIn('in_service'),
    ...[asked('complete'), concluded('k-complete', refused)],
    ...[asked('cancel'), concluded('k-cancel', notAllowed)],
    asked('sync'),
  );
  const told = viewOf(order).operations;
  const common = { received_at: AT.toISOString() };
  assert.deepEqual(told, [
    {
      ...{ ...common, operation: 'complete', idempotency_key: 'k-complete' },
      ...{ digest: 'digest of complete', total_amount: TOTAL, state: 'refused', refusal },
    },
    {
      ...{ ...common, operation: 'cancel', idempotency_key: 'k-cancel' },
      ...{ digest: 'digest of cancel', state: 'not_allowed', rule: notAllowed.rule },
    },
    {
      ...{ ...common, operation: 'sync', idempotency_key: 'k-sync' },
      ...{ digest: 'digest of sync', state: 'waiting' },
    },
  ]);
  const [, complete, cancel] = order.operations;
  assert.deepEqual(told.slice(0, 2).map(recordOfTold), [complete, cancel]);
});

test('shows why something is unresolved, as long as it is', () => {
  const why = { code: 'may_still_arrive' } as const;
  const held = { kind: 'troubled', trouble: 'unresolved', why } as const;
  const order = after(orderIn('paying'), held);
  assert.deepEqual([viewOf(order).trouble, viewOf(order).unresolved], ['unresolved', why]);
  const told = viewOf(after(order, observed('paying', 'query')));
  assert.deepEqual([told.trouble, told.unresolved], [undefined, undefined]);
});

test('shows why an order is not wanted any more, and that its number belongs to another one', () => {
  const given = after(orderIn('creating'), { kind: 'given_up', why: TOO_LATE });
  assert.equal(viewOf(given).giving_up, TOO_LATE);
  const why = { code: 'number_taken', differs: ['risk_fund.amount'], isAdoptable: true } as const;
  const taken = after(orderIn('creating'), { kind: 'not_created', why, isNumberTaken: true });
  assert.deepEqual([viewOf(taken).is_number_taken, viewOf(taken).explanation], [true, why]);
});

test('shows notifications that were not read, until they are', () => {
  const [first, second] = ['e30=', 'eyJhIjoxfQ=='].map((body) => ({ headers: {}, body }));
  const notified = [first!, second!].map((signed) => ({ kind: 'notified', signed }) as const);
  const order = after(orderIn('paying'), ...notified);
  assert.deepEqual(viewOf(order).unread_notifications, [first, second]);
  const read = after(order, { kind: 'read' });
  assert.deepEqual(viewOf(read).unread_notifications, [second]);
  assert.ok(!('unread_notifications' in viewOf(after(read, { kind: 'read' }))));
});

const owed = { amount: TOTAL, because: 'cancelled' } as const;
const explanation = { code: 'withdrawn' } as const;

for (const phase of PHASES) {
  test(`an order that was ${phase} is shown ${isFinal(phase) ? 'as that' : 'creating'} while WeChat is asked about it once more`, () => {
    const earlier = { refundDue: owed, explanation };
    const view = viewOf(newOrder(reopened(phase, earlier), AT));
    const { trouble, refund_due } = view;
    const shown = [view.phase, trouble, refund_due, view.explanation];
    if (isFinal(phase)) assert.deepEqual(shown, [phase, 'refund_due', owed, explanation]);
    else assert.deepEqual(shown, ['creating', undefined, undefined, undefined]);
  });
}

test('that money is owed stays the gravest that is shown while an ended order is asked about', () => {
  const order = newOrder(reopened('cancelled', { refundDue: owed }), AT);
  const { trouble, refund_due } = viewOf(after(order, { kind: 'troubled', trouble: 'unresolved' }));
  assert.deepEqual([trouble, refund_due], ['refund_due', owed]);
});

test('what WeChat says of an order that has ended counts as soon as it is known', () => {
  const order = newOrder(reopened('cancelled'), AT);
  assert.equal(viewOf(after(order, observed('paid', 'query'))).phase, 'paid');
});

for (const phase of PHASES) {
  test(`WeChat’s own fields are found in the view of a ${phase} order`, () => {
    const order = orderIn(phase);
    const troubles = ['refund_due', 'unresolved'] as const;
    const why = { code: 'charging' } as const;
    const more = { refundDue: owed, troubles, explanation, unresolved: why, givingUp: TOO_LATE };
    const unread = [{ headers: {}, body: 'e30=' }];
    const taken = { ...order, ...more, isNumberTaken: true, unread };
    const full = { ...taken, invitation: invited.invitation };
    const unlucky = { ...full, lastRefusal: { ...refusal, operation: 'query' } as const };
    for (const one of [order, unlucky]) {
      assert.deepEqual(plain([serviceOrderIn(viewOf(one))]), plain([order.serviceOrder]));
    }
  });
}

for (const field of ['mchid', 'appid', 'service_id', 'state']) {
  test(`a view without ${field} has none of WeChat’s`, () => {
    const view = { ...viewOf(orderIn('paying')), [field]: undefined };
    assert.equal(serviceOrderIn(view), undefined);
  });
}

test('shows how a run of before had ended, and not what is only ours', () => {
  const endedBefore = { phase: 'cancelled', at: AT.toISOString() } as const;
  assert.deepEqual(viewOf({ ...orderIn('paying'), endedBefore }).ended_before, endedBefore);
  assert.ok(!('ended_before' in viewOf(orderIn('paying'))));
});
