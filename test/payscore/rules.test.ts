/** What may be asked of an order now. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayComplete } from '../../payscore/rules.ts';
import { CompleteServiceOrder } from '../../schemas/complete-service-order.ts';
import { completion, orderIn } from './orders.ts';

const { request } = completion;
const another = CompleteServiceOrder.parse({
  post_payments: [{ name: '租金', amount: 700 }],
  total_amount: 700,
});
const sameTotal = CompleteServiceOrder.parse({
  post_payments: [{ name: '服务费', amount: 800 }],
  total_amount: 800,
});

test('an order in service can be completed', () => {
  assert.deepEqual(mayComplete(orderIn('in_service'), request), { kind: 'go' });
});

for (const phase of ['paying', 'paid', 'paid_elsewhere'] as const) {
  test(`the completion of a ${phase} order asked again has succeeded already`, () => {
    assert.deepEqual(mayComplete(orderIn(phase), request), { kind: 'done' });
  });

  test(`a ${phase} order cannot be completed with other values`, () => {
    for (const other of [another, sameTotal]) {
      const verdict = mayComplete(orderIn(phase), other);
      assert.equal(verdict.kind, 'no');
    }
  });
}

for (const phase of ['paying', 'paid', 'paid_elsewhere', 'free'] as const) {
  test(`a ${phase} order that was completed elsewhere compares by its total`, () => {
    const { completion: _elsewhere, ...order } = orderIn(phase);
    const total_amount = order.serviceOrder?.total_amount ?? -1;
    assert.equal(mayComplete(order, { ...request, total_amount }).kind, 'done');
    assert.equal(mayComplete(order, { ...request, total_amount: total_amount + 1 }).kind, 'no');
  });
}

for (const phase of ['creating', 'cancelled', 'rejected', 'unauthorized'] as const) {
  test(`a ${phase} order cannot be completed, and the rule says where it is`, () => {
    const verdict = mayComplete(orderIn(phase), request);
    assert.ok(verdict.kind === 'no' && verdict.rule.includes(phase));
  });
}
