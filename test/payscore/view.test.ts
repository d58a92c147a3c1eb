/** An order as people and programs see it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../payscore/fold.ts';
import { viewOf } from '../../payscore/view.ts';
import { AT, OPENID, orderIn, refusal, TOTAL } from './orders.ts';

const PHASES = [
  ...(['creating', 'in_service', 'paying', 'paid', 'paid_elsewhere', 'free'] as const),
  ...(['cancelled', 'rejected', 'unauthorized'] as const),
];

for (const phase of PHASES) {
  test(`the view of a ${phase} order has its number and phase, and no openid`, () => {
    const view = viewOf(orderIn(phase));
    assert.deepEqual([view.out_order_no, view.phase], ['R1', phase]);
    assert.ok(!JSON.stringify(view).includes(OPENID));
    assert.ok(!JSON.stringify(view).includes('openid'));
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
  assert.match(view.explanation ?? '', /综合评估不通过/);
});

test('shows trouble, and leaves out what there is none of', () => {
  const calm = viewOf(orderIn('in_service'));
  for (const field of ['trouble', 'explanation', 'last_refusal']) assert.ok(!(field in calm));
  const declined = { kind: 'declined', operation: 'complete', rule: 'not now' } as const;
  assert.equal(viewOf(fold(orderIn('in_service'), declined, AT)).trouble, 'operation_refused');
});
