/** What fails for an hour is shown meanwhile, and done afterwards: on a server that skips time. */
import assert from 'node:assert/strict';
import { WorkflowFailedError } from '@temporalio/client';
import { afterEach, describe, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { chargedOn, executedOn, losesNotifications, shown, strike } from '../../support/play.ts';
import { useLongStack } from '../../support/time-skipping.ts';

const HOUR = 3_600;
const ASYNC = { prefer: 'respond-async' };

describe('for an hour', () => {
  const stage = useLongStack();
  afterEach(() => stage.stack.people.clearFaults());

  async function inService(): Promise<string> {
    const { stack } = stage;
    const order = rental();
    await stack.people.authorise(order.openid);
    assert.equal((await stack.api.open(order)).status, 201);
    await stage.pass(10);
    return order.out_order_no;
  }

  const executions = (out_order_no: string, count: number) =>
    eventually(
      `${count} executions`,
      async () => (await executedOn(stage.stack, out_order_no)).length === count,
    );

  it('queries fail: after ten minutes the order is in trouble unresolved, and out of it with the answer', async () => {
    const { stack } = stage;
    const out_order_no = await inService();
    await strike(stack, out_order_no, 'complete', 'executed-then-cut');
    await strike(stack, out_order_no, 'query', 'cut', { times: 500 });
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await executions(out_order_no, 2);
    await stage.pass(540);
    await shown(stack, out_order_no, { phase: 'in_service', trouble: undefined });
    await stage.pass(HOUR - 540);
    await shown(stack, out_order_no, { phase: 'in_service', trouble: 'unresolved' });
    await stack.people.clearFaults();
    await stage.pass(70);
    await shown(stack, out_order_no, { phase: 'paying', trouble: undefined });
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('queries fail: the callback of the payment ends the trouble all the same', async () => {
    const { stack } = stage;
    const out_order_no = await inService();
    await strike(stack, out_order_no, 'complete', 'executed-then-cut');
    await strike(stack, out_order_no, 'query', 'cut', { times: 500 });
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await executions(out_order_no, 2);
    await stage.pass(700);
    await shown(stack, out_order_no, { trouble: 'unresolved' });
    await stack.people.pay(out_order_no);
    const paid = await stack.run(out_order_no).result();
    assert.equal(paid.phase, 'paid');
    assert.equal(paid.trouble, undefined);
  });

  it('WeChat answers 401: the order is in trouble misconfigured, goes on asking, and is done when the keys are right', async () => {
    const { stack } = stage;
    const out_order_no = await inService();
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'signature', times: 500 });
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await shown(stack, out_order_no, { trouble: 'misconfigured' });
    await stage.pass(HOUR);
    const body = await shown(stack, out_order_no, {
      phase: 'in_service',
      trouble: 'misconfigured',
    });
    assert.equal(body.last_refusal.code, 'SIGN_ERROR');
    assert.equal(body.pending_operation.operation, 'complete');
    await stack.people.clearFaults();
    await stage.pass(HOUR + 60);
    await shown(stack, out_order_no, { phase: 'paying', trouble: undefined });
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('WeChat answers 401 to the poll: the payment is found when the keys are right', async () => {
    const { stack } = stage;
    const out_order_no = await inService();
    await losesNotifications(stack, out_order_no);
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await shown(stack, out_order_no, { phase: 'paying' });
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'signature', times: 500 });
    await stage.pass(HOUR);
    await shown(stack, out_order_no, { phase: 'paying', trouble: 'misconfigured' });
    await stack.people.clearFaults();
    await stack.people.pay(out_order_no);
    await losesNotifications(stack, out_order_no);
    await stage.pass(2 * HOUR);
    const paid = await stack.run(out_order_no).result();
    assert.equal(paid.phase, 'paid');
    assert.equal(paid.trouble, undefined);
    assert.equal(await chargedOn(stack, out_order_no), 500);
  });

  it('WeChat answers 401 to a creation: its run fails at its deadline, and nothing exists', async () => {
    const { stack } = stage;
    const order = rental({ deadlines: { creation_seconds: 20 } });
    const { out_order_no } = order;
    await stack.people.authorise(order.openid);
    await strike(stack, out_order_no, 'create', 'refused', { refusal: 'signature', times: 500 });
    const opening = stack.api.open(order);
    await shown(stack, out_order_no, { phase: 'creating', trouble: 'misconfigured' });
    await stage.pass(60);
    const isExplained = (words: unknown) => /Nothing was created/.test(String(words));
    await shown(stack, out_order_no, { explanation: isExplained });
    await assert.rejects(stack.run(out_order_no).result(), WorkflowFailedError);
    await opening;
    await assert.rejects(stack.people.order(out_order_no), { status: 404 });
  });

  it('the poll gets no answer: it goes on, and the payment is found', async () => {
    const { stack } = stage;
    const out_order_no = await inService();
    await losesNotifications(stack, out_order_no);
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await shown(stack, out_order_no, { phase: 'paying' });
    await strike(stack, out_order_no, 'query', 'unsigned-502', { times: 500 });
    await stage.pass(HOUR);
    await stack.people.clearFaults();
    await losesNotifications(stack, out_order_no);
    await stack.people.pay(out_order_no);
    await stage.pass(2 * HOUR);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });
});
