/** A worker has the keys of one merchant, and signs nothing for another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { ofMerchantOnly } from '../../worker/own-merchant.ts';
import { inquiryWorkflowIdOf, workflowIdOf } from '../../workflows/contract.ts';

const MCHID = '1900000001';

/** What an activity of this workflow comes to in the worker of this merchant, and how often it ran. */
async function executed(workflowId: string | undefined) {
  const execution =
    workflowId === undefined ? {} : { workflowExecution: { workflowId, runId: 'run' } };
  const environment = new MockActivityEnvironment(execution);
  const inputs: unknown[] = [];
  const input = { args: ['a', 1], headers: {} };
  const outcome = await environment
    .run(async () => {
      const { inbound } = ofMerchantOnly(MCHID)(Context.current());
      assert.ok(inbound?.execute);
      return await inbound.execute(input, async (given) => {
        inputs.push(given);
        return 'done';
      });
    })
    .catch((error: unknown) => error);
  return { outcome, inputs, input };
}

for (const workflowId of [workflowIdOf(MCHID, 'R1'), inquiryWorkflowIdOf(MCHID, 'R1', 'u')]) {
  test(`an activity of ${workflowId} is carried out as it came`, async () => {
    const { outcome, inputs, input } = await executed(workflowId);
    assert.equal(outcome, 'done');
    assert.deepEqual(inputs, [input]);
  });
}

for (const workflowId of [
  workflowIdOf('1900000002', 'R1'),
  workflowIdOf(`${MCHID}0`, 'R1'),
  workflowIdOf('1900000002', MCHID),
  'started-by-hand',
  '',
]) {
  test(`an activity of '${workflowId}' is refused before anything is signed, and somebody must see to it`, async () => {
    const { outcome, inputs } = await executed(workflowId);
    assert.ok(outcome instanceof ApplicationFailure, String(outcome));
    assert.equal(outcome.type, 'Misconfigured');
    assert.match(outcome.message, /^not sent: this worker is merchant 1900000001’s/);
    assert.deepEqual(inputs, []);
  });
}

test('the refusal says whose the order is', async () => {
  const { outcome } = await executed(workflowIdOf('1900000002', 'R1'));
  assert.match((outcome as Error).message, /1900000002/);
});
