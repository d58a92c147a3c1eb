/** What a user is let off is found by a search attribute, and says who asked: no bill has a row of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOrderSource } from '../../../activities/order-source.ts';
import { billDateOf } from '../../../payscore/times/bill-date.ts';
import { SEARCH_ATTRIBUTES } from '../../../workflows/contract.ts';
import { eventually } from '../../support/eventually.ts';
import { CANCELLATION, correction, rentalEnd } from '../../support/orders.ts';
import { inService, isOnItsWay, known, paying, shown, strike } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import type { Stack } from '../../support/stack.ts';

describe('an order that is cancelled while it is charged', () => {
  const stage = useStack({ pollDelaysMs: [3_600_000] });

  it('is listed as let off, on the day on which it ended, with its amount', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stack.api.complete(out_order_no, rentalEnd(500));
    await shown(stack, out_order_no, { phase: 'paying' });
    const charging = await stack.run(out_order_no).describe();
    assert.ok(charging.typedSearchAttributes.get(SEARCH_ATTRIBUTES.completedAt));
    await stack.api.cancel(out_order_no, CANCELLATION);
    await shown(stack, out_order_no, { phase: 'cancelled' });

    const { service_id } = stack.merchant;
    const told = { out_order_no, code: 'cancelled_after_completion', amount: 500, service_id };
    assert.deepEqual(await listed(stack, out_order_no), told);
  });
});

describe('an order that was lowered, and owes what it was charged', () => {
  const stage = useStack({ pollDelaysMs: [3_600_000] });

  it('is listed as let off on the day on which it ended, though its run goes on', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await known(() => stack.api.modify(out_order_no, correction(300)));
    await strike(stack, out_order_no, 'cancel', 'cut', { times: 50 });
    await strike(stack, out_order_no, 'query', 'cut', { times: 50 });
    await stack.api.on(out_order_no, 'cancel', CANCELLATION, { prefer: 'respond-async' });
    await isOnItsWay(stack, out_order_no);
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { phase: 'paid', trouble: 'refund_due' });
    assert.equal((await stack.run(out_order_no).describe()).status.name, 'RUNNING');
    const { code, amount } = await listed(stack, out_order_no);
    assert.deepEqual([code, amount], ['lowered', 200]);
  });
});

/** As the day's reconciliation is told of it. */
async function listed({ temporal, services }: Stack, out_order_no: string) {
  const source = createOrderSource({ temporal, services, wechatpay: {} as never });
  return await eventually('the waiver in the list', async () => {
    for await (const page of source.waiversOn(billDateOf(new Date()))) {
      for (const { by: _by, at: _at, ...waived } of page) {
        if (waived.out_order_no === out_order_no) return waived;
      }
    }
    return false;
  });
}
