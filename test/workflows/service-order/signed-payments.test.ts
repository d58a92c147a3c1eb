/** A payment is believed as WeChat Pay signed it, and of nobody else: the worker itself verifies and opens it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { orderPaid } from '../../../workflows/contract.ts';
import type { SignedNotification } from '../../../payscore/order/opening.ts';
import { chargedOn, paying, shown, timesScheduled } from '../../support/play.ts';
import { useSigningStack } from '../../support/stage.ts';

describe('a payment', () => {
  const signing = useSigningStack();
  const { stage } = signing;

  async function paidResource({ out_order_no, openid }: Record<string, string>) {
    const { mchid, appid, service_id } = stage.stack.merchant;
    const detail = { seq: 1, amount: 500, paid_type: 'NEWTON' };
    return {
      ...{ mchid, appid, service_id, out_order_no, openid, state: 'DONE', total_amount: 500 },
      collection: {
        ...{ state: 'USER_PAID', total_amount: 500, paid_amount: 500, paying_amount: 0 },
        details: [{ ...detail, paid_time: '20261001120000', transaction_id: '4200000001' }],
      },
    };
  }

  type Sent = Parameters<typeof signing.wechat.notification>[0];
  async function signed(forgery: Sent): Promise<SignedNotification> {
    const { body, headers } = await signing.wechat.notification(forgery);
    const kept = Object.entries(headers).filter(([name]) => name.startsWith('wechatpay-'));
    return {
      headers: Object.fromEntries(kept),
      body: Buffer.from(body).toString('base64'),
    };
  }

  it('that somebody sends to Temporal by hand pays nothing', async () => {
    const { stack } = stage;
    const order = await paying(stack);
    const { out_order_no } = order;
    const resource = await paidResource({ ...order });
    for (const forged of [
      resource,
      { headers: {}, body: Buffer.from(JSON.stringify({ resource })).toString('base64') },
      await signed({ resource, signingKey: stack.merchant.private_key }),
      await signed({
        resource,
        serial: stack.merchant.serial_no,
        signingKey: stack.merchant.private_key,
      }),
    ]) {
      await stack.run(out_order_no).signal(orderPaid, forged as SignedNotification);
    }
    await delay(3_000);
    const { phase, timeline } = await shown(stack, out_order_no, { phase: 'paying' });
    assert.equal(phase, 'paying');
    assert.match(JSON.stringify(timeline), /cannot be believed/);
    assert.ok(
      (await timesScheduled(stack, out_order_no, 'getServiceOrder')) > 0,
      'WeChat is asked',
    );
  });

  it('that WeChat signed for another order pays nothing here', async () => {
    const { stack } = stage;
    const [mine, other] = [await paying(stack), await paying(stack)];
    const resource = await paidResource({ ...other });
    await stack.run(mine.out_order_no).signal(orderPaid, await signed({ resource }));
    await delay(2_000);
    await shown(stack, mine.out_order_no, { phase: 'paying' });
  });

  it('that was signed an hour before a worker runs again is taken', async () => {
    const { stack } = stage;
    const order = await paying(stack);
    await stage.stopWorker();
    const resource = await paidResource({ ...order });
    const notification = await signed({ resource, age: 3_600 });
    await stack.run(order.out_order_no).signal(orderPaid, notification);
    await stage.startWorker();
    const { phase, collection } = await stack.run(order.out_order_no).result();
    assert.equal(phase, 'paid');
    assert.equal(collection?.details[0]?.transaction_id, '4200000001');
    assert.equal(await chargedOn(stack, order.out_order_no), 0);
  });

  it('whose key is gone meanwhile is asked for at WeChat', async () => {
    const { stack } = stage;
    const order = await paying(stack);
    await stack.people.holdNotifications();
    await stack.people.pay(order.out_order_no);
    const resource = await paidResource({ ...order });
    const foreign = await signed({ resource, apiV3Key: 'k'.repeat(32) });
    await stack.run(order.out_order_no).signal(orderPaid, foreign);
    const result = await stack.run(order.out_order_no).result();
    await stack.people.releaseNotifications();
    assert.equal(result.phase, 'paid');
    assert.notEqual(result.collection?.details[0]?.transaction_id, '4200000001');
  });

  it('of which WeChat says more than 64 kB is acknowledged, and asked for', async () => {
    const { stack } = stage;
    const order = await paying(stack);
    await stack.people.holdNotifications();
    await stack.people.pay(order.out_order_no);
    const resource = { ...(await paidResource({ ...order })), attach: 'a'.repeat(70_000) };
    const { body, headers } = await signing.wechat.notification({ resource });
    const answer = await fetch(`${stack.url}/wechatpay/notifications`, {
      method: 'POST',
      headers,
      body,
    });
    assert.equal(answer.status, 204);
    assert.equal((await stack.run(order.out_order_no).result()).phase, 'paid');
    await stack.people.releaseNotifications();
  });
});
