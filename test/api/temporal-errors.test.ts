/** What Temporal's client throws, told apart by what it means for a caller. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '@temporalio/client';
import { isTimeout, isWithoutWorker } from '../../api/orders/temporal-errors.ts';

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
