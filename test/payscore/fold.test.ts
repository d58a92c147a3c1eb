/** The fold: an order only moves forward, and only what WeChat is proven to have said settles it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold, type OrderEvent } from '../../payscore/fold.ts';
import { newOrder, type Order } from '../../payscore/order.ts';
import { isFinal, type Phase } from '../../payscore/phase.ts';
import {
  AT,
  completion,
  observed,
  OPENID,
  opening,
  orderIn,
  refusal,
  WECHAT_PHASES,
} from './orders.ts';

const REACHED = [
  ...(['creating', 'in_service', 'paying', 'paid', 'paid_elsewhere', 'free'] as const),
  ...(['cancelled', 'rejected', 'unauthorized'] as const),
];
const FINAL = REACHED.filter(isFinal);
const SOURCES = ['create', 'complete', 'query', 'notification'] as const;

const others: readonly OrderEvent[] = [
  { kind: 'unauthorized', authorization_state: 'UNAVAILABLE' },
  { kind: 'unreachable', explanation: 'No answer.' },
  { kind: 'declined', operation: 'complete', rule: 'not now' },
  { kind: 'completing', completion },
  ...(['create', 'complete'] as const).flatMap((operation) =>
    [true, false].map(
      (unattended) => ({ kind: 'refused', operation, refusal, unattended }) as const,
    ),
  ),
];
const observations = WECHAT_PHASES.flatMap((phase) => SOURCES.map((by) => observed(phase, by)));
const describe = (event: OrderEvent) =>
  event.kind === 'refused' ? `${event.kind} ${event.operation}` : event.kind;

/** Whoever changes a frozen order throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

test('the material stands where it says', () => {
  for (const phase of REACHED) assert.equal(orderIn(phase).phase, phase);
});

for (const phase of FINAL) {
  test(`nothing that WeChat says leads out of ${phase}`, () => {
    for (const event of observations) assert.equal(fold(orderIn(phase), event, AT).phase, phase);
  });

  for (const event of others) {
    test(`'${describe(event)}' does not lead out of ${phase}`, () => {
      assert.equal(fold(orderIn(phase), event, AT).phase, phase);
    });
  }

  test(`what is known of a ${phase} order is not overwritten`, () => {
    const order = orderIn(phase);
    for (const event of observations) {
      assert.deepEqual(fold(order, event, AT).serviceOrder, order.serviceOrder);
    }
  });
}

/** How far an order has come; from creating everything lies ahead. */
const DISTANCE: Partial<Record<Phase, number>> = { creating: 0, in_service: 1, paying: 2 };

for (const from of ['creating', 'in_service', 'paying'] as const) {
  for (const to of WECHAT_PHASES) {
    const isBack = (DISTANCE[to] ?? 3) < (DISTANCE[from] ?? 3);
    const expected = isBack ? from : to;
    for (const by of ['query', 'notification'] as const) {
      test(`a ${by} that says ${to} finds ${from} and leaves ${expected}`, () => {
        assert.equal(fold(orderIn(from), observed(to, by), AT).phase, expected);
      });
    }
    for (const by of ['create', 'complete'] as const) {
      test(`the answer of ${by} that says ${to} ${isFinal(to) ? 'does not settle' : 'moves'} ${from}`, () => {
        const after = fold(orderIn(from), observed(to, by), AT);
        assert.equal(after.phase, isFinal(to) ? from : expected);
      });
    }
  }
}

for (const [what, change] of Object.entries({
  'is unclear': { state: 'CREATED', state_description: '', collection: {} },
  'contradicts itself': { state: 'REVOKED' },
  'is about another merchant': { mchid: '1900000002' },
  'is about another app': { appid: 'wx2' },
  'is about another service': { service_id: '20020001' },
  'is about another number': { out_order_no: 'R2' },
  'is about another user': { openid: 'oSomebodyElse' },
})) {
  test(`an account that ${what} moves nothing, and is kept in the timeline`, () => {
    for (const from of ['creating', 'in_service', 'paying'] as const) {
      const order = orderIn(from);
      const after = fold(order, observed('paid', 'query', change), AT);
      assert.deepEqual({ ...after, timeline: order.timeline }, order);
      assert.equal(after.timeline.length, order.timeline.length + 1);
    }
  });
}

for (const event of others.filter(({ kind }) => kind !== 'completing')) {
  test(`'${describe(event)}' does not end an order that is known to exist`, () => {
    for (const from of ['in_service', 'paying'] as const) {
      assert.equal(fold(orderIn(from), event, AT).phase, from);
    }
  });
}

test('a refused creation rejects the order with WeChat’s words and the advice to take a new number', () => {
  const { phase, lastRefusal, explanation } = orderIn('rejected');
  assert.equal(phase, 'rejected');
  assert.deepEqual(lastRefusal, { ...refusal, operation: 'create' });
  assert.match(explanation ?? '', /综合评估不通过.*new out_order_no/);
});

test('an order without permission says why it ended', () => {
  assert.match(orderIn('unauthorized').explanation ?? '', /UNAVAILABLE.*new out_order_no/);
});

test('an order whose permission cannot be asked for is rejected, with the reason', () => {
  const event = { kind: 'unreachable', explanation: 'No answer.' } as const;
  const { phase, explanation } = fold(orderIn('creating'), event, AT);
  assert.equal(phase, 'rejected');
  assert.match(explanation ?? '', /^No answer\. .*new out_order_no/);
});

for (const unattended of [true, false]) {
  test(`a refused completion ${unattended ? 'is' : 'is not'} trouble when ${unattended ? 'nobody waits' : 'the caller hears it'}`, () => {
    const order = fold(orderIn('in_service'), { kind: 'completing', completion }, AT);
    assert.deepEqual(order.completion, completion);
    const event = { kind: 'refused', operation: 'complete', refusal, unattended } as const;
    const after = fold(order, event, AT);
    assert.deepEqual(
      [after.phase, after.completion, after.trouble],
      ['in_service', undefined, unattended ? 'operation_refused' : undefined],
    );
    assert.deepEqual(after.lastRefusal, { ...refusal, operation: 'complete' });
  });
}

test('an operation that a rule declines without anybody waiting is trouble', () => {
  const event = { kind: 'declined', operation: 'complete', rule: 'not now' } as const;
  assert.equal(fold(orderIn('in_service'), event, AT).trouble, 'operation_refused');
});

test('remembers when the order was first known to be in service', () => {
  const later = new Date(AT.getTime() + 3_600_000);
  const order = fold(orderIn('in_service'), observed('in_service', 'query'), later);
  assert.equal(order.inServiceSince, '20261001120000');
});

test('keeps what an answer leaves out, but not where the order stood', () => {
  const order = orderIn('paying');
  const account = observed('paid', 'notification', { order_id: undefined, time_range: undefined });
  const { serviceOrder } = fold(order, account, AT);
  assert.equal(serviceOrder?.state_description, undefined);
  assert.equal(serviceOrder?.order_id, order.serviceOrder?.order_id);
});

test('keeps the openid out of what WeChat said', () => {
  for (const phase of REACHED) {
    const { opening: _opening, ...rest } = orderIn(phase);
    assert.ok(!JSON.stringify(rest).includes(OPENID));
  }
});

test('never changes the order it is given', () => {
  for (const phase of REACHED) {
    const order = frozen(orderIn(phase));
    for (const event of [...observations, ...others]) fold(order, event, AT);
  }
});

test('is plain JSON throughout', () => {
  for (const phase of REACHED) {
    const order = orderIn(phase);
    const copy = JSON.parse(JSON.stringify(order)) as Order;
    assert.deepEqual(JSON.parse(JSON.stringify(fold(copy, observed('paid', 'query'), AT))), {
      ...(JSON.parse(JSON.stringify(fold(order, observed('paid', 'query'), AT))) as Order),
    });
  }
});

test('the timeline keeps the opening and the latest 49 entries', () => {
  let order = newOrder(opening, AT);
  for (let second = 1; second <= 200; second++) {
    const at = new Date(AT.getTime() + second * 1000);
    order = fold(order, observed('in_service', 'query'), at);
  }
  assert.equal(order.timeline.length, 50);
  assert.deepEqual(order.timeline[0], { at: '2026-10-01T12:00:00+08:00', event: 'opened' });
  assert.equal(order.timeline.at(1)?.at, '2026-10-01T12:02:32+08:00');
  assert.equal(order.timeline.at(-1)?.at, '2026-10-01T12:03:20+08:00');
});
