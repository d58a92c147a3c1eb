/** A worker of the next release takes over orders that this one began: what it does otherwise, it does behind a patch. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { rentalEnd } from '../../support/orders.ts';
import { changedBundle } from '../../support/changed-bundle.ts';
import { inService, paying, timesScheduled } from '../../support/play.ts';
import { startStack, type Stack } from '../../support/stack.ts';

/** It looks at WeChat's account before it sends an operation. */
const NEXT_RELEASE = [
  {
    file: 'workflows/service-order/operation.ts',
    from: 'if (await untilSendable(',
    to: "if (patched('looks-first')) await queryOrder(state);\n  if (await untilSendable(",
  },
  {
    file: 'workflows/service-order/operation.ts',
    from: "import { sleep } from '@temporalio/workflow';",
    to: "import { patched, sleep } from '@temporalio/workflow';\nimport { queryOrder } from '../unknown-outcome/query.ts';",
  },
];

describe('the next release', () => {
  let stack: Stack;
  let bundle: WorkflowBundleWithSourceMap;
  before(async () => {
    stack = await startStack();
    bundle = await changedBundle(...NEXT_RELEASE);
  });
  after(() => stack.stop());

  it('takes over orders that wait in service and for their payment, and brings them to their end', async () => {
    const present = await stack.startWorker();
    const serving = await inService(stack);
    const charging = await paying(stack);
    await present.stop();

    const next = await stack.startWorker({ bundle });
    await stack.people.pay(charging.out_order_no);
    assert.equal((await stack.run(charging.out_order_no).result()).phase, 'paid');
    assert.equal(await timesScheduled(stack, charging.out_order_no, 'getServiceOrder'), 0);

    const { status } = await stack.api.complete(serving.out_order_no, rentalEnd(500));
    assert.equal(status, 200);
    assert.equal(await timesScheduled(stack, serving.out_order_no, 'getServiceOrder'), 1);
    await stack.people.pay(serving.out_order_no);
    assert.equal((await stack.run(serving.out_order_no).result()).phase, 'paid');
    await next.stop();
  });
});
