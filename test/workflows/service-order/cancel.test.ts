/** An order is cancelled at WeChat before anybody is told so, from every phase in which it can be. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientOf } from '../../support/merchant.ts';
import { CANCELLATION, rental, rentalEnd } from '../../support/orders.ts';
import {
  chargedOn,
  executedOn,
  inService,
  known,
  paying,
  shown,
  strike,
} from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('cancel', { concurrency: 6 }, () => {
  // Others of WeChat's pages refuse it while charging: that is a test below.
  const stage = useStack({ simulator: { policies: { cancel_while_paying: 'allowed' } } });

  for (const [where, play, before] of [
    ['in service', inService, ['created 0']],
    ['while WeChat is charging', paying, ['created 0', 'completed 500']],
  ] as const) {
    it(`${where} cancels at WeChat, once, however often and for whatever reason it is asked`, async () => {
      const { stack } = stage;
      const { out_order_no } = await play(stack);
      const { status, body } = await stack.api.cancel(out_order_no, CANCELLATION);
      assert.equal(status, 200);
      assert.equal(body.phase, 'cancelled');
      const again = await stack.api.cancel(out_order_no, { reason: '别的原因' });
      assert.equal(again.status, 200);
      assert.equal((await stack.run(out_order_no).result()).phase, 'cancelled');
      assert.deepEqual(await executedOn(stack, out_order_no), [...before, 'cancelled 0']);
    });
  }

  it('while the order is being created waits for it, and then cancels it', async () => {
    const { stack } = stage;
    const order = rental();
    await stack.people.authorise(order.openid);
    await strike(stack, order.out_order_no, 'create', 'executed-then-cut');
    await strike(stack, order.out_order_no, 'query', 'cut', { times: 2 });
    const opening = stack.api.open(order);
    await shown(stack, order.out_order_no, { phase: 'creating' });
    const cancelled = await stack.api.cancel(order.out_order_no, CANCELLATION);
    assert.ok([200, 202].includes(cancelled.status), String(cancelled.status));
    await shown(stack, order.out_order_no, { phase: 'cancelled' });
    await opening;
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0', 'cancelled 0']);
  });

  for (const fault of [
    'executed-then-500',
    'executed-then-cut',
    'cut',
    'accepted-202',
    'bad-signature',
    'unsigned-502',
  ] as const) {
    it(`whose outcome is unknown (${fault}) is asked about, and done once`, async () => {
      const { stack } = stage;
      const { out_order_no } = await paying(stack);
      await strike(stack, out_order_no, 'cancel', fault);
      const key = { 'idempotency-key': fault };
      const { status, body } = await known(() => stack.api.cancel(out_order_no, CANCELLATION, key));
      assert.equal(status, 200);
      assert.equal(body.phase, 'cancelled');
      assert.deepEqual((await executedOn(stack, out_order_no)).slice(2), ['cancelled 0']);
    });
  }

  it('is settled by a query only: a yes of WeChat’s that no query confirms is waited for', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'query', 'cut', { times: 4 });
    const { status } = await stack.hasty.cancel(out_order_no, CANCELLATION);
    assert.equal(status, 202);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'cancelled 0']);
    const { pending_operation } = await shown(stack, out_order_no, { phase: 'in_service' });
    assert.equal(pending_operation.operation, 'cancel');
    assert.equal((await stack.run(out_order_no).result()).phase, 'cancelled');
  });

  it('that WeChat refuses leaves the order as it is, and the words of the refusal', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await strike(stack, out_order_no, 'cancel', 'refused', { refusal: 'notCancellable' });
    const { status, body } = await stack.api.cancel(out_order_no, CANCELLATION);
    assert.equal(status, 422);
    assert.equal(body.reason, 'state');
    await shown(stack, out_order_no, { phase: 'paying', trouble: undefined });
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });

  it('that WeChat refuses because another system cancelled before is a success', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await cancelElsewhere(out_order_no);
    const { status, body } = await stack.api.cancel(out_order_no, CANCELLATION);
    assert.equal(status, 200);
    assert.equal(body.phase, 'cancelled');
  });

  it('of a paid order is refused with the advice to refund, and nothing is sent', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await stack.people.pay(out_order_no);
    await stack.run(out_order_no).result();
    const { status, body } = await stack.api.cancel(out_order_no, CANCELLATION);
    assert.equal(status, 409);
    assert.match(body.detail, /it is paid, total_amount 500.*refund/);
    assert.equal(await chargedOn(stack, out_order_no), 500);
  });

  it('done elsewhere is found out by a complete, which is refused with that', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await cancelElsewhere(out_order_no);
    const { status, body } = await stack.api.complete(out_order_no, rentalEnd(500));
    assert.equal(status, 409);
    assert.match(body.detail, /cancelled/);
    assert.equal((await stack.run(out_order_no).result()).phase, 'cancelled');
  });

  async function cancelElsewhere(out_order_no: string): Promise<void> {
    const { appid, service_id } = stage.stack.merchant;
    const wechatpay = clientOf(stage.stack.merchant);
    await wechatpay.cancelServiceOrder(out_order_no, { appid, service_id, reason: '客服取消' });
    await wechatpay.close();
  }
});
