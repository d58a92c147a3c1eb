/** What is done to an order, from the moment it is asked for until its outcome is known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPending, leftBehind, outcomeOf } from '../../../payscore/order/operation.ts';
import { ASKED_OPERATIONS } from '../../../payscore/order/operation-name.ts';
import { inWords } from '../../support/words.ts';
import { AT, bodies, record, refusal } from './orders.ts';

for (const state of ['waiting', 'running'] as const) {
  test(`what is ${state} is pending, and has no outcome`, () => {
    assert.equal(isPending(record('cancel', { state })), true);
    assert.equal(outcomeOf(record('cancel', { state })), undefined);
  });
}

for (const [change, outcome] of [
  [{ state: 'done' }, { kind: 'done' }],
  [
    { state: 'not_allowed', rule: { code: 'not_done_in_time' } },
    { kind: 'not_allowed', rule: { code: 'not_done_in_time' } },
  ],
  [{ state: 'not_allowed' }, { kind: 'not_allowed', rule: { code: 'order_ended' } }],
  [
    { state: 'refused', refusal },
    { kind: 'refused', refusal },
  ],
  // as an earlier release may have kept it
  [{ state: 'refused' }, { kind: 'not_allowed', rule: { code: 'order_ended' } }],
] as const) {
  test(`what is ${JSON.stringify(change)} came to ${outcome.kind}`, () => {
    assert.equal(isPending(record('cancel', change)), false);
    assert.deepEqual(outcomeOf(record('cancel', change)), outcome);
  });
}

const begun = { startedAt: AT.toISOString(), progress: { unknownSince: AT.toISOString() } };

for (const operation of ASKED_OPERATIONS) {
  for (const state of ['waiting', 'running'] as const) {
    test(`a ${operation} that is ${state} when its run is broken off was promised, and may be asked for again`, () => {
      const before = record(operation, { state, body: bodies[operation], ...begun });
      const { key, digest, receivedAt, total } = before;
      const left = leftBehind(before);
      const { rule, ...kept } = left;
      const common = { operation, key, digest, receivedAt, total, state: 'left_behind' };
      assert.deepEqual(kept, common);
      assert.match(inWords(rule), /ask again, under the same key/);
      assert.equal(isPending(left), false);
      assert.equal(outcomeOf(left), undefined);
      assert.equal(leftBehind(left), left);
    });
  }
}

for (const change of [
  { state: 'done' },
  { state: 'not_allowed' },
  { state: 'refused', refusal },
] as const) {
  test(`what is ${change.state} when its run is broken off stays so`, () => {
    const before = record('modify', change);
    assert.equal(leftBehind(before), before);
  });
}
