/** The names under which processes find each other and each order: what runs already is found by them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  certificatesWorkflowIdOf,
  dailyScheduleIdOf,
  inquiryWorkflowIdOf,
  merchantOf,
  numberOfWorkflow,
  oneShotWorkflowIdOf,
  reconciliationWorkflowIdOf,
  taskQueueOf,
  UPDATE_REFUSALS,
  workflowIdOf,
} from '../../workflows/contract.ts';

const MCHID = '1900000001';

test('each merchant has a task queue of its own', () => {
  assert.equal(taskQueueOf(MCHID), 'payscore-orders/1900000001');
  assert.notEqual(taskQueueOf('1900000002'), taskQueueOf(MCHID));
});

for (const id of [
  workflowIdOf(MCHID, 'R1'),
  // whatever a number may hold
  workflowIdOf(MCHID, 'a_b-c|d*E9'),
  workflowIdOf(MCHID, '1900000002'),
  certificatesWorkflowIdOf(MCHID),
  reconciliationWorkflowIdOf(MCHID, '2026-10-01'),
  dailyScheduleIdOf(MCHID),
  inquiryWorkflowIdOf(MCHID, 'R1', 'u'),
  oneShotWorkflowIdOf('authorization', MCHID, 'random'),
  oneShotWorkflowIdOf('detail-link', MCHID, 'random'),
  `sweep/${MCHID}/run`,
]) {
  test(`${id} is this merchant’s`, () => {
    assert.equal(merchantOf(id), MCHID);
  });
}

for (const id of ['', 'R1', 'service-order', 'service-order/', '/', `service-order//${MCHID}`]) {
  test(`'${id}' is nobody’s`, () => {
    assert.ok(!merchantOf(id));
  });
}

test('another merchant’s is not this one’s, however its number looks', () => {
  assert.equal(merchantOf(workflowIdOf('1900000002', MCHID)), '1900000002');
  assert.equal(merchantOf(workflowIdOf(`${MCHID}0`, 'R1')), `${MCHID}0`);
});

test('the number of an order is in the id of its run', () => {
  for (const number of ['R1', 'a_b-c|d*E9']) {
    assert.equal(numberOfWorkflow(MCHID, workflowIdOf(MCHID, number)), number);
  }
});

test('the refusals of updates are told apart by these words', () => {
  assert.deepEqual([...UPDATE_REFUSALS].toSorted(), [
    'Busy',
    'Expired',
    'KeyReused',
    'Moved',
    'NotAllowed',
    'Refused',
  ]);
});
