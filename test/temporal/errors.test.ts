/** What Temporal's client throws, told apart by what it means for a caller. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  isServiceError,
  isTimeout,
  isUnprepared,
  isWithoutWorker,
  updateRefusalOf,
} from '../../temporal/errors.ts';
import { UPDATE_REFUSALS } from '../../workflows/contract.ts';

const CODES = { DEADLINE_EXCEEDED: 4, FAILED_PRECONDITION: 9, UNAVAILABLE: 14 };
const failed = (code: number) =>
  new ServiceError('Failed to query Workflow', {
    cause: Object.assign(new Error('no poller seen for task queue recently'), { code }),
  });

test('a query that timed out, or for which Temporal has seen no worker lately, is without a worker', () => {
  assert.equal(isWithoutWorker(failed(CODES.DEADLINE_EXCEEDED)), true);
  assert.equal(isWithoutWorker(failed(CODES.FAILED_PRECONDITION)), true);
  assert.equal(isWithoutWorker(failed(CODES.UNAVAILABLE)), false);
});

test('only a deadline is a timeout', () => {
  assert.equal(isTimeout(failed(CODES.DEADLINE_EXCEEDED)), true);
  assert.equal(isTimeout(failed(CODES.FAILED_PRECONDITION)), false);
});

test('a raw call fails with gRPC’s own error, which is Temporal’s all the same', () => {
  const away = Object.assign(new Error('14 UNAVAILABLE'), { code: CODES.UNAVAILABLE });
  assert.equal(isServiceError(away), true);
  const missing = Object.assign(new Error('no such file'), { code: 'ENOENT' });
  for (const ours of [missing, new Error('ours'), undefined]) {
    assert.equal(isServiceError(ours), false);
  }
});

test('a namespace is unprepared where Temporal names a search attribute that it does not have', () => {
  for (const message of [
    'Namespace default has no mapping defined for search attribute PayscorePhase; search attribute PayscorePhase is not defined',
    "invalid query: invalid expression: column name 'PayscorePhase' is not a valid search attribute",
    'Namespace orders is not found.',
  ]) {
    assert.equal(isUnprepared(Object.assign(new Error(message), { code: 3 })), true);
  }
  assert.equal(isUnprepared(new Error('invalid query: incomplete expression')), false);
});

const refusedBy = (type: string | undefined, ...details: unknown[]) =>
  new WorkflowUpdateFailedError(
    'Workflow Update failed',
    ApplicationFailure.create({ ...(type !== undefined && { type }), message: 'words', details }),
  );

for (const type of UPDATE_REFUSALS) {
  test(`an update that the order refused as ${type} says so, with its words and their detail`, () => {
    const refusal = updateRefusalOf(refusedBy(type, { code: 'X' }));
    assert.deepEqual(refusal, { type, message: 'words', detail: { code: 'X' } });
  });
}

test('a refusal whose word this release does not know is another one', () => {
  for (const type of ['Postponed', 'notallowed', '', undefined]) {
    const refusal = updateRefusalOf(refusedBy(type));
    assert.deepEqual(refusal, { type: 'Other', message: 'words', detail: undefined });
  }
});

test('what is no refusal of an order’s is none', () => {
  const silent = new WorkflowUpdateFailedError('Workflow Update failed', new Error('lost'));
  for (const error of [silent, failed(CODES.UNAVAILABLE), new Error('ours'), undefined]) {
    assert.equal(updateRefusalOf(error), undefined);
  }
});
