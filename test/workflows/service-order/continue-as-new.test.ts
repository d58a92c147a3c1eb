/** A life too long for one history goes on in the next run, and nothing of it is lost: with Temporal's limit set low. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SEARCH_ATTRIBUTES } from '../../../workflows/contract.ts';
import { eventually } from '../../support/eventually.ts';
import { rentalEnd } from '../../support/orders.ts';
import { inService, owing, paying, timesScheduled } from '../../support/play.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const AT_ONCE = 4;

describe('a long life', () => {
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  before(async () => {
    stack = await startStack({
      temporal: { dynamicConfig: ['limit.historyCount.suggestContinueAsNew=150'] },
      simulator: { policies: { cancel_while_paying: 'allowed' } },
    });
    worker = await stack.startWorker();
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
  });

  const runIdOf = async (out_order_no: string) => (await stack.run(out_order_no).describe()).runId;

  const change = (out_order_no: string, operation: string, body: object, key?: string) =>
    stack.api.call(
      'POST',
      `/v1/service-orders/${out_order_no}/${operation}`,
      body,
      key === undefined ? {} : { 'idempotency-key': key },
    );

  /** Refreshes until the order goes on in another run. */
  async function wearOut(out_order_no: string): Promise<void> {
    const first = await runIdOf(out_order_no);
    const statuses = new Set<number>();
    while ((await runIdOf(out_order_no)) === first) {
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, () => change(out_order_no, 'refresh', {})),
      );
      for (const { status } of answers) statuses.add(status);
    }
    assert.deepEqual([...statuses], [200]);
  }

  it('goes on over several runs while it is asked for, and ends as if it had been one', async () => {
    const { out_order_no } = await inService(stack);
    for (let run = 0; run < 3; run++) await wearOut(out_order_no);
    const { status, body } = await stack.api.complete(out_order_no, rentalEnd(500));
    assert.equal(status, 200);
    assert.equal(body.timeline[0].event, 'opened');
    await wearOut(out_order_no);
    await stack.people.pay(out_order_no);
    const result = await stack.run(out_order_no).result();
    assert.equal(result.phase, 'paid');
    const { typedSearchAttributes: shown, memo } = await stack.run(out_order_no).describe();
    assert.equal(shown.get(SEARCH_ATTRIBUTES.phase), 'paid');
    assert.equal(shown.get(SEARCH_ATTRIBUTES.serviceId), stack.merchant.service_id);
    assert.match(String(memo?.['digest']), /^[0-9a-f]{64}$/);
  });

  it('shows what it is about in every run, though Temporal keeps the static summary for the first only', async () => {
    const { out_order_no } = await inService(stack);
    await wearOut(out_order_no);
    const details = await stack.run(out_order_no).query('__temporal_workflow_metadata');
    assert.ok(JSON.stringify(details).includes(out_order_no));
  });

  it('answers a repeated opening from the run that goes on', async () => {
    const order = await inService(stack);
    await wearOut(order.out_order_no);
    const { order: known } = await stack.people.order(order.out_order_no);
    assert.equal(known['state'], 'DOING');
    const other = await stack.api.open({ ...rentalOf(order), service_introduction: '别的' });
    assert.equal(other.status, 409);
  });

  it('keeps the outcome of an Idempotency-Key', async () => {
    const { out_order_no } = await inService(stack);
    const first = await change(out_order_no, 'complete', rentalEnd(100_001), 'end');
    assert.equal(first.status, 422);
    await wearOut(out_order_no);
    const again = await change(out_order_no, 'complete', rentalEnd(100_001), 'end');
    assert.deepEqual([again.status, again.body.request_id], [422, first.body.request_id]);
    assert.equal(await timesScheduled(stack, out_order_no, 'completeServiceOrder'), 0);
    const other = await change(out_order_no, 'complete', rentalEnd(500), 'end');
    assert.equal(other.body.type, 'urn:payscore-orders:key-reused');
  });

  it('keeps an operation that is under way, one that waits behind it, and those who wait for them', async () => {
    const { out_order_no } = await paying(stack);
    await stack.people.openChargingWindow(out_order_no, 600);
    const cancelling = change(out_order_no, 'cancel', { reason: '用户投诉' }, 'cancel');
    await eventually(
      'the refusal',
      async () =>
        (await stack.api.read(out_order_no)).body.pending_operation?.operation === 'cancel',
    );
    const lowered = { ...rentalEnd(300), reason: '多收' };
    const lowering = change(out_order_no, 'modify', lowered, 'lower');
    await wearOut(out_order_no);

    const { body } = await stack.api.read(out_order_no);
    assert.deepEqual(
      body.operations.map(({ operation, state }: any) => `${operation} ${state}`),
      ['complete done', 'cancel running', 'modify waiting'],
    );
    await stack.people.pay(out_order_no);
    for (const { status, body: answer } of await Promise.all([cancelling, lowering])) {
      assert.ok(status === 409 || status === 202, `${status}`);
      if (status === 409) assert.match(answer.detail, /refund 500 fen by transaction_id/);
    }
    const result = await owing(stack, out_order_no);
    assert.deepEqual(
      [result.phase, result.trouble, result.refund_due?.amount],
      ['paid', 'refund_due', 500],
    );
  });

  function rentalOf({ out_order_no, openid }: { out_order_no: string; openid: string }) {
    return {
      ...{ out_order_no, openid },
      service_introduction: '充电宝租借',
      risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 2_000 },
    };
  }
});
