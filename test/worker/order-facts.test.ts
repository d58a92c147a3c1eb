/** Every line about an order has its number and its run, also what Temporal itself writes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureOf } from '../../activities/failure.ts';
import { WechatpayRefusal } from '../../wechatpay/errors.ts';
import { plain } from '../../worker/logger.ts';
import { orderFactsOf } from '../../worker/order-facts.ts';
import {
  inquiryWorkflowIdOf,
  oneShotWorkflowIdOf,
  reconciliationWorkflowIdOf,
  workflowIdOf,
} from '../../workflows/contract.ts';

for (const [id, facts] of [
  [workflowIdOf('1900000001', 'R|1*-_'), { out_order_no: 'R|1*-_' }],
  [inquiryWorkflowIdOf('1900000001', 'R1', 'u'), { out_order_no: 'R1' }],
  [reconciliationWorkflowIdOf('1900000001', '2026-10-01'), { bill_date: '2026-10-01' }],
  [oneShotWorkflowIdOf('authorization', '1900000001', 'u'), {}],
] as const) {
  test(`a line about ${id} says so`, () => {
    assert.deepEqual(orderFactsOf(id, 'run'), { ...facts, run_id: 'run' });
  });
}

test('what Temporal writes of an activity names order, run and Request-ID, and keeps its token to itself', () => {
  const refusal = { status: 400, errorCode: 'PARAM_ERROR', words: '', requestId: '08F1-0' };
  const facts = plain({
    taskToken: 'secret',
    workflowId: workflowIdOf('1900000001', 'R1'),
    workflowRunId: 'run',
    attempt: 2,
    error: failureOf(new WechatpayRefusal(refusal)),
  });
  const { out_order_no, run_id, request_id, attempt } = facts;
  assert.deepEqual([out_order_no, run_id, request_id, attempt], ['R1', 'run', '08F1-0', 2]);
  assert.doesNotMatch(JSON.stringify(facts), /secret/);
});

test('what Temporal writes of a workflow names its run, and of itself none', () => {
  const id = workflowIdOf('1900000001', 'R1');
  assert.equal(plain({ workflowId: id, runId: 'run' })['out_order_no'], 'R1');
  assert.deepEqual(plain({ target: 'core' }), { target: 'core' });
});
