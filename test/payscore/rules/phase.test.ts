/** Every combination of what WeChat can say about an order, and what each is read as. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFinal, PHASES, phaseOf } from '../../../payscore/rules/phase.ts';
import { mch, newton } from '../order/orders.ts';
import {
  combinations,
  linesOf,
  paid,
  standingOf,
  STATES,
  TABLE,
  type Combination,
} from './state-table.ts';

const read = (combination: Combination) => phaseOf(standingOf(combination));

test('the table covers all 924 combinations, each by at most one line', () => {
  assert.equal(combinations.length, 7 * 4 * 11 * 3);
  assert.equal(new Set(combinations.map(String)).size, 924);
  assert.ok(combinations.every((combination) => linesOf(combination).length <= 1));
});

for (const line of TABLE) {
  const [state, description, collection, total, phase] = line;
  test(`reads ${state} / ${description} / ${collection} / total ${total} as ${phase}`, () => {
    const meant = combinations.filter((combination) => linesOf(combination)[0] === line);
    assert.ok(meant.length > 0);
    for (const combination of meant) assert.equal(read(combination), phase, String(combination));
  });
}

for (const state of STATES) {
  test(`reads every other combination of ${state || 'no state'} as unclear`, () => {
    const others = combinations.filter((one) => one[0] === state && linesOf(one).length === 0);
    assert.ok(others.length > 0);
    for (const one of others) assert.equal(read(one), 'unclear', String(one));
  });
}

test('the combinations that are clear are as many as the table says', () => {
  const clear = combinations.filter((combination) => read(combination) !== 'unclear').length;
  assert.equal(clear, 3 + 2 * 3 + 4 * (3 * 3 + 3 + 3 + 1 + 2 * 3 + 3));
});

const done = (details: object[]) => ({
  state: 'DONE',
  state_description: undefined,
  collection: paid(details),
  total_amount: undefined,
});

test('one NEWTON amount above 0 is a payment, however many details there are', () => {
  const details = [{ ...newton, amount: 0 }, mch, { ...newton, amount: 1 }];
  assert.equal(phaseOf(done(details)), 'paid');
});

const newton0 = { ...newton, amount: 0 };

for (const [total_amount, phase] of [
  [0, 'free'],
  [800, 'paid'],
  [undefined, 'paid'],
] as const) {
  test(`of a total of ${total_amount} with nothing left to charge the order is ${phase}`, () => {
    for (const details of [[newton0], [newton0, newton0]]) {
      assert.equal(phaseOf({ ...done(details), total_amount }), phase);
    }
  });
}

test('what WeChat charged nothing of is unclear as long as something else was collected', () => {
  for (const other of [mch, { ...newton, paid_type: 'COIN' }, { ...mch, amount: 0 }]) {
    for (const total_amount of [0, 800, undefined]) {
      const details = [newton0, other];
      assert.equal(phaseOf({ ...done(details), total_amount }), 'unclear');
      assert.equal(phaseOf({ ...done(details.toReversed()), total_amount }), 'unclear');
    }
  }
});

test('what was collected is paid only when WeChat says so of the whole', () => {
  for (const state of ['USER_PAYING', 'USER_REFUNDED', '']) {
    for (const detail of [newton, mch]) {
      const collection = { ...paid([detail])!, state };
      assert.equal(phaseOf({ ...done([detail]), collection }), 'unclear');
    }
  }
});

test('a detail without amount or type is no payment', () => {
  for (const detail of [{ paid_type: 'NEWTON' }, { amount: 800 }, { ...mch, paid_type: 'X' }]) {
    assert.equal(phaseOf(done([detail])), 'unclear');
  }
});

test('six phases are final', () => {
  assert.deepEqual(PHASES.filter(isFinal), [
    'paid',
    'paid_elsewhere',
    'free',
    'cancelled',
    'rejected',
    'unauthorized',
  ]);
});
