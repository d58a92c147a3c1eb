/** How an order learns that it is paid: by a callback whenever it comes, by the poll where none comes, by both at once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { orderPaid } from '../../../workflows/contract.ts';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { rentalEnd } from '../../support/orders.ts';
import {
  chargedOn,
  executedOn,
  inService,
  losesNotifications,
  paying,
  shown,
  strike,
  timesScheduled,
} from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('a payment', { concurrency: 6 }, () => {
  const stage = useStack();

  const callbacksOf = async (out_order_no: string) => {
    const [notification] = await stage.stack.people.notifications(out_order_no);
    return notification?.attempts.map(({ status }) => status) ?? [];
  };

  it('told before the answer to the completion settles the order, and completes it', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'slow', { delay_seconds: 4 });
    const completing = stack.api.complete(out_order_no, rentalEnd(500));
    await eventually(
      'the completion',
      async () => (await executedOn(stack, out_order_no)).length === 2,
    );
    await stack.people.pay(out_order_no);
    const paid = await stack.run(out_order_no).result();
    assert.equal(paid.phase, 'paid');
    const { status, body } = await completing;
    assert.equal(status, 200);
    assert.equal(body.phase, 'paid');
    assert.equal(await timesScheduled(stack, out_order_no, 'getServiceOrder'), 0);
  });

  for (const fault of [
    'doubled',
    'total-as-text',
    'nonce-of-16',
    'associated-data-absent',
  ] as const) {
    it(`told by a callback that is ${fault} settles the order once, without a query`, async () => {
      const { stack } = stage;
      const { out_order_no } = await paying(stack);
      await stack.people.planNotificationFault({ fault, out_order_no });
      await stack.people.pay(out_order_no);
      const paid = await stack.run(out_order_no).result();
      assert.equal(paid.phase, 'paid');
      assert.equal(paid.total_amount, 500);
      assert.equal(await timesScheduled(stack, out_order_no, 'getServiceOrder'), 0);
      const statuses = await eventually('the callbacks', async () => {
        const attempts = await callbacksOf(out_order_no);
        return attempts.length === (fault === 'doubled' ? 2 : 1) && attempts;
      });
      assert.ok(
        statuses.every((status) => status === 204),
        String(statuses),
      );
    });
  }

  for (const field of ['openid', 'total_amount', 'collection', 'service_id']) {
    it(`told by a callback without ${field} is asked about, and settled by the answer`, async () => {
      const { stack } = stage;
      const { out_order_no } = await paying(stack);
      await stack.people.planNotificationFault({
        fault: 'fields-missing',
        fields: [field],
        out_order_no,
      });
      await stack.people.pay(out_order_no);
      const paid = await stack.run(out_order_no).result();
      assert.equal(paid.phase, 'paid');
      const [first] = await callbacksOf(out_order_no);
      const asked = await timesScheduled(stack, out_order_no, 'getServiceOrder');
      assert.deepEqual([asked, first], [1, 204]);
    });
  }

  it('told with the amounts of another order is not believed: WeChat is asked', async () => {
    const { stack } = stage;
    const order = await paying(stack);
    const other = await paying(stack, 700);
    await losesNotifications(stack, other.out_order_no);
    await stack.people.pay(other.out_order_no);
    const { order: told } = await stack.people.order(other.out_order_no);
    const said = { ...told, out_order_no: order.out_order_no, openid: order.openid };
    await stack.run(order.out_order_no).signal(orderPaid, said as never);
    await eventually(
      'a query',
      async () => (await timesScheduled(stack, order.out_order_no, 'getServiceOrder')) === 1,
    );
    const { total_amount } = await shown(stack, order.out_order_no, { phase: 'paying' });
    assert.equal(total_amount, 500);
  });

  it('told twice more after the end is acknowledged, and charged once', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await stack.people.pay(out_order_no);
    await stack.run(out_order_no).result();
    const [notification] = await stack.people.notifications(out_order_no);
    for (let n = 0; n < 2; n++) await stack.people.resend(notification?.id ?? '');
    await eventually('three times 204', async () => {
      const statuses = await callbacksOf(out_order_no);
      return statuses.length === 3 && statuses.every((status) => status === 204);
    });
    assert.equal(await chargedOn(stack, out_order_no), 500);
    assert.equal((await stack.api.read(out_order_no)).body.trouble, undefined);
  });

  it('told of the completion before a modify, after the modify, is asked about', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    const { order: earlier } = await stack.people.order(out_order_no);
    await stack.api.modify(out_order_no, { ...rentalEnd(300), reason: '多收' });
    await stack.run(out_order_no).signal(orderPaid, earlier as never);
    await stack.people.pay(out_order_no);
    const paid = await stack.run(out_order_no).result();
    assert.equal(paid.total_amount, 300);
  });

  it('that fails again and again leaves the order paying, until it succeeds', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    for (let n = 0; n < 3; n++) await stack.people.failToPay(out_order_no);
    assert.equal((await stack.api.refresh(out_order_no)).body.phase, 'paying');
    await stack.people.payFromPage(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });

  it('of an order that another system completed is taken up by the callback', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    const { appid, service_id } = stack.merchant;
    const wechatpay = clientOf(stack.merchant);
    const end_time = new Date(Date.now() + 8 * 3_600_000 - 1_000)
      .toISOString()
      .replaceAll(/\D/g, '')
      .slice(0, 14);
    const body = { ...rentalEnd(700), appid, service_id, time_range: { end_time } };
    await wechatpay.completeServiceOrder(out_order_no, body);
    await wechatpay.close();
    await stack.people.pay(out_order_no);
    const paid = await stack.run(out_order_no).result();
    assert.equal(paid.phase, 'paid');
    assert.equal(paid.total_amount, 700);
  });
});
