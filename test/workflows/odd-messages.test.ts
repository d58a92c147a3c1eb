/** What people and programs can send, and what WeChat can say, that nobody expects: no order stops or lies because of it. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, afterEach, before, describe, it } from 'node:test';
import { beijingTimeOf } from '../../payscore/beijing-time.ts';
import { eventually } from '../support/eventually.ts';
import { clientOf } from '../support/merchant.ts';
import { rental, rentalEnd } from '../support/orders.ts';
import { inService, paying } from '../support/play.ts';
import { startStack, type Stack } from '../support/stack.ts';

describe('an odd message', () => {
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  before(async () => {
    stack = await startStack();
    worker = await stack.startWorker();
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
  });
  afterEach(() => stack.people.clearFaults());

  for (const [name, args] of [
    ['complete', []],
    ['complete', [rentalEnd(5)]],
    ['complete', [{ body: rentalEnd(5), receivedAt: 'yesterday' }]],
  ] as const) {
    it(`${name} ${JSON.stringify(args)} is refused with an example of the right shape`, async () => {
      const { out_order_no } = await inService(stack);
      const update = stack
        .run(out_order_no)
        .executeUpdate(name, { args: [...args] as unknown as [] });
      await assert.rejects(update, ({ cause }: { cause: Error }) => {
        assert.match(cause.message, /must look like \{"body":/);
        return true;
      });
      assert.equal((await stack.api.read(out_order_no)).body.phase, 'in_service');
    });
  }

  for (const [name, args] of [
    ['serviceEnded', []],
    ['serviceEnded', [{}]],
    ['orderPaid', []],
    ['orderPaid', [{ state: 'DONE' }]],
  ] as const) {
    it(`${name} ${JSON.stringify(args)} does not stop the order`, async () => {
      const { out_order_no } = await inService(stack);
      await stack.run(out_order_no).signal(name, ...args);
      const completed = await stack.api.complete(out_order_no, rentalEnd(500));
      assert.equal(completed.status, 200);
      assert.equal(
        completed.body.trouble,
        name === 'serviceEnded' ? 'operation_refused' : undefined,
      );
    });
  }

  it('complete by hand, without the time that the API adds, is taken', async () => {
    const { out_order_no } = await inService(stack);
    await stack.run(out_order_no).executeUpdate('complete', { args: [{ body: rentalEnd(500) }] });
    assert.equal((await stack.api.read(out_order_no)).body.phase, 'paying');
  });

  it('serviceEnded that comes while the order is being created waits for it', async () => {
    const order = rental();
    await stack.people.authorise(order.openid);
    await stack.people.planFault({ call: 'create', fault: 'cut', times: 2 });
    const opening = stack.api.open(order);
    await eventually('the run', async () =>
      stack
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
      async () => (await stack.api.read(order.out_order_no)).body.phase === 'paying',
    );
  });

  it('completed elsewhere with another amount is found out, told, and followed', async () => {
    const { out_order_no } = await inService(stack);
    // WeChat has the order completed by somebody else: as after a store that was lost.
    const other = await completedAside(out_order_no, 700);
    const { status, body } = await stack.api.complete(out_order_no, rentalEnd(500));
    assert.equal(status, 409);
    assert.match(body.detail, /700/);
    assert.equal((await stack.api.read(out_order_no)).body.phase, 'paying');
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).total_amount, 700);
    await other.close();
  });

  it('takes up an order that a terminated run left behind, though the user has revoked meanwhile', async () => {
    const order = await paying(stack);
    await stack.run(order.out_order_no).terminate('pressed by mistake');
    await stack.people.revoke(order.openid);
    const again = await stack.api.open({ ...rental({ risk_fund: { amount: 2_000 } }), ...order });
    assert.equal(again.status, 201);
    assert.equal(again.body.phase, 'paying');
    await stack.people.pay(order.out_order_no);
    assert.equal((await stack.run(order.out_order_no).result()).phase, 'paid');
  });

  it('repeated two hundred times, the opening leaves the order as able as before', async () => {
    const order = rental();
    await stack.people.authorise(order.openid);
    await stack.api.open(order);
    const events = (await stack.historyOf(order.out_order_no)).length;
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => stack.api.open(order)));
      assert.ok(answers.every(({ status }) => status === 200));
    }
    assert.equal((await stack.historyOf(order.out_order_no)).length, events);
  });

  it('answers 202 to a complete that was taken, while its outcome is not known', async () => {
    const { out_order_no } = await inService(stack);
    await stack.people.planFault({ call: 'complete', fault: 'executed-then-cut' });
    await stack.people.planFault({ call: 'query', fault: 'cut', times: 4 });
    const { status, headers } = await stack.api.complete(out_order_no, rentalEnd(500));
    assert.equal(status, 202);
    assert.equal(headers.get('location'), `/v1/service-orders/${out_order_no}`);
    await eventually(
      'the outcome',
      async () => (await stack.api.read(out_order_no)).body.phase === 'paying',
    );
  });

  it('an opening repeated after its explicit start has come is answered like the first', async () => {
    const start = new Date(Date.now() + 8 * 3_600_000 + 62_000);
    const start_time = start.toISOString().replaceAll(/\D/g, '').slice(0, 14);
    const order = rental({ time_range: { start_time } });
    await stack.people.authorise(order.openid);
    assert.equal((await stack.api.open(order)).status, 201);
    await delay(3_000);
    assert.equal((await stack.api.open(order)).status, 200);
  });

  /** Completes at WeChat behind the order's back. */
  async function completedAside(out_order_no: string, total_amount: number) {
    const wechatpay = clientOf(stack.merchant);
    const { appid, service_id } = stack.merchant;
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
