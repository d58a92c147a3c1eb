/** Crowds that wait for an order neither block nor burst it: with Temporal's limit on histories set low. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { refresh } from '../../../workflows/contract.ts';
import { rentalEnd } from '../../support/orders.ts';
import { inService, owing, paying } from '../../support/play.ts';
import { startStack, type Stack } from '../../support/stack.ts';

/** Together more than the 2 MB that a run may hand to the next. */
const MANY = 140;

describe('a crowd', () => {
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  before(async () => {
    stack = await startStack({
      pollDelaysMs: [500],
      temporal: { dynamicConfig: ['limit.historyCount.suggestContinueAsNew=300'] },
    });
    worker = await stack.startWorker();
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
  });
  afterEach(() => stack.people.clearFaults());

  const leave = (out_order_no: string, operation: string, body: object) =>
    stack.api.call('POST', `/v1/service-orders/${out_order_no}/${operation}`, body, {
      prefer: 'respond-async',
    });

  it('that asks for news does not keep an order from being completed', async () => {
    const { out_order_no } = await inService(stack);
    await stack.people.planFault({ call: 'query', fault: 'cut', out_order_no, times: 1_000 });
    for (let asked = 0; asked < 10; asked++) {
      const waitForStage = 'ACCEPTED';
      await stack
        .run(out_order_no)
        .startUpdate(refresh, { waitForStage, args: [{}] })
        .catch(() => undefined);
    }
    assert.equal((await stack.api.complete(out_order_no, rentalEnd(500))).status, 200);
  });

  it('of long requests that wait does not stop an order that goes on in a new run', async () => {
    const { out_order_no } = await paying(stack);
    await stack.people.openChargingWindow(out_order_no, 600);
    await leave(out_order_no, 'cancel', { reason: '用户投诉' });
    const post_payments = Array.from({ length: 100 }, (_, at) => ({
      name: `${at}${'项'.repeat(17)}`,
      amount: 1,
      description: '说'.repeat(30),
    }));
    const lowered = { post_payments, total_amount: 100, reason: '多收退还' };
    for (let round = 0; round < MANY; round++) await leave(out_order_no, 'modify', lowered);

    const { status, body } = await stack.api.read(out_order_no);
    assert.deepEqual([status, body.phase, body.trouble], [200, 'paying', 'operation_refused']);
    assert.match(JSON.stringify(body.timeline), /20 requests wait for this order already/);
    // Before the window closes: what waits would cancel the order then.
    await stack.people.pay(out_order_no);
    assert.equal((await owing(stack, out_order_no)).phase, 'paid');
  });
});
