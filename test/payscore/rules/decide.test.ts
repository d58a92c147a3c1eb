/** What may be asked of an order now. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperationRecord } from '../../../payscore/order/operation.ts';
import type { AskedOperation } from '../../../payscore/order/operation-name.ts';
import type { Order } from '../../../payscore/order/order.ts';
import { PHASES, type Phase } from '../../../payscore/rules/phase.ts';
import { decide, type Decision } from '../../../payscore/rules/decide.ts';
import { orderFactsOf, viewOf } from '../../../payscore/order/view.ts';
import { inWords } from '../../support/words.ts';
import { LOWER, orderIn, record, requests, TOTAL } from '../order/orders.ts';

const decisionOn = (
  order: Order,
  operation: AskedOperation,
  change: object = {},
  digest?: string,
) =>
  decide(orderFactsOf(viewOf(order)), {
    operation,
    request: { ...requests[operation], ...change },
    digest: digest ?? `digest of ${operation}`,
  });
const ruleOf = (decision: Decision) =>
  decision.kind === 'not_allowed' ? inWords(decision.rule) : '';

// Of orders that came to their phase by these very requests (orders.ts), all with another digest than is asked for now.
const DECISIONS: Readonly<Record<AskedOperation, Partial<Record<Phase, Decision['kind']>>>> = {
  complete: { in_service: 'go' },
  modify: { paying: 'go' },
  cancel: {
    ...{ authorizing: 'go', creating: 'go', in_service: 'go', paying: 'go' },
    cancelled: 'done',
  },
  sync: { paying: 'go', paid_elsewhere: 'done' },
};

for (const [operation, decisions] of Object.entries(DECISIONS)) {
  for (const phase of PHASES) {
    const kind = decisions[phase] ?? 'not_allowed';
    test(`to ${operation} an order that is ${phase}: ${kind}`, () => {
      const decision = decisionOn(orderIn(phase), operation as AskedOperation, {}, 'another');
      assert.equal(decision.kind, kind);
      if (kind === 'not_allowed') assert.match(ruleOf(decision), new RegExp(`\\b${phase}\\b`));
    });
  }
}

const COMPLETED = ['paying', 'paid', 'paid_elsewhere', 'free'] as const;

for (const phase of COMPLETED) {
  test(`the completion of a ${phase} order asked again has succeeded already`, () => {
    assert.deepEqual(decisionOn(orderIn(phase), 'complete'), { kind: 'done' });
  });

  test(`a ${phase} order that was completed elsewhere compares by its total`, () => {
    const order = { ...orderIn(phase), operations: [] };
    const total_amount = order.serviceOrder?.total_amount ?? -1;
    assert.equal(decisionOn(order, 'complete', { total_amount }).kind, 'done');
    const other = decisionOn(order, 'complete', { total_amount: total_amount + 1 });
    assert.match(ruleOf(other), new RegExp(`total_amount ${total_amount}\\b`));
  });

  for (const [digest, wanted] of [
    ['', 'a'],
    ['a', ''],
    ['', ''],
  ] as const) {
    test(`a ${phase} order whose completion ${digest ? 'or repetition' : ''} a person wrote compares by its total`, () => {
      const before = record('complete', { digest, state: 'done' });
      const order = { ...orderIn(phase), operations: [before] };
      const total_amount = order.serviceOrder?.total_amount ?? -1;
      const kind = (total: number) =>
        decisionOn(order, 'complete', { total_amount: total }, wanted).kind;
      assert.deepEqual([kind(total_amount), kind(total_amount + 1)], ['done', 'not_allowed']);
    });
  }
}

test('only a completion that took effect has succeeded already', () => {
  for (const state of ['waiting', 'running', 'not_allowed', 'refused'] as const) {
    const order = { ...orderIn('paying'), operations: [record('complete', { state })] };
    assert.equal(decisionOn(order, 'complete', { total_amount: 1 }).kind, 'not_allowed');
  }
});

test('a correction that shows is done, though the run that carried it out was reset', () => {
  const completion = record('complete', { state: 'done', total: TOTAL });
  const serviceOrder = { ...orderIn('paying').serviceOrder!, total_amount: LOWER };
  const order = { ...orderIn('paying'), serviceOrder, operations: [completion] };
  const kind = (total_amount: number) => decisionOn(order, 'modify', { total_amount }).kind;
  assert.deepEqual([kind(LOWER), kind(LOWER + 1), kind(LOWER - 1)], ['done', 'not_allowed', 'go']);
});

test('a completion has succeeded also when the amount was lowered since', () => {
  assert.equal(decisionOn(lowered(), 'complete').kind, 'done');
});

for (const [total_amount, kind] of [
  [TOTAL + 1, 'not_allowed'],
  [TOTAL, 'not_allowed'],
  [TOTAL - 1, 'go'],
  [0, 'go'],
] as const) {
  test(`an amount of 800 is ${kind === 'go' ? '' : 'not '}lowered to ${total_amount}`, () => {
    assert.equal(decisionOn(orderIn('paying'), 'modify', { total_amount }).kind, kind);
  });
}

test('an amount that WeChat has not named may be lowered: it is WeChat’s to refuse', () => {
  const order = orderIn('paying');
  const { total_amount: _, ...untold } = order.serviceOrder!;
  assert.equal(decisionOn({ ...order, serviceOrder: untold }, 'modify').kind, 'go');
});

for (const phase of COMPLETED) {
  test(`a correction of an order that is ${phase} asked again has succeeded already`, () => {
    assert.deepEqual(decisionOn(lowered(phase), 'modify'), { kind: 'done' });
  });
}

test('a correction of an order that was cancelled since is not there any more', () => {
  const order = { ...lowered(), phase: 'cancelled' } as const;
  assert.equal(decisionOn(order, 'modify').kind, 'not_allowed');
});

test('an amount that was lowered here is there already only with the same values', () => {
  for (const digest of ['another', 'digest of complete']) {
    assert.equal(decisionOn(lowered('paid'), 'modify', {}, digest).kind, 'not_allowed');
  }
});

test('a correction that was overtaken by another is to be sent again, or not, as any other', () => {
  const once = record('modify', { key: 'once', state: 'done' });
  const twice = record('modify', { key: 'twice', state: 'done', digest: 'another' });
  const order = lowered();
  const corrected = { ...order, operations: [once, twice] };
  assert.match(ruleOf(decisionOn(corrected, 'modify')), /must be lower than the present 300/);
});

test('a correction that did not take effect is not there already', () => {
  for (const phase of ['paid', 'paid_elsewhere'] as const) {
    const order = lowered(phase);
    const serviceOrder = { ...order.serviceOrder!, total_amount: TOTAL };
    assert.equal(decisionOn({ ...order, serviceOrder }, 'modify').kind, 'not_allowed');
  }
});

test('a payment is not lowered nor cancelled, and the rule says what to do instead', () => {
  assert.match(ruleOf(decisionOn(orderIn('paid'), 'modify')), /refund the difference/);
  assert.match(ruleOf(decisionOn(orderIn('paid'), 'cancel')), /refund it by its transaction_id/);
  assert.doesNotMatch(ruleOf(decisionOn(orderIn('free'), 'cancel')), /refund/);
});

// when the completion was begun: noon
for (const [paid_time, kind] of [
  ['2026-10-01T11:59:59+08:00', 'not_allowed'],
  ['2026-10-01T12:00:00+08:00', 'go'],
  ['2026-10-01T05:00:00+01:00', 'go'],
  ['2026-10-01T03:59:59.999Z', 'not_allowed'],
] as const) {
  test(`a payment elsewhere at ${paid_time} ${kind === 'go' ? 'is told' : 'was before the completion'}`, () => {
    assert.equal(decisionOn(orderIn('paying'), 'sync', { paid_time }).kind, kind);
  });
}

test('a payment elsewhere is told whenever it was, where nobody knows of the completion', () => {
  const { completedAt: _, ...order } = orderIn('paying');
  const change = { paid_time: '2020-01-01T00:00:00Z' };
  assert.equal(decisionOn(order, 'sync', change).kind, 'go');
});

test('how an order that has ended stood can be read from its view alone', () => {
  for (const phase of PHASES) {
    const { operations, ...standing } = orderFactsOf(viewOf(orderIn(phase)));
    const { serviceOrder, completedAt } = orderIn(phase);
    const { total_amount } = serviceOrder ?? {};
    assert.deepEqual(standing, { phase, total_amount, completedAt });
    assert.ok(operations.every(({ state }) => state === 'done'));
  }
});

/** Completed with 800, and lowered to 300. */
function lowered(phase: (typeof COMPLETED)[number] = 'paying'): Order {
  const order = orderIn(phase);
  const operations: OperationRecord[] = [
    record('complete', { state: 'done' }),
    record('modify', { state: 'done' }),
  ];
  const serviceOrder = { ...order.serviceOrder!, total_amount: LOWER };
  return { ...order, operations, serviceOrder };
}

test('a payment elsewhere before the completion is refused, with the moment of that', () => {
  const completedAt = '2026-10-01T04:00:00.000Z';
  const standing = { phase: 'paying', total_amount: TOTAL, completedAt, operations: [] } as const;
  const paidAt = (paid_time: string, change: { completedAt?: undefined } = {}) =>
    decide({ ...standing, ...change }, { operation: 'sync', request: { paid_time }, digest: '' });
  assert.deepEqual(paidAt('2026-10-01T11:59:59+08:00'), {
    ...{ kind: 'not_allowed', rule: { code: 'paid_before_completion', completedAt } },
  });
  assert.deepEqual(paidAt('2026-10-01T12:00:00+08:00'), { kind: 'go' });
  assert.deepEqual(paidAt('2026-10-01T11:59:59+08:00', { completedAt: undefined }), { kind: 'go' });
});
