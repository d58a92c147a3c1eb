/** What is done to an order, from the moment it is asked for until its outcome is known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPending, outcomeOf } from '../../payscore/operation.ts';
import { record, refusal } from './orders.ts';

for (const state of ['waiting', 'running'] as const) {
  test(`what is ${state} is pending, and has no outcome`, () => {
    assert.equal(isPending(record('cancel', { state })), true);
    assert.equal(outcomeOf(record('cancel', { state })), undefined);
  });
}

for (const [change, outcome] of [
  [{ state: 'done' }, { kind: 'done' }],
  [
    { state: 'not_allowed', rule: 'too late' },
    { kind: 'not_allowed', rule: 'too late' },
  ],
  [{ state: 'not_allowed' }, { kind: 'not_allowed', rule: '' }],
  [
    { state: 'refused', refusal },
    { kind: 'refused', refusal },
  ],
  // as an earlier release may have kept it
  [{ state: 'refused' }, { kind: 'not_allowed', rule: '' }],
] as const) {
  test(`what is ${JSON.stringify(change)} came to ${outcome.kind}`, () => {
    assert.equal(isPending(record('cancel', change)), false);
    assert.deepEqual(outcomeOf(record('cancel', change)), outcome);
  });
}
