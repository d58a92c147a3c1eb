/** What people and programs can send, and what WeChat can say, that nobody expects: no order stops or lies because of it. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { beijingTimeOf } from '../../../payscore/times/beijing-time.ts';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { inService, paying, shown, strike } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('an odd message', { concurrency: 6 }, () => {
  const stage = useStack();

  for (const [name, args] of [
    ['complete', []],
    ['complete', [rentalEnd(5)]],
    ['complete', [{ body: rentalEnd(5), receivedAt: 'yesterday' }]],
  ] as const) {
    it(`${name} ${JSON.stringify(args)} is refused with an example of the right shape`, async () => {
      const { out_order_no } = await inService(stage.stack);
      const update = stage.stack
        .run(out_order_no)
        .executeUpdate(name, { args: [...args] as unknown as [] });
      await assert.rejects(update, ({ cause }: { cause: Error }) => {
        assert.match(cause.message, /must look like \{"body":/);
        return true;
      });
      assert.equal((await stage.stack.api.read(out_order_no)).body.phase, 'in_service');
    });
  }

  for (const [name, args] of [
    ['serviceEnded', []],
    ['serviceEnded', [{}]],
    ['orderPaid', []],
    ['orderPaid', [{ state: 'DONE' }]],
  ] as const) {
    it(`${name} ${JSON.stringify(args)} does not stop the order, and is shown if it asked for something`, async () => {
      const { out_order_no } = await inService(stage.stack);
      await stage.stack.run(out_order_no).signal(name, ...args);
      const trouble = name === 'serviceEnded' ? 'operation_refused' : undefined;
      await shown(stage.stack, out_order_no, { phase: 'in_service', trouble });
      const completed = await stage.stack.api.complete(out_order_no, rentalEnd(500));
      assert.equal(completed.status, 200);
      assert.equal(completed.body.trouble, undefined);
    });
  }

  it('complete by hand, without the time that the API adds, is taken', async () => {
    const { out_order_no } = await inService(stage.stack);
    await stage.stack
      .run(out_order_no)
      .executeUpdate('complete', { args: [{ body: rentalEnd(500) }] });
    assert.equal((await stage.stack.api.read(out_order_no)).body.phase, 'paying');
  });

  it('serviceEnded that comes while the order is being created waits for it', async () => {
    const order = rental();
    await stage.stack.people.authorise(order.openid);
    await strike(stage.stack, order.out_order_no, 'create', 'cut', { times: 2 });
    const opening = stage.stack.api.open(order);
    await eventually('the run', async () =>
      stage.stack
        .run(order.out_order_no)
        .signal('serviceEnded', { body: rentalEnd(500) })
        .then(
          () => true,
          () => false,
        ),
    );
    await opening;
    await eventually(
      'completion',
      async () => (await stage.stack.api.read(order.out_order_no)).body.phase === 'paying',
    );
  });

  it('completed elsewhere with another amount is found out, told, and followed', async () => {
    const { out_order_no } = await inService(stage.stack);
    // WeChat has the order completed by somebody else: as after a store that was lost.
    const other = await completedAside(out_order_no, 700);
    const { status, body } = await stage.stack.api.complete(out_order_no, rentalEnd(500));
    assert.equal(status, 409);
    assert.match(body.detail, /700/);
    assert.equal((await stage.stack.api.read(out_order_no)).body.phase, 'paying');
    await stage.stack.people.pay(out_order_no);
    assert.equal((await stage.stack.run(out_order_no).result()).total_amount, 700);
    await other.close();
  });

  it('takes up an order that a terminated run left behind, though the user has revoked meanwhile', async () => {
    const order = await paying(stage.stack);
    await stage.stack.run(order.out_order_no).terminate('pressed by mistake');
    await stage.stack.people.revoke(order.openid);
    const again = await stage.stack.api.open({
      ...rental({ risk_fund: { amount: 2_000 } }),
      ...order,
    });
    assert.equal(again.status, 201);
    assert.equal(again.body.phase, 'paying');
    await stage.stack.people.pay(order.out_order_no);
    assert.equal((await stage.stack.run(order.out_order_no).result()).phase, 'paid');
  });

  it('repeated two hundred times, the opening leaves the order as able as before', async () => {
    const order = rental();
    await stage.stack.people.authorise(order.openid);
    await stage.stack.api.open(order);
    const events = (await stage.stack.historyOf(order.out_order_no)).length;
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => stage.stack.api.open(order)),
      );
      assert.ok(answers.every(({ status }) => status === 200));
    }
    assert.equal((await stage.stack.historyOf(order.out_order_no)).length, events);
  });

  it('an opening repeated after its explicit start has come is answered like the first', async () => {
    const start = new Date(Date.now() + 8 * 3_600_000 + 62_000);
    const start_time = start.toISOString().replaceAll(/\D/g, '').slice(0, 14);
    const order = rental({ time_range: { start_time } });
    await stage.stack.people.authorise(order.openid);
    assert.equal((await stage.stack.api.open(order)).status, 201);
    await delay(3_000);
    assert.equal((await stage.stack.api.open(order)).status, 200);
  });

  /** Completes at WeChat behind the order's back. */
  async function completedAside(out_order_no: string, total_amount: number) {
    const wechatpay = clientOf(stage.stack.merchant);
    const { appid, service_id } = stage.stack.merchant;
    const end_time = beijingTimeOf(new Date(Date.now() - 1_000), 14);
    await wechatpay.completeServiceOrder(out_order_no, {
      ...rentalEnd(total_amount),
      appid,
      service_id,
      time_range: { end_time },
    });
    return wechatpay;
  }
});
