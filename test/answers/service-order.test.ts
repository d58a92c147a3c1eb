/** The order as business code gets it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inBeijing } from '../../answers/fields.ts';
import { PresentedOrder, presented } from '../../answers/service-order.ts';
import type { OrderView } from '../../payscore/order/view.ts';
import { EN } from '../../words/en.ts';

const UTC = '2026-11-28T16:30:05.250Z';
const BEIJING = '2026-11-29T00:30:05+08:00';

const view: OrderView = {
  ...{ out_order_no: 'R1', phase: 'paid', trouble: 'refund_due' },
  ...{ mchid: '1900000001', appid: 'wx1', service_id: '500001', state: 'DONE', total_amount: 500 },
  collection: {
    ...{ state: 'USER_PAID', paid_amount: 500 },
    details: [
      { paid_type: 'NEWTON', amount: 500, paid_time: '20261129003005', transaction_id: '42' },
    ],
  },
  refund_due: { amount: 500, transaction_id: '42', because: 'cancel' },
  refunded: { '42': [{ refund_id: '50', amount: 100 }] },
  settled: { amount: 400, reason: 'cash', at: UTC },
  invitation: { apply_permissions_token: 'token', expires_at: UTC },
  pending_operation: { operation: 'cancel', since: UTC, is_unknown: true },
  operations: [
    {
      ...{ operation: 'complete', idempotency_key: 'k', digest: 'd', total_amount: 500 },
      ...{ received_at: UTC, state: 'not_allowed', rule: { code: 'was_cancelled' } },
    },
  ],
  completed_at: UTC,
  timeline: [{ at: UTC, event: { code: 'opened' } }],
  unread_notifications: [{ id: 'n', headers: {}, body: '' }],
  ended_before: { phase: 'paid', at: UTC },
};

describe('an order', () => {
  it('is told as it is documented, with no other field', () => {
    const told: unknown = JSON.parse(JSON.stringify(presented(view, EN)));
    assert.deepEqual(PresentedOrder.parse(told), told);
  });

  it('has each time of ours in Beijing time, and WeChat Pay’s own as they are', () => {
    const told = presented(view, EN);
    assert.deepEqual(
      [
        ...[told.settled?.at, told.authorization?.expires_at, told.pending_operation?.since],
        ...[told.operations[0]?.received_at, told.completed_at, told.timeline[0]?.at],
      ],
      Array(6).fill(BEIJING),
    );
    assert.equal(told.collection?.details[0]?.paid_time, '20261129003005');
    assert.doesNotMatch(JSON.stringify(told), /\dZ"/);
  });

  it('says facts in words, and nothing that only compares repetitions', () => {
    const [operation] = presented(view, EN).operations;
    assert.equal(operation?.rule, 'the order was cancelled');
    assert.ok(!('digest' in (operation ?? {})));
  });
});

describe('a time that a person wrote', () => {
  for (const nonsense of ['yesterday', '', '+275760-09-13T00:00:00.000Z']) {
    it(`is told as it is where it is none: ${nonsense}`, () => {
      assert.equal(inBeijing(nonsense), nonsense);
    });
  }
});
