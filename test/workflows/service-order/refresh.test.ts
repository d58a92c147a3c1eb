/** Whoever wants to know how an order stands has WeChat asked now. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientOf } from '../../support/merchant.ts';
import { newNumber, rentalEnd } from '../../support/orders.ts';
import {
  inService,
  known,
  losesNotifications,
  paying,
  shown,
  strike,
  timesScheduled,
} from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('refresh', { concurrency: 6 }, () => {
  const stage = useStack();

  it('finds a payment of which no notification came, and settles the order by it', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await losesNotifications(stack, out_order_no);
    await stack.people.pay(out_order_no);
    const { status, body } = await stack.api.refresh(out_order_no);
    assert.equal(status, 200);
    assert.equal(body.phase, 'paid');
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });

  it('finds a cancellation made elsewhere, of which WeChat tells nobody', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    const { appid, service_id } = stack.merchant;
    const wechatpay = clientOf(stack.merchant);
    await wechatpay.cancelServiceOrder(out_order_no, { appid, service_id, reason: '客服取消' });
    await wechatpay.close();
    const { body } = await stack.api.refresh(out_order_no);
    assert.equal(body.phase, 'cancelled');
  });

  it('changes nothing where nothing has changed', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    const { status, body } = await stack.api.refresh(out_order_no);
    assert.equal(status, 200);
    assert.equal(body.phase, 'in_service');
    assert.equal(body.trouble, undefined);
  });

  it('of six callers at once asks WeChat no more than twice', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'query', 'slow', { delay_seconds: 1 });
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => stack.api.refresh(out_order_no)),
    );
    assert.ok(answers.every(({ status }) => status === 200));
    const asked = await timesScheduled(stack, out_order_no, 'getServiceOrder');
    assert.ok(asked <= 2, `${asked} queries`);
  });

  it('with respond-async is taken at once, and done', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await losesNotifications(stack, out_order_no);
    await stack.people.pay(out_order_no);
    const { status, body } = await stack.api.refresh(out_order_no, { prefer: 'respond-async' });
    assert.equal(status, 202);
    assert.deepEqual(body, { out_order_no });
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });

  it('is not held up by an operation whose outcome is unknown', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'slow', { delay_seconds: 4 });
    const complete = () => stack.api.complete(out_order_no, rentalEnd(500));
    const completing = complete();
    await shown(stack, out_order_no, { phase: 'in_service' });
    const refreshing = stack.api.refresh(out_order_no);
    assert.equal(await Promise.race([refreshing, completing]), await refreshing);
    assert.equal((await refreshing).status, 200);
    await completing;
    assert.equal((await known(complete)).status, 200);
  });

  it('that WeChat refuses is answered with its words', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'notBound' });
    const { status, body } = await stack.api.refresh(out_order_no);
    assert.equal(status, 422);
    assert.equal(body.reason, 'not_bound');
    await shown(stack, out_order_no, { phase: 'in_service' });
  });

  it('of a finished order answers with it, and WeChat is not asked', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stack.api.cancel(out_order_no, { reason: '用户取消' });
    await stack.run(out_order_no).result();
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'notBound' });
    const { status, body } = await stack.api.refresh(out_order_no);
    assert.equal(status, 200);
    assert.equal(body.phase, 'cancelled');
  });

  it('of a number that nobody knows is answered 404, with respond-async too', async () => {
    const { api } = stage.stack;
    assert.equal((await api.refresh(newNumber())).status, 404);
    assert.equal((await api.refresh(newNumber(), { prefer: 'respond-async' })).status, 404);
  });
});
