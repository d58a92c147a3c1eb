/** A payment of an order that we call finished otherwise: a new run takes it up, and says what is owed. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { beijingTimeOf } from '../../../payscore/times/beijing-time.ts';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { CANCELLATION, newNumber, rental, rentalEnd } from '../../support/orders.ts';
import { losesNotifications, paying, shown, timesScheduled } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('a verified payment', { concurrency: 6 }, () => {
  const stage = useStack();

  /** Another system lives the whole life of an order under this number, up to the charge. */
  async function lifeElsewhere(order: { out_order_no: string; openid: string }) {
    const { merchant, people, url } = stage.stack;
    const { appid, service_id } = merchant;
    const wechatpay = clientOf(merchant);
    await people.authorise(order.openid);
    await people.setBehaviour(order.openid, { creation: 'passes' });
    await wechatpay.createServiceOrder({
      ...{ out_order_no: order.out_order_no, openid: order.openid, appid, service_id },
      service_introduction: '充电宝租借',
      time_range: { start_time: 'OnAccept' },
      risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9_900 },
      notify_url: `${url}/wechatpay/notifications`,
      need_user_confirm: false,
    });
    await delay(2_100);
    await wechatpay.completeServiceOrder(order.out_order_no, {
      ...rentalEnd(500),
      ...{ appid, service_id },
      time_range: { end_time: beijingTimeOf(new Date(Date.now() - 1_000), 14) },
    });
    await wechatpay.close();
  }

  const answersTo = async (out_order_no: string) => {
    const [notification] = await stage.stack.people.notifications(out_order_no);
    return notification?.attempts.map(({ status }) => status) ?? [];
  };

  async function recovered(out_order_no: string, because: string): Promise<void> {
    const { stack } = stage;
    const body = await shown(stack, out_order_no, { phase: 'paid', trouble: 'refund_due' });
    const [{ transaction_id }] = body.collection.details;
    assert.deepEqual(body.refund_due, { amount: 500, transaction_id, because });
    assert.equal((await answersTo(out_order_no))[0], 204);
    assert.equal(await timesScheduled(stack, out_order_no, 'createServiceOrder'), 0);
  }

  it('of an order that was cancelled here is taken up: paid, 500 fen refund_due', async () => {
    const { api, people, run } = stage.stack;
    const order = rental();
    await api.open(order);
    await api.cancel(order.out_order_no, CANCELLATION);
    assert.equal((await run(order.out_order_no).result()).phase, 'cancelled');
    await lifeElsewhere(order);
    await people.pay(order.out_order_no);
    await recovered(order.out_order_no, 'cancelled');
  });

  it('of an order that was rejected here is taken up: paid, 500 fen refund_due', async () => {
    const { api, people, run } = stage.stack;
    const order = rental();
    await people.authorise(order.openid);
    await people.setBehaviour(order.openid, { creation: 'risk_refused' });
    assert.equal((await api.open(order)).status, 422);
    assert.equal((await run(order.out_order_no).result()).phase, 'rejected');
    await lifeElsewhere(order);
    await people.pay(order.out_order_no);
    await recovered(order.out_order_no, 'rejected');
  });

  it('that is told again after the recovery is acknowledged, and no further run begins', async () => {
    const { api, people, run } = stage.stack;
    const order = rental();
    await api.open(order);
    await api.cancel(order.out_order_no, CANCELLATION);
    await lifeElsewhere(order);
    await people.pay(order.out_order_no);
    await recovered(order.out_order_no, 'cancelled');
    const { runId } = await run(order.out_order_no).describe();
    const [notification] = await people.notifications(order.out_order_no);
    await people.resend(notification?.id ?? '');
    assert.deepEqual(await answersTo(order.out_order_no), [204, 204]);
    assert.equal((await run(order.out_order_no).describe()).runId, runId);
  });

  it('of an order whose run was terminated is taken up, and nothing is owed', async () => {
    const { people, run } = stage.stack;
    const { out_order_no } = await paying(stage.stack);
    await run(out_order_no).terminate('pressed by mistake');
    await people.pay(out_order_no);
    const body = await shown(stage.stack, out_order_no, { phase: 'paid' });
    assert.equal(body.trouble, undefined);
    assert.equal(body.refund_due, undefined);
  });

  it('of an order of nobody’s is never acknowledged, and logged without the person', async () => {
    const { people, logs, api } = stage.stack;
    const order = { out_order_no: newNumber(), openid: rental().openid };
    await lifeElsewhere(order);
    await people.pay(order.out_order_no);
    await eventually('a refusal', async () => (await answersTo(order.out_order_no))[0] === 500);
    const alarm = logs.find((line) => line['out_order_no'] === order.out_order_no);
    assert.equal(alarm?.['level'], 50);
    assert.equal(JSON.stringify(logs).includes(order.openid), false);
    assert.equal((await api.read(order.out_order_no)).status, 404);

    // An operator takes it up, and WeChat's next attempt is acknowledged.
    assert.equal((await api.adopt(order.out_order_no)).body.phase, 'paid');
    const [notification] = await people.notifications(order.out_order_no);
    await people.resend(notification?.id ?? '');
    assert.equal((await answersTo(order.out_order_no)).at(-1), 204);
  });

  it('that was not told is found when the cancelled order is adopted', async () => {
    const { api, people, run } = stage.stack;
    const order = rental();
    await api.open(order);
    await api.cancel(order.out_order_no, CANCELLATION);
    await run(order.out_order_no).result();
    await lifeElsewhere(order);
    await losesNotifications(stage.stack, order.out_order_no);
    await people.pay(order.out_order_no);
    const { body } = await api.adopt(order.out_order_no);
    assert.equal(body.phase, 'paid');
    assert.equal(body.refund_due.because, 'cancelled');
  });
});
