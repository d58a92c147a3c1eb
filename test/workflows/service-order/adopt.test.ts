/** An order that WeChat has is taken up: one of another system, or one whose run has ended. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { clientOf } from '../../support/merchant.ts';
import { CANCELLATION, newNumber, rental, rentalEnd } from '../../support/orders.ts';
import {
  chargedOn,
  executedOn,
  inService,
  isOnItsWay,
  known,
  losesNotifications,
  paying,
  shown,
  strike,
} from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('adopt', { concurrency: 6 }, () => {
  const stage = useStack();

  /** As an older system would have left it. */
  async function openedElsewhere() {
    const { merchant, people, url } = stage.stack;
    const { appid, service_id } = merchant;
    const order = rental();
    await people.authorise(order.openid);
    const wechatpay = clientOf(merchant);
    await wechatpay.createServiceOrder({
      ...order,
      ...{ appid, service_id, need_user_confirm: false, time_range: { start_time: 'OnAccept' } },
      notify_url: `${url}/wechatpay/notifications`,
    });
    await wechatpay.close();
    return order;
  }

  it('of an order that another system opened leads it on to its payment', async () => {
    const { stack } = stage;
    const { out_order_no, openid } = await openedElsewhere();
    const { status, body } = await stack.api.adopt(out_order_no);
    assert.equal(status, 200);
    assert.equal(body.phase, 'in_service');
    assert.equal(JSON.stringify(body).includes(openid), false);
    await delay(2_100);
    assert.equal((await stack.api.complete(out_order_no, rentalEnd(500))).status, 200);
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
    assert.equal(await chargedOn(stack, out_order_no), 500);
  });

  it('of an order that is charged already waits for the payment', async () => {
    const { stack } = stage;
    const { out_order_no } = await openedElsewhere();
    await stack.api.adopt(out_order_no);
    await delay(2_100);
    await stack.api.complete(out_order_no, rentalEnd(500));
    await stack.run(out_order_no).terminate('as if it had never been here');
    assert.equal((await stack.api.adopt(out_order_no)).body.phase, 'paying');
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });

  it('of a terminated run waits for what that had sent: a creation that lands late is taken up', async () => {
    const { stack } = stage;
    const order = rental();
    const { out_order_no } = order;
    await stack.people.authorise(order.openid);
    await strike(stack, out_order_no, 'create', 'executed-late', { delay_seconds: 5 });
    await strike(stack, out_order_no, 'create', 'cut', { times: 9 });
    const opening = stack.api.open(order);
    await isOnItsWay(stack, out_order_no);
    await stack.run(out_order_no).terminate('pressed by mistake');
    await stack.api.adopt(out_order_no);
    await shown(stack, out_order_no, { phase: 'in_service' });
    await opening;
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0']);
  });

  it('of a number that WeChat does not know is answered 404, and the number stays free', async () => {
    const { stack } = stage;
    const order = rental();
    // WeChat is asked three times, which a busy machine may not be done with in time for the caller.
    const { status, body } = await known(() => stack.api.adopt(order.out_order_no));
    assert.equal(status, 404);
    assert.match(body.detail, /WeChat Pay knows no order/);
    assert.equal((await stack.api.read(order.out_order_no)).status, 404);
    await stack.people.authorise(order.openid);
    assert.equal((await stack.api.open(order)).status, 201);
  });

  it('of a running order asks WeChat how it stands', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await losesNotifications(stack, out_order_no);
    await stack.people.pay(out_order_no);
    const { status, body } = await stack.api.adopt(out_order_no);
    assert.equal(status, 200);
    assert.equal(body.phase, 'paid');
  });

  it('of a paid order answers with it, and begins nothing', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await stack.people.pay(out_order_no);
    await stack.run(out_order_no).result();
    const { runId } = await stack.run(out_order_no).describe();
    assert.equal((await stack.api.adopt(out_order_no)).body.phase, 'paid');
    assert.equal((await stack.run(out_order_no).describe()).runId, runId);
  });

  it('of a cancelled order finds it cancelled', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stack.api.cancel(out_order_no, CANCELLATION);
    await stack.run(out_order_no).result();
    const { status, body } = await stack.api.adopt(out_order_no);
    assert.equal(status, 200);
    assert.equal(body.phase, 'cancelled');
    assert.equal(body.trouble, undefined);
  });

  it('is not needed where the same body is opened again after our store was lost', async () => {
    const { stack } = stage;
    const order = await openedElsewhere();
    const { status, body } = await stack.api.open(order);
    assert.equal(status, 201);
    assert.equal(body.phase, 'in_service');
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0']);
  });

  it('is what is left for a number that WeChat has otherwise: opening it is refused, and it stays untouched', async () => {
    const { stack } = stage;
    const order = await openedElsewhere();
    const other = await stack.api.open({ ...order, risk_fund: { amount: 5_000 } });
    assert.equal(other.status, 409);
    assert.equal(other.body.type, 'urn:payscore-orders:number-taken');
    assert.match(other.body.detail, /opened differently: it differs in risk_fund\.amount.*adopt/);
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0']);
    assert.equal((await stack.api.adopt(order.out_order_no)).body.phase, 'in_service');
  });

  it('of a number that WeChat has for another user ends as before: rejected', async () => {
    const { stack } = stage;
    const order = await openedElsewhere();
    const { openid } = rental();
    await stack.people.authorise(openid);
    assert.equal((await stack.api.open({ ...order, openid })).status, 409);
    const { body } = await stack.api.adopt(order.out_order_no);
    assert.equal(body.phase, 'rejected');
    assert.match(body.explanation, /an order under this out_order_no that was opened differently/);
  });

  it('refuses what is no number, and a body', async () => {
    const { api } = stage.stack;
    assert.equal((await api.on('a%7Cb', 'adopt')).status, 400);
    assert.equal((await api.on(newNumber(), 'adopt', { a: 1 })).status, 400);
  });
});
