/** Two merchants in one namespace: each merchant's workers do what is that merchant's, and nothing else. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Simulator } from '../../../simulator/create.ts';
import { startTestSimulator } from '../../support/simulator.ts';
import { taskQueueOf } from '../../../workflows/contract.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { executedOn, inService, shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('a merchant’s worker', () => {
  const stage = useStack();
  let simulator: Simulator;
  before(async () => {
    simulator = await startTestSimulator();
  });
  after(() => simulator.stop());

  /** With keys and a WeChat Pay of its own. */
  const other = () => ({ ...simulator.merchant, mchid: '1900009999' });

  it('does not take the orders of another merchant in the same namespace', async () => {
    const { stack } = stage;
    const worker = await stack.startWorker({ merchant: other() });
    await stage.stopWorker();
    const order = rental();
    await stack.people.authorise(order.openid);
    // Nobody who could take it runs, though a worker does.
    const { status, body } = await stack.api.open(order);
    assert.deepEqual([status, body.phase], [202, 'creating']);
    const types = (await stack.historyOf(order.out_order_no)).filter(
      (event) => event.workflowTaskStartedEventAttributes,
    );
    assert.equal(types.length, 0);
    await worker.stop();
    await stage.startWorker();
  });

  it('that is led to another’s task queue refuses before anything is signed, and the order says so', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stage.startWorker({
      merchant: { ...other(), base_url: stack.merchant.base_url },
      taskQueue: taskQueueOf(stack.merchant.mchid),
    });
    await stack.api.complete(out_order_no, rentalEnd(500), { prefer: 'respond-async' });
    const body = await shown(stack, out_order_no, { trouble: 'misconfigured' });
    assert.match(JSON.stringify(body.timeline), /this worker is merchant 1900009999’s/);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0']);
    await stage.startWorker();
    await shown(stack, out_order_no, { phase: 'paying', trouble: undefined });
  });
});
