/** The names under which processes find each other and each order: what runs already is found by them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  authorizationChanged,
  certificatesWorkflowIdOf,
  DAILY,
  dailyScheduleIdOf,
  INQUIRY,
  inquiryWorkflowIdOf,
  merchantOf,
  numberOfWorkflow,
  oneShotWorkflowIdOf,
  opened,
  OPERATIONS,
  order,
  orderPaid,
  PLATFORM_CERTIFICATES,
  RECONCILIATION,
  reconciliationWorkflowIdOf,
  refresh,
  refreshRequested,
  report,
  SEARCH_ATTRIBUTES,
  SERVICE_ORDER,
  storeRestored,
  SWEEP,
  taskQueueOf,
  UPDATE_REFUSALS,
  workflowIdOf,
} from '../../workflows/contract.ts';

const MCHID = '1900000001';

test('each merchant has a task queue of its own', () => {
  assert.equal(taskQueueOf(MCHID), 'payscore-orders/1900000001');
  assert.notEqual(taskQueueOf('1900000002'), taskQueueOf(MCHID));
});

test('what processes, runs and schedules are found by stays as it is: orders outlive releases', () => {
  assert.deepEqual(
    [
      [SERVICE_ORDER, workflowIdOf(MCHID, 'R1')],
      [PLATFORM_CERTIFICATES, certificatesWorkflowIdOf(MCHID)],
      [RECONCILIATION, reconciliationWorkflowIdOf(MCHID, '2026-10-01')],
      [DAILY, dailyScheduleIdOf(MCHID)],
      [INQUIRY, inquiryWorkflowIdOf(MCHID, 'R1', 'u')],
      [SWEEP, oneShotWorkflowIdOf('detail-link', MCHID, 'u')],
    ],
    [
      ['serviceOrder', 'service-order/1900000001/R1'],
      ['platformCertificates', 'platform-certificates/1900000001'],
      ['reconciliation', 'reconciliation/1900000001/2026-10-01'],
      ['daily', 'daily/1900000001'],
      ['inquiry', 'inquiry/1900000001/R1/u'],
      ['sweep', 'detail-link/1900000001/u'],
    ],
  );
});

test('messages are called as they were: senders of another release still send them', () => {
  assert.deepEqual(
    [opened, refresh, refreshRequested, storeRestored, authorizationChanged, orderPaid].map(
      ({ type, name }) => [type, name],
    ),
    [
      ['update', 'opened'],
      ['update', 'refresh'],
      ['signal', 'refreshRequested'],
      ['signal', 'storeRestored'],
      ['signal', 'authorizationChanged'],
      ['signal', 'orderPaid'],
    ],
  );
  assert.deepEqual(
    [order, report].map(({ type, name }) => [type, name]),
    [
      ['query', 'order'],
      ['query', 'report'],
    ],
  );
  assert.deepEqual(
    Object.entries(OPERATIONS).map(([name, { update, signal }]) => [
      name,
      update.name,
      signal.name,
    ]),
    [
      ['complete', 'complete', 'serviceEnded'],
      ['modify', 'modify', 'amountLowered'],
      ['cancel', 'cancel', 'serviceCancelled'],
      ['sync', 'sync', 'paidElsewhere'],
    ],
  );
});

test('search attributes are those that the cluster was prepared for', () => {
  assert.deepEqual(
    Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => [name, type]),
    [
      ['PayscorePhase', 'KEYWORD'],
      ['PayscoreTrouble', 'KEYWORD'],
      ['PayscoreServiceId', 'KEYWORD'],
      ['PayscorePaidAt', 'DATETIME'],
      ['PayscoreEndedAt', 'DATETIME'],
      ['PayscorePaidAmount', 'INT'],
      ['PayscoreTransactionId', 'KEYWORD'],
      ['PayscoreCompletedAt', 'DATETIME'],
      ['PayscoreWaiver', 'KEYWORD'],
      ['PayscoreCodecKey', 'KEYWORD'],
      ['PayscoreReconciliation', 'KEYWORD'],
    ],
  );
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
