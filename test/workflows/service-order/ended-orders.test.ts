/** What has ended stays what it is in every answer, until WeChat proves otherwise. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { CANCELLATION, newOpenid } from '../../support/orders.ts';
import { inService, paying } from '../../support/play.ts';
import { useSigningStack } from '../../support/stage.ts';
import { runsOf } from '../../support/stack.ts';

describe('an order that has ended', () => {
  const signing = useSigningStack();
  const { stage } = signing;

  async function paid() {
    const { stack } = stage;
    const order = await paying(stack);
    await stack.people.pay(order.out_order_no);
    await stack.run(order.out_order_no).result();
    return order;
  }

  async function told(resource: unknown): Promise<number> {
    const { body, headers } = await signing.wechat.notification({ resource });
    const url = `${stage.stack.url}/wechatpay/notifications`;
    return (await fetch(url, { method: 'POST', headers, body })).status;
  }

  const resourceOf = ({ out_order_no, openid }: Record<string, string>) => {
    const { mchid, appid, service_id } = stage.stack.merchant;
    return { mchid, appid, service_id, out_order_no, openid, total_amount: 500 };
  };

  /** WeChat is asked in a short run beside it, which has come to its end. */
  const asked = async (out_order_no: string) => {
    const id = `inquiry/${stage.stack.merchant.mchid}/${out_order_no}/`;
    await eventually('the inquiry', async () => {
      const runs = await runsOf(stage.stack, `WorkflowId STARTS_WITH '${id}'`);
      return runs.length === 1 && runs[0]?.status.name === 'COMPLETED';
    });
  };

  for (const [words, change] of [
    ['DOING with USER_PAID', { state: 'DOING', collection: { state: 'USER_PAID' } }],
    ['DONE with USER_PAYING', { state: 'DONE', collection: { state: 'USER_PAYING' } }],
    ['paid without a transaction', { state: 'DONE' }],
  ] as const) {
    it(`paid stays paid when a genuine message says ${words}; WeChat is asked beside it`, async () => {
      const { stack } = stage;
      const order = await paid();
      const { runId } = await stack.run(order.out_order_no).describe();
      assert.equal(await told({ ...resourceOf({ ...order }), ...change }), 204);
      for (let look = 0; look < 10; look++) {
        assert.equal((await stack.api.read(order.out_order_no)).body.phase, 'paid');
        await delay(100);
      }
      await asked(order.out_order_no);
      assert.equal((await stack.run(order.out_order_no).describe()).runId, runId);
    });
  }

  it('cancelled stays cancelled while WeChat does not answer what a message says against it', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    await stack.api.cancel(order.out_order_no, CANCELLATION);
    await stack.run(order.out_order_no).result();
    await stack.people.planFault({
      ...{ call: 'query', fault: 'unsigned-502', times: 3 },
      out_order_no: order.out_order_no,
    });
    const message = { ...resourceOf({ ...order }), state: 'DOING' };
    assert.equal(await told(message), 204);
    await asked(order.out_order_no);
    assert.equal((await stack.api.read(order.out_order_no)).body.phase, 'cancelled');
  });

  it('cancelled is shown so while a payment is looked into that may be another user’s', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    const { out_order_no } = order;
    await stack.api.cancel(out_order_no, CANCELLATION);
    const { runId } = await stack.run(out_order_no).describe();
    await stack.run(out_order_no).result();
    const detail = { amount: 500, paid_type: 'NEWTON', transaction_id: '4200000002' };
    const details = [{ ...detail, paid_time: '20261001120000' }];
    const collection = { state: 'USER_PAID', total_amount: 500, paid_amount: 500, details };
    await stack.people.planFault({ call: 'query', fault: 'cut', times: 3, out_order_no });
    assert.equal(
      await told({ ...resourceOf({ ...order, openid: newOpenid() }), state: 'DONE', collection }),
      204,
    );
    const seen = new Set<string>();
    await eventually('the end of the look', async () => {
      seen.add((await stack.api.read(out_order_no)).body.phase);
      const { status, runId: now } = await stack.run(out_order_no).describe();
      return now !== runId && status.name === 'COMPLETED';
    });
    assert.deepEqual([...seen], ['cancelled']);
  });

  it('cancelled, and charged all the same, is paid as soon as WeChat tells of it, which may be long after its message', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await stack.api.cancel(out_order_no, CANCELLATION);
    const { runId } = await stack.run(out_order_no).describe();
    await stack.run(out_order_no).result();
    await stack.people.setTelling(out_order_no, { collection: 'absent' });
    await stack.people.chargeAnyway(out_order_no);
    await eventually('the message', async () => {
      const all = await stack.people.notifications();
      return all.some((sent) => sent.out_order_no === out_order_no && sent.state === 'delivered');
    });
    await delay(2_000);
    assert.equal((await stack.api.read(out_order_no)).body.phase, 'cancelled');
    await stack.people.setTelling(out_order_no, {});
    await eventually('paid', async () => {
      const { phase, refund_due } = (await stack.api.read(out_order_no)).body;
      return phase === 'paid' && refund_due?.amount === 500;
    });
    assert.notEqual((await stack.run(out_order_no).describe()).runId, runId);
  });
});
