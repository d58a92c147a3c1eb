/** What a user is let off is found by a search attribute, and says who asked: no bill has a row of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOrderSource } from '../../../activities/order-source.ts';
import { billDateOf } from '../../../payscore/times/bill-date.ts';
import { SEARCH_ATTRIBUTES } from '../../../workflows/contract.ts';
import { eventually } from '../../support/eventually.ts';
import { CANCELLATION, rentalEnd } from '../../support/orders.ts';
import { inService, shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('an order that is cancelled while it is charged', () => {
  const stage = useStack({ pollDelaysMs: [3_600_000] });

  it('is listed as let off, on the day on which it ended, with its amount', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stack.api.complete(out_order_no, rentalEnd(500));
    await shown(stack, out_order_no, { phase: 'paying' });
    const paying = await stack.run(out_order_no).describe();
    assert.ok(paying.typedSearchAttributes.get(SEARCH_ATTRIBUTES.completedAt));
    await stack.api.cancel(out_order_no, CANCELLATION);
    await shown(stack, out_order_no, { phase: 'cancelled' });

    const { temporal } = stack;
    const source = createOrderSource({ temporal, wechatpay: {} as never });
    await eventually('the waiver in the list', async () => {
      const waived = [];
      for await (const page of source.waiversOn(billDateOf(new Date()))) waived.push(...page);
      const [first] = waived;
      if (!first) return false;
      assert.deepEqual(
        [first.out_order_no, first.code, first.amount, first.service_id],
        [out_order_no, 'cancelled_after_completion', 500, stack.merchant.service_id],
      );
      return true;
    });
  });
});
