/** The poll finds what no callback tells, beside one that does, and costs no history. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OFTEN } from '../../support/delays.ts';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { chargedOn, losesNotifications, paying, timesScheduled } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('a poll', { concurrency: 6 }, () => {
  const stage = useStack({
    pollDelaysMs: OFTEN,
    simulator: { policies: { cancel_while_paying: 'allowed' } },
  });

  it('finds the payment of which no callback comes, and adds nothing to the history meanwhile', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await losesNotifications(stack, out_order_no);
    await stack.people.failToPay(out_order_no);
    const looksAt = async () => {
      const { raw } = await stack.run(out_order_no).describe();
      return raw.pendingActivities?.[0]?.attempt ?? 0;
    };
    await eventually('the first look', async () => (await looksAt()) > 0);
    const before = (await stack.historyOf(out_order_no)).length;
    await eventually('five looks', async () => (await looksAt()) > 5);
    assert.equal((await stack.historyOf(out_order_no)).length, before);
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
    assert.equal(await timesScheduled(stack, out_order_no, 'awaitPayment'), 1);
  });

  for (let round = 1; round <= 5; round++) {
    it(`and a callback at once settle the order once, round ${round}`, async () => {
      const { stack } = stage;
      const { out_order_no } = await paying(stack);
      await stack.people.planNotificationFault({ fault: 'late', out_order_no, delay_seconds: 1 });
      await stack.people.pay(out_order_no);
      const paid = await stack.run(out_order_no).result();
      assert.equal(paid.phase, 'paid');
      assert.equal(await chargedOn(stack, out_order_no), 500);
      await eventually('the callback', async () => {
        const [notification] = await stack.people.notifications(out_order_no);
        return notification?.attempts.at(-1)?.status === 204;
      });
      assert.equal((await stack.run(out_order_no).result()).trouble, undefined);
    });
  }

  it('finds that another system has cancelled the order', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    const { appid, service_id } = stack.merchant;
    const wechatpay = clientOf(stack.merchant);
    await wechatpay.cancelServiceOrder(out_order_no, { appid, service_id, reason: '客服取消' });
    await wechatpay.close();
    assert.equal((await stack.run(out_order_no).result()).phase, 'cancelled');
  });
});
