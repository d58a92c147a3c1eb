/** What the report of a day counts, what it shows, and which bill it replaces. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../reconciliation/report/finding.ts';
import { createTally, replacedBy } from '../../../reconciliation/report/report.ts';

const about = { out_order_no: 'N1', transaction_id: '42' };
const open = (facts: Partial<Finding> = {}) =>
  ({ kind: 'paid_twice', healed: false, ...about, ...facts }) as Finding;
const healed = (facts: Partial<Finding> = {}) =>
  ({ kind: 'refunded', healed: true, ...about, ...facts }) as Finding;

function tallyOf(...findings: ReturnType<typeof open>[]) {
  const tally = createTally();
  for (const one of findings) tally.add(one);
  return tally;
}

test('counts the findings of each kind, with what the bill has, or else the order', () => {
  const tally = tallyOf(
    open({ bill_amount: 5, order_amount: 9 }),
    open({ kind: 'not_in_bill', order_amount: 7 }),
    open({ bill_amount: 3 }),
    open({ kind: 'refunded', bill_amount: 2 }),
    healed({ bill_amount: 4 }),
    open({ kind: 'unnamed_charge' }),
  );
  assert.deepEqual(tally.findings(), {
    not_in_bill: { count: 1, amount: 7, healed: 0, open: 1 },
    paid_twice: { count: 2, amount: 8, healed: 0, open: 2 },
    refunded: { count: 2, amount: 6, healed: 1, open: 1 },
    unnamed_charge: { count: 1, amount: 0, healed: 0, open: 1 },
  });
});

test('a day is clear when nothing is left for a person', () => {
  assert.ok(tallyOf().isClear());
  assert.ok(tallyOf(healed()).isClear());
  assert.ok(!tallyOf(healed(), open()).isClear());
});

test('shows twenty findings, the open ones first', () => {
  const nth = (count: number, make: typeof open) =>
    Array.from({ length: count }, (_, index) => make({ line: index }));
  assert.deepEqual(tallyOf(...nth(2, healed), ...nth(3, open)).examples(), [
    ...nth(3, open),
    ...nth(2, healed),
  ]);
  assert.deepEqual(tallyOf(...nth(25, healed), ...nth(3, open)).examples(), [
    ...nth(3, open),
    ...nth(17, healed),
  ]);
  assert.deepEqual(tallyOf(...nth(3, healed), ...nth(25, open)).examples(), nth(20, open));
});

// the bill of before, the bill of now, what it replaces
for (const [what, earlier, now, replaces] of [
  ['the same bill', { hash_value: 'ab' }, 'ab', undefined],
  ['the same bill, which had replaced one', { hash_value: 'ab', replaces: '01' }, 'ab', '01'],
  ['another bill', { hash_value: 'ab' }, 'cd', 'ab'],
  ['another bill again', { hash_value: 'ab', replaces: '01' }, 'cd', 'ab'],
  ['none any more', { hash_value: 'ab' }, undefined, 'ab'],
  ['a bill where there was none', {}, 'ab', undefined],
] as const) {
  test(`a report made anew from ${what} replaces ${replaces ?? 'none'}`, () => {
    assert.equal(replacedBy(now, earlier), replaces);
  });
}

test('what was acknowledged is neither open nor healed, and a day of nothing else is clear', () => {
  const tally = createTally(({ transaction_id }) => transaction_id === '42');
  tally.add(open());
  assert.deepEqual(tally.findings(), {
    paid_twice: { count: 1, amount: 0, healed: 0, open: 0, acknowledged: 1 },
  });
  assert.ok(tally.isClear());
  tally.add(open({ transaction_id: '43' }));
  assert.ok(!tally.isClear());
});
