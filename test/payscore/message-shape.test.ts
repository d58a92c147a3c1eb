/** People in the web UI can send anything, and none of it may stop an order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXAMPLES, hasBody, isServiceOrder } from '../../payscore/message-shape.ts';
import { ASKED_OPERATIONS } from '../../payscore/operation.ts';
import { mch, newton, paidBy, requests, said, WECHAT_PHASES } from './orders.ts';

const JUNK = [undefined, null, true, 0, '', 'text', [], {}, [null]];

for (const operation of ASKED_OPERATIONS) {
  const message = { body: requests[operation] };
  const accepts = (change: object) => hasBody(operation, { ...message, ...change });

  test(`the example of ${operation} has the right shape`, () => {
    assert.ok(hasBody(operation, JSON.parse(EXAMPLES[operation])));
  });

  test(`a message to ${operation} needs no more than its body, and no less`, () => {
    assert.ok(accepts({}));
    for (const junk of JUNK) {
      assert.equal(hasBody(operation, junk), false);
      assert.equal(hasBody(operation, { body: junk }), false);
    }
  });

  test(`a message to ${operation} may have key, digest and times`, () => {
    const receivedAt = '2026-10-01T04:00:00.000Z';
    assert.ok(accepts({ key: 'k:1', digest: 'ab', receivedAt, notAfter: receivedAt }));
    assert.ok(accepts({ digest: '' }));
  });

  test(`a message to ${operation} names no key of our own`, () => {
    for (const key of ['own/first', 'own/giving-up', '/', '', 1, null, {}]) {
      assert.equal(accepts({ key }), false);
    }
  });

  test(`a message to ${operation} has a digest only as text`, () => {
    for (const digest of [1, null, {}]) assert.equal(accepts({ digest }), false);
  });

  for (const field of ['receivedAt', 'notAfter']) {
    test(`a message to ${operation} has ${field} only as a moment, whichever worker reads it`, () => {
      const times = ['soon', '2026-10-01', '2026-10-01T12:00:00', '2026-13-01T12:00:00Z', 1, null];
      for (const time of [...times, '+275760-09-13T00:00:00Z']) {
        assert.equal(accepts({ [field]: time }), false, String(time));
      }
    });
  }
}

for (const operation of ['complete', 'modify'] as const) {
  const withBody = (change: object) =>
    hasBody(operation, { body: { ...requests[operation], ...change } });

  test(`an amount to ${operation} is a whole number of fen, of which there may be none`, () => {
    assert.ok(withBody({ total_amount: 0 }));
    for (const total_amount of [-1, 0.5, 2 ** 53, NaN, Infinity, '800', null, undefined]) {
      assert.equal(withBody({ total_amount }), false, String(total_amount));
    }
  });

  test(`a message to ${operation} lists what is to be paid`, () => {
    for (const post_payments of [undefined, null, {}, '']) {
      assert.equal(withBody({ post_payments }), false);
    }
  });
}

for (const operation of ['modify', 'cancel'] as const) {
  test(`a message to ${operation} says why`, () => {
    for (const reason of [undefined, null, '', 1]) {
      assert.equal(hasBody(operation, { body: { ...requests[operation], reason } }), false);
    }
  });
}

test('the times of a completion are texts', () => {
  const withTimes = (time_range: unknown) =>
    hasBody('complete', { body: { ...requests.complete, time_range } });
  assert.ok(withTimes({ start_time: '20261001110000', end_time: '20261001113000' }));
  for (const times of [null, [], '', { end_time: 20261001 }, { start_time: null }]) {
    assert.equal(withTimes(times), false);
  }
});

test('a payment elsewhere has its moment, whichever worker reads it', () => {
  const at = (paid_time: unknown) => hasBody('sync', { body: { paid_time } });
  for (const time of ['2026-10-01T12:00:00+08:00', '2026-10-01T04:00Z', '2026-10-01T04:00:00.5Z']) {
    assert.ok(at(time));
  }
  for (const time of [undefined, null, '', '2026-10-01T12:00:00', '20261001120000', 0]) {
    assert.equal(at(time), false);
  }
});

for (const phase of WECHAT_PHASES) {
  test(`WeChat’s account of an order that is ${phase} has the right shape`, () => {
    assert.ok(isServiceOrder(said(phase)));
  });
}

test('what is no account of an order is none', () => {
  for (const junk of JUNK) assert.equal(isServiceOrder(junk), false);
});

for (const field of ['out_order_no', 'mchid', 'appid', 'service_id', 'state']) {
  test(`an account without ${field} is none`, () => {
    for (const value of [undefined, null, 1, {}]) {
      assert.equal(isServiceOrder({ ...said('paid'), [field]: value }), false);
    }
  });
}

for (const [field, values] of Object.entries({
  openid: [null, 1],
  state_description: [null, {}],
  total_amount: [null, '800', -1, 0.5],
  time_range: [null, [], 'OnAccept', { start_time: 1 }, { end_time: null }],
  collection: [null, [], 'paid', {}, { state: 'USER_PAID' }, { details: [] }],
})) {
  test(`an account whose ${field} nobody can read is none`, () => {
    for (const value of values) {
      assert.equal(isServiceOrder({ ...said('paid'), [field]: value }), false, String(value));
    }
    assert.ok(isServiceOrder({ ...said('paid'), [field]: undefined }));
  });
}

test('what was collected consists of details that can be read', () => {
  const isRead = (...details: unknown[]) =>
    isServiceOrder({ ...said('paid'), ...paidBy(...(details as object[])) });
  assert.ok(isRead());
  assert.ok(isRead(newton, mch, {}));
  for (const detail of JUNK.filter((it) => JSON.stringify(it) !== '{}')) {
    assert.equal(isRead(newton, detail), false);
  }
  for (const field of ['amount', 'paid_type', 'paid_time', 'transaction_id']) {
    for (const value of [null, {}, -1]) {
      assert.equal(isRead({ ...newton, [field]: value }), false, field);
    }
  }
});

for (const field of ['total_amount', 'paid_amount']) {
  test(`a collection has ${field} only as an amount`, () => {
    for (const value of [null, '800', -1]) {
      const collection = { ...said('paid').collection, [field]: value };
      assert.equal(isServiceOrder({ ...said('paid'), collection }), false);
    }
  });
}
