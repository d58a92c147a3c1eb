/** What happens to an order is noted: in the timeline, and with what it changes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure } from '../../../payscore/order/fact.ts';
import { fold } from '../../../payscore/order/fold.ts';
import { newOrder, type Order } from '../../../payscore/order/order.ts';
import type { EarlierRun } from '../../../payscore/order/opening.ts';
import type { OrderEvent } from '../../../payscore/order/event.ts';
import {
  adoption,
  after,
  asked,
  AT,
  attempted,
  brokenOff,
  IN_CONFIRM_MODE,
  invited,
  later,
  NOT_AUTHORISED,
  observed,
  opening,
  orderIn,
  permission,
  reopened,
  said,
  TOO_LATE,
  TOTAL,
} from './orders.ts';

const why = failure('no answer');
const lastOf = ({ timeline }: Order) => timeline.at(-1)?.event;
const creating = () => newOrder(opening, AT);
const authorizing = () => orderIn('authorizing');
const inService = () => orderIn('in_service');
const standing = (it: 'paid' | 'in_service') =>
  it === 'paid' ? 'DONE / USER_PAID' : 'DOING / USER_CONFIRM';
const authorised = later(30).toISOString();

// what, the order, the event, what is noted
const NOTED: readonly [string, Order, OrderEvent, object][] = [
  ['withdrawn', authorizing(), { kind: 'withdrawn' }, { code: 'withdrawn' }],
  [
    'given up',
    creating(),
    { kind: 'given_up', why: IN_CONFIRM_MODE },
    { code: 'given_up', because: IN_CONFIRM_MODE },
  ],
  ['taken up again', inService(), { kind: 'taken_up' }, { code: 'taken_up_again' }],
  [
    'never opened',
    creating(),
    { kind: 'never_opened', why },
    { code: 'never_opened', because: why },
  ],
  [
    'not authorised',
    creating(),
    permission('UNAVAILABLE'),
    { code: 'permission', authorization_state: 'UNAVAILABLE' },
  ],
  [
    'authorised',
    creating(),
    permission('AVAILABLE'),
    { code: 'permission', authorization_state: 'AVAILABLE' },
  ],
  [
    'authorised after the user was last here',
    authorizing(),
    permission('AVAILABLE', 'openid', authorised),
    { code: 'permission_given_later' },
  ],
  [
    'told of by nobody who is clear',
    inService(),
    observed('paid', 'query', { openid: 'oSomebodyElse' }),
    { code: 'told', by: 'query', standing: standing('paid'), aside: 'unclear' },
  ],
  [
    'told of as over by an operation',
    inService(),
    observed('paid', 'complete'),
    { code: 'told', by: 'complete', standing: standing('paid'), aside: 'only_a_query_settles' },
  ],
  [
    'told of by what is older',
    orderIn('paying'),
    observed('in_service', 'query'),
    { code: 'told', by: 'query', standing: standing('in_service'), aside: 'older' },
  ],
];
for (const [what, order, event, noted] of NOTED) {
  test(`that an order was ${what} is noted`, () => {
    assert.deepEqual(lastOf(after(order, event)), noted);
  });
}

test('an order that is told of too late is noted as unwanted, and given up for that', () => {
  const order = fold(orderIn('creating'), observed('in_service', 'query'), later(61));
  assert.deepEqual(lastOf(order), {
    ...{ code: 'told', by: 'query', standing: standing('in_service'), aside: 'unwanted' },
  });
  assert.deepEqual(order.givingUp, TOO_LATE);
  const given = after(orderIn('creating'), { kind: 'given_up', why: IN_CONFIRM_MODE });
  const told = fold(given, observed('in_service', 'query'), later(61));
  assert.deepEqual(told.givingUp, IN_CONFIRM_MODE);
});

test('an order that was cancelled before it could be opened was withdrawn, and is in no trouble', () => {
  const troubled = [
    { kind: 'troubled', trouble: 'misconfigured', why },
    { kind: 'troubled', trouble: 'unresolved', why },
  ] as const;
  const order = after(creating(), ...troubled, asked('cancel'), { kind: 'never_opened', why });
  assert.deepEqual(lastOf(order), { code: 'withdrawn' });
  assert.deepEqual([order.phase, order.troubles], ['cancelled', []]);
});

test('an order that was never opened is misconfigured, and not unresolved any more', () => {
  const unresolved = { kind: 'troubled', trouble: 'unresolved', why } as const;
  const order = after(creating(), unresolved, { kind: 'never_opened', why });
  assert.deepEqual(order.troubles, ['misconfigured']);
  assert.deepEqual(order.explanation, { code: 'never_accepted', because: why });
  assert.equal(order.wasNeverOpened, true);
});

test('why WeChat did not take our calls is kept only of an order that does not exist yet', () => {
  const misconfigured = { kind: 'troubled', trouble: 'misconfigured', why } as const;
  assert.deepEqual(after(creating(), misconfigured).hinderedBy, why);
  const { why: _, ...unexplained } = misconfigured;
  for (const order of [
    after(inService(), misconfigured),
    after(creating(), { ...misconfigured, trouble: 'unresolved' }),
    after(creating(), unexplained),
  ]) {
    assert.ok(!('hinderedBy' in order));
  }
});

test('the last twenty notifications that came are known by their ids', () => {
  const seen = (nth: number) => ({ kind: 'notification_seen', id: `n-${nth}` }) as const;
  assert.deepEqual(after(inService(), seen(1)).seenNotifications, ['n-1']);
  const ids = Array.from({ length: 23 }, (_, nth) => seen(nth));
  assert.deepEqual(
    after(inService(), ...ids).seenNotifications,
    ids.slice(3).map(({ id }) => id),
  );
});

test('what an earlier run knew is known, and what it did not know is not made up', () => {
  const earlier = (change: Partial<EarlierRun>) =>
    ({
      kind: 'remembered',
      runId: 'reset',
      earlier: brokenOff('paying', change).takesUp!,
    }) as const;
  const at = later(-60).toISOString();
  const knew = after(
    inService(),
    earlier({ givingUp: why, completedAt: at, endedBefore: { phase: 'cancelled', at } }),
  );
  assert.deepEqual(
    [knew.givingUp, knew.completedAt, knew.endedBefore],
    [why, at, { phase: 'cancelled', at }],
  );
  const before = { ...inService(), givingUp: TOO_LATE, completedAt: at } as Order;
  const order = after({ ...before, endedBefore: { phase: 'free', at } }, earlier({}));
  assert.deepEqual([order.givingUp, order.completedAt], [TOO_LATE, at]);
  assert.deepEqual(order.endedBefore, { phase: 'free', at });
});

test('when somebody came back of whom WeChat had last said no, the later no counts', () => {
  const yes = (saidNoAt?: string) =>
    ({ ...permission('AVAILABLE', 'code'), ...(saidNoAt !== undefined && { saidNoAt }) }) as const;
  const order = { ...authorizing(), saidNoAt: later(-10).toISOString() };
  const awaited = { ...order, awaitedAt: later(-600).toISOString() };
  for (const [seconds, known] of [
    [-20, -10],
    [-5, -5],
  ] as const) {
    const told = after(awaited, yes(later(seconds).toISOString()));
    assert.equal(told.awaitedAt, later(known).toISOString());
  }
  assert.equal(after(awaited, yes()).awaitedAt, later(-10).toISOString());
  const { saidNoAt: _, ...unasked } = awaited;
  assert.equal(after(unasked, yes(later(-5).toISOString())).awaitedAt, later(-5).toISOString());
});

// how the earlier run had ended, whether that stays true when WeChat shows the order as cancelled
for (const [phase, stays] of [
  ['cancelled', true],
  ['rejected', true],
  ['unauthorized', true],
  ['free', false],
] as const) {
  test(`an order that had ended as ${phase}, and is cancelled, is ${stays ? phase : 'cancelled'}`, () => {
    const opened = newOrder(reopened(phase, { explanation: NOT_AUTHORISED }), AT);
    const order = after(opened, observed('cancelled', 'query'));
    assert.equal(order.phase, stays ? phase : 'cancelled');
    assert.deepEqual(order.explanation, stays ? NOT_AUTHORISED : undefined);
  });
}

test('what an order owed that had ended is owed when WeChat does not have it any more', () => {
  const refundDue = { amount: TOTAL, because: 'cancelled' } as const;
  const ended = (earlier: Partial<EarlierRun>) =>
    after(newOrder(reopened('cancelled', earlier), AT), observed('cancelled', 'query'));
  assert.deepEqual(ended({ refundDue }).refundDue, refundDue);
  assert.ok(!('refundDue' in ended({})));
});

test('what was said of an order that had ended is not said of one that was charged', () => {
  const cancelled = { ...orderIn('cancelled'), explanation: NOT_AUTHORISED };
  const order = after(cancelled, observed('paid', 'query'));
  assert.deepEqual([order.phase, order.explanation], ['paid', undefined]);
  const going = { ...inService(), explanation: NOT_AUTHORISED } as Order;
  assert.deepEqual(after(going, observed('paying', 'query')).explanation, NOT_AUTHORISED);
});

test('a charge is told of once: the same account again is older than what is known', () => {
  const order = after(orderIn('paid'), observed('paid', 'query'));
  assert.deepEqual(lastOf(order), {
    ...{ code: 'told', by: 'query', standing: standing('paid'), aside: 'older' },
  });
});

test('a notification of a total that was raised is believed at once, a query asks again', () => {
  const raised = { total_amount: TOTAL + 1 };
  const paying = orderIn('paying');
  assert.equal(after(paying, observed('paying', 'query', raised)).raisedSince, AT.toISOString());
  const told = after(paying, observed('paying', 'notification', raised));
  assert.equal(told.serviceOrder?.total_amount, TOTAL + 1);
});

test('an account without a total does not say that the agreed one is charged', () => {
  const raised = { ...orderIn('paying'), troubles: ['amount_raised'] } as Order;
  const untold = { kind: 'observed', by: 'query', serviceOrder: said('paying') } as const;
  const { total_amount: _, ...serviceOrder } = untold.serviceOrder;
  assert.deepEqual(after(raised, { ...untold, serviceOrder }).troubles, ['amount_raised']);
  assert.deepEqual(after(raised, untold).troubles, []);
  const unagreed = { ...raised, agreedTotal: undefined };
  assert.deepEqual(after(unagreed, untold).troubles, ['amount_raised']);
});

test('an adopted order that is found in service is wanted, however late', () => {
  const order = after(newOrder(adoption, AT), { kind: 'looked_up' }, ...attempted('own/first'));
  assert.equal(fold(order, observed('in_service', 'query'), later(86_400)).phase, 'in_service');
});

test('a permission of before the order was awaited anew does not answer for the user', () => {
  const asOf = later(-60).toISOString();
  const back = { kind: 'awaited', at: AT.toISOString() } as const;
  const order = fold(authorizing(), { ...back, at: later(10).toISOString() }, later(10));
  assert.equal(order.isUserBack, true);
  const old = fold(order, { ...permission('UNAVAILABLE'), asOf }, later(11));
  assert.equal(old.isUserBack, true);
  assert.equal(fold(order, permission('UNAVAILABLE'), later(11)).isUserBack, false);
});

test('an order that is created already is not to be authorised again, whenever its user did so', () => {
  const since = later(30).toISOString();
  const order = after(creating(), permission('AVAILABLE', 'openid', since));
  assert.equal(order.phase, 'creating');
  assert.deepEqual(lastOf(order), { code: 'permission', authorization_state: 'AVAILABLE' });
});

test('only an order that nobody has begun to create, or to authorise, can be invited', () => {
  const begun = after(authorizing(), permission('AVAILABLE'));
  assert.deepEqual(lastOf(after(begun, invited)), { code: 'answer_too_late' });
});
