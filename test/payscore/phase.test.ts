/** Every combination of what WeChat can say about an order, and what each is read as. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFinal, PHASES, phaseOf } from '../../payscore/phase.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';
import { mch, newton } from './orders.ts';

const STATES = ['CREATED', 'DOING', 'DONE', 'REVOKED', 'EXPIRED', 'SUSPENDED'] as const;
const DESCRIPTIONS = ['absent', 'USER_CONFIRM', 'MCH_COMPLETE', 'MCH_PAUSED'] as const;
type Collection = ServiceOrder['collection'];
const TOTALS = { absent: undefined, zero: 0, some: 800 };

const paid = (details: object[]) => ({ state: 'USER_PAID', details }) as Collection;
const COLLECTIONS: Readonly<Record<string, Collection>> = {
  absent: undefined,
  USER_PAYING: { state: 'USER_PAYING', details: [] },
  newton: paid([newton]),
  mch: paid([mch]),
  mixed: paid([mch, newton]),
  none: paid([]),
  newton0: paid([{ ...newton, amount: 0 }]),
  USER_REFUNDED: { state: 'USER_REFUNDED', details: [] },
};

/**
 * The state table of the reference (5.4) and of the design (2), one line per phase: state, description, collection,
 * total. WeChat says a description only in DOING (5.2); in other states it decides nothing. A combination that no line
 * names is unclear: CREATED, which the confirm-free mode does not know, unknown values, and contradictions.
 */
const TABLE = [
  // the service is running; charging has not begun
  ['DOING', 'USER_CONFIRM', 'absent', 'any', 'in_service'],
  // the answer of complete has no collection (8.3)
  ['DOING', 'MCH_COMPLETE', 'absent USER_PAYING', 'any', 'paying'],
  // NEWTON with an amount: charged by pay score, whatever else was settled
  ['DONE', 'any', 'newton mixed', 'any', 'paid'],
  ['DONE', 'any', 'mch', 'any', 'paid_elsewhere'],
  // the collection is absent if completed with total 0
  ['DONE', 'any', 'absent', 'zero', 'free'],
  // cancelled, at the latest while WeChat was charging
  ['REVOKED', 'any', 'absent USER_PAYING', 'any', 'cancelled'],
  // CREATED for 30 days: nothing was ever charged
  ['EXPIRED', 'any', 'absent', 'any', 'cancelled'],
] as const;

const combinations = STATES.flatMap((state) =>
  DESCRIPTIONS.flatMap((description) =>
    Object.keys(COLLECTIONS).flatMap((collection) =>
      Object.keys(TOTALS).map((total) => [state, description, collection, total] as const),
    ),
  ),
);
type Combination = (typeof combinations)[number];

const linesOf = (combination: Combination) =>
  TABLE.filter(([...line]) =>
    combination.every((value, column) =>
      ['any', value].some((word) => line[column]?.split(' ').includes(word)),
    ),
  );
const read = ([state, description, collection, total]: Combination) =>
  phaseOf({
    state,
    state_description: description === 'absent' ? undefined : description,
    collection: COLLECTIONS[collection],
    total_amount: TOTALS[total as keyof typeof TOTALS],
  });

test('the table covers all 576 combinations, each by at most one line', () => {
  assert.equal(combinations.length, 6 * 4 * 8 * 3);
  assert.equal(new Set(combinations.map(String)).size, 576);
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
  test(`reads every other combination of ${state} as unclear`, () => {
    const others = combinations.filter((one) => one[0] === state && linesOf(one).length === 0);
    assert.ok(others.length > 0);
    for (const one of others) assert.equal(read(one), 'unclear', String(one));
  });
}

test('the combinations that are clear are as many as the table says', () => {
  const clear = combinations.filter((combination) => read(combination) !== 'unclear').length;
  assert.equal(clear, 3 + 2 * 3 + 4 * (2 * 3 + 3 + 1 + 2 * 3 + 3));
});

const done = (details: object[]) => ({
  state: 'DONE',
  state_description: undefined,
  collection: paid(details),
});

test('one NEWTON amount above 0 is a payment, however many details there are', () => {
  const details = [{ ...newton, amount: 0 }, mch, { ...newton, amount: 1 }];
  assert.equal(phaseOf(done(details)), 'paid');
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
