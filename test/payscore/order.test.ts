/** What an order begins with. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIRST, newOrder, numberOf } from '../../payscore/order.ts';
import { adoption, AT, OPENID, opening, plain, record, reopened } from './orders.ts';

// opening, what it begins with, in whose name, how its timeline begins
for (const [what, begins, operation, openid, event] of [
  ['that is opened', opening, 'create', OPENID, 'opened'],
  ['that was opened before', reopened('cancelled'), 'adopt', OPENID, 'taken up from WeChat Pay'],
  ['that nobody opened here', adoption, 'adopt', undefined, 'taken up from WeChat Pay'],
] as const) {
  test(`an order ${what} begins with ${operation}`, () => {
    const order = newOrder(begins, AT);
    const [first, ...others] = order.operations;
    assert.deepEqual([first?.operation, first?.key, first?.state], [operation, FIRST, 'waiting']);
    assert.deepEqual(others, []);
    assert.deepEqual([order.phase, order.openid, order.troubles], ['creating', openid, []]);
    assert.deepEqual(order.timeline, [{ at: '2026-10-01T12:00:00+08:00', event }]);
    assert.deepEqual([order.out_order_no, numberOf(begins)], ['R1', 'R1']);
    assert.deepEqual(order.opening, plain(begins));
  });
}

test('what an ended run had concluded is known to the next, and what it had not is not carried out', () => {
  const operations = [
    record('complete', { state: 'done' }),
    record('modify', { state: 'running' }),
    record('cancel'),
  ];
  const [, ...kept] = newOrder(reopened('paying', { operations }), AT).operations;
  assert.deepEqual(kept[0], operations[0]);
  for (const { state, rule } of kept.slice(1)) {
    assert.equal(state, 'not_allowed');
    assert.match(rule ?? '', /ask again/);
  }
});
