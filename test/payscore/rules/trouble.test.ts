/** What keeps an order from going its way, in one word. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gravest, TROUBLES, withTrouble } from '../../../payscore/rules/trouble.ts';

test('money that is owed is shown before keys that are wrong, and what is only late last', () => {
  assert.deepEqual(TROUBLES, [
    ...['refund_due', 'undercollected', 'misconfigured', 'amount_raised', 'unresolved'],
    ...['operation_refused', 'overdue'],
  ]);
  for (const [index, trouble] of TROUBLES.entries()) {
    assert.equal(gravest(TROUBLES.slice(index).toReversed()), trouble);
  }
  assert.equal(gravest([]), undefined);
});

test('a trouble is had once', () => {
  const twice = withTrouble(['overdue', 'unresolved'], { add: 'overdue' });
  assert.deepEqual(twice.toSorted(), ['overdue', 'unresolved']);
});

test('what is removed and added at once stays', () => {
  const change = { add: 'overdue', remove: ['overdue', 'misconfigured'] } as const;
  assert.deepEqual(withTrouble(['misconfigured', 'overdue', 'unresolved'], change), [
    'unresolved',
    'overdue',
  ]);
});

test('nothing added and nothing removed changes nothing', () => {
  assert.deepEqual(withTrouble(['overdue'], {}), ['overdue']);
});
