/** What may be carried out now. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueOperations } from '../../../payscore/rules/due-operations.ts';
import type { OperationRecord } from '../../../payscore/order/operation.ts';

const record = (operation: 'create' | 'cancel', state: OperationRecord['state']) =>
  ({ operation, state, key: operation, digest: '', receivedAt: '' }) as OperationRecord;
const waiting = [record('create', 'waiting'), record('cancel', 'waiting')];
const named = (records: readonly OperationRecord[]) => records.map(({ operation }) => operation);

test('what was asked for first is carried out first', () => {
  assert.deepEqual(named(dueOperations({ phase: 'creating', operations: waiting })), [
    'create',
    'cancel',
  ]);
});

test('while the user is to authorise, nothing is created, and what needs no order is done', () => {
  assert.deepEqual(named(dueOperations({ phase: 'authorizing', operations: waiting })), ['cancel']);
});

test('what has its outcome is not carried out again', () => {
  const operations = [record('create', 'done'), record('cancel', 'left_behind')];
  assert.deepEqual(dueOperations({ phase: 'in_service', operations }), []);
  const running = [record('create', 'running')];
  assert.deepEqual(named(dueOperations({ phase: 'creating', operations: running })), ['create']);
});
