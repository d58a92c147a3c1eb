/** The latest calls and what came of each, as people see them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCallLog } from '../../simulator/transport/call-log.ts';

test('the newest call is the first, and 300 are kept', () => {
  const log = createCallLog(() => undefined);
  for (let i = 0; i < 310; i++) log.begin('query', `r${i}`, {}).ended(200);
  const ids = log.latest().map(({ request_id }) => request_id);
  assert.deepEqual([ids.length, ids[0], ids.at(-1)], [300, 'r309', 'r10']);
});

test('a call is told with its order, its fault, its refusal, and what went out', () => {
  const told: string[] = [];
  const log = createCallLog(({ kind, key }) => told.push(`${kind} ${key}`));
  const call = log.begin('cancel', 'r1', { out_order_no: 'A' });
  call.struck('executed-then-500');
  call.cameTo('SYSTEM_ERROR');
  assert.deepEqual([log.latest(), told], [[], []], 'it is not answered yet');
  call.ended(500);
  const [{ time: _time, took_ms: _took, ...rest } = assert.fail()] = log.latest();
  assert.deepEqual(rest, {
    call: 'cancel',
    request_id: 'r1',
    out_order_no: 'A',
    fault: 'executed-then-500',
    code: 'SYSTEM_ERROR',
    status: 500,
  });
  assert.deepEqual(told, ['call A']);
});

test('a call whose connection was cut has no status', () => {
  const log = createCallLog(() => undefined);
  log.begin('create', 'r1', {}).ended(undefined);
  assert.ok(!('status' in (log.latest()[0] ?? { status: 0 })));
});
