/** A payment can be refunded for a year, and Temporal keeps its order for less: WeChat Pay knows it all the same. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { newNumber } from '../../support/orders.ts';
import { known, paying, shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { workflowIdOf } from '../../../workflows/contract.ts';

const GONE_WITHIN_MS = 240_000;

describe('a payment of an order that is no longer kept', { concurrency: 4 }, () => {
  const lockers = { appid: 'wx00000000lockers0', service_id: '50000000000000000000000000000002' };
  const stage = useStack({ services: [lockers] });
  before(() => stage.stack.people.scriptRefunds({}, { delay_seconds: 1 }));

  async function forgotten(named?: typeof lockers) {
    const { api, client, merchant, people } = stage.stack;
    const { out_order_no } = await paying(stage.stack, 500, named);
    await people.pay(out_order_no);
    const { collection } = await shown(stage.stack, out_order_no, { phase: 'paid' });
    const workflowId = workflowIdOf(merchant.mchid, out_order_no);
    await client.workflow.getHandle(workflowId).result();
    const { namespace } = client.options;
    await client.connection.workflowService.deleteWorkflowExecution({
      ...{ namespace, workflowExecution: { workflowId } },
    });
    // Temporal deletes a run when it has written down how far its queues are, once a minute.
    await eventually(
      'gone',
      async () => (await api.read(out_order_no)).status === 404,
      GONE_WITHIN_MS,
    );
    const { transaction_id } = collection.details[0] as { transaction_id: string };
    return { out_order_no, transaction_id };
  }
  const refund = async (out_order_no: string, body: object) =>
    await known(() =>
      stage.stack.api.on(out_order_no, 'refunds', { out_refund_no: newNumber(), ...body }),
    );

  it('is refunded by its transaction, and its refunds are read by that', async () => {
    const { api } = stage.stack;
    const { out_order_no, transaction_id } = await forgotten();
    const { status, body } = await refund(out_order_no, { amount: 200, transaction_id });
    assert.equal(status, 200, JSON.stringify(body));
    const route = `/v1/service-orders/${out_order_no}/refunds`;
    await eventually('success', async () => {
      const told = await api.call('GET', `${route}?transaction_id=${transaction_id}`);
      return told.body.refunds[0]?.state === 'success';
    });
    const one = `${route}/${body.out_refund_no}`;
    assert.equal((await api.call('GET', `${one}?transaction_id=${transaction_id}`)).status, 200);
    const other = `/v1/service-orders/${newNumber()}/refunds?transaction_id=${transaction_id}`;
    assert.deepEqual((await api.call('GET', other)).body.refunds, []);
    assert.equal((await api.call('GET', `${route}?transaction_id=x`)).status, 400);
  });

  it('is refunded whichever of the services it was of', async () => {
    const { out_order_no, transaction_id } = await forgotten(lockers);
    const { status, body } = await refund(out_order_no, { amount: 200, transaction_id });
    assert.equal(status, 200, JSON.stringify(body));
  });

  it('is not refunded without its transaction: 404, which says so', async () => {
    const { out_order_no } = await forgotten();
    const { status, body } = await refund(out_order_no, { amount: 200 });
    assert.equal(status, 404);
    assert.match(body.detail, /transaction_id/);
  });

  it('is not refunded by another order’s transaction, nor beyond what was paid: 409, and nothing is sent', async () => {
    const [one, another] = await Promise.all([forgotten(), forgotten()]);
    const { transaction_id } = another;
    for (const body of [
      { amount: 100, transaction_id },
      { amount: 501, transaction_id: one.transaction_id },
    ]) {
      const told = await refund(one.out_order_no, body);
      assert.equal(told.status, 409, JSON.stringify(told.body));
    }
    assert.deepEqual(await stage.stack.people.refunds(one.out_order_no), []);
    assert.deepEqual(await stage.stack.people.refunds(another.out_order_no), []);
    const { status } = await refund(another.out_order_no, { amount: 500, transaction_id });
    assert.equal(status, 200);
  });
});
