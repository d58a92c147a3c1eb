/** People in the web UI can send anything, and none of it may stop an order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  EXAMPLES,
  hasBody,
  isSignedNotification,
  textIn,
  timeIn,
} from '../../../payscore/order/message-shape.ts';
import { ASKED_OPERATIONS } from '../../../payscore/order/operation-name.ts';
import { requests } from './orders.ts';

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

  test(`a message to ${operation} has a key of 128 characters at most, so that what is known of it stays small`, () => {
    assert.ok(accepts({ key: 'k'.repeat(128) }));
    assert.equal(accepts({ key: 'k'.repeat(129) }), false);
  });

  test(`a message to ${operation} has up to 60,000 characters of JSON, so that what waits can be handed on`, () => {
    const ofLength = (length: number) => {
      const digest = 'd'.repeat(length - JSON.stringify({ ...message, digest: '' }).length);
      assert.equal(JSON.stringify({ ...message, digest }).length, length);
      return { digest };
    };
    assert.ok(accepts(ofLength(60_000)));
    assert.equal(accepts(ofLength(60_001)), false);
    const more = { ...message.body, more: 'x'.repeat(60_000) };
    assert.equal(accepts({ body: more }), false);
  });

  test(`a message to ${operation} has a digest only as text`, () => {
    for (const digest of [1, null, {}]) assert.equal(accepts({ digest }), false);
  });

  test(`a message to ${operation} says plainly whether its key is the caller’s own`, () => {
    for (const isKeyed of [true, false, undefined]) assert.ok(accepts({ key: 'k', isKeyed }));
    for (const isKeyed of [0, 1, 'true', '', null, {}, []]) {
      assert.equal(accepts({ key: 'k', isKeyed }), false);
    }
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
  for (const time of [undefined, null, '', '2026-10-01T12:00:00', '20261001120000', 0, [TIME]]) {
    assert.equal(at(time), false);
  }
});

const TIME = '2026-10-01T12:00:00+08:00';

for (const time of [TIME, '2026-10-01T04:00Z', '2026-10-01T04:00:00.123Z']) {
  test(`the moment ${time} is found in a message, whatever else is in it`, () => {
    assert.equal(timeIn({ at: time }, 'at'), time);
    assert.equal(timeIn({ other: {}, at: time, 1: null }, 'at'), time);
    assert.equal(timeIn({ at: time }, 'another'), undefined);
  });
}

test('a short text is found in a message, whatever else is in it', () => {
  assert.equal(textIn({ why: 'lost', 1: null }, 'why'), 'lost');
  assert.equal(textIn({ why: '' }, 'why'), '');
  assert.equal(textIn({ why: 'x'.repeat(128) }, 'why'), 'x'.repeat(128));
  for (const why of [undefined, null, 1, ['lost'], 'x'.repeat(129)]) {
    assert.equal(textIn({ why }, 'why'), undefined);
  }
  for (const junk of [...JUNK, 'why']) assert.equal(textIn(junk, 'why'), undefined);
});

test('what is no moment is not found, and what is no message has none', () => {
  const times = [
    '',
    'soon',
    `${TIME} `,
    [TIME],
    '2026-10-01',
    '2026-10-01T12:00:00',
    '20261001120000',
  ];
  for (const at of [...JUNK, ...times, '2026-13-01T12:00:00Z', '+275760-09-13T00:00:00Z', 1]) {
    assert.equal(timeIn({ at }, 'at'), undefined, String(at));
  }
  for (const junk of [...JUNK, TIME, [TIME]]) assert.equal(timeIn(junk, 'at'), undefined);
});

const headers = { 'wechatpay-timestamp': '1790827200', 'wechatpay-signature': 'c2lnbmF0dXJl' };
const body = Buffer.from('{}').toString('base64');

test('a notification consists of its headers and its body, which may have been too long to be carried', () => {
  assert.ok(isSignedNotification({ headers, body }));
  assert.ok(isSignedNotification({ headers, body: '' }));
  assert.ok(isSignedNotification({ headers: {}, body }));
  assert.ok(isSignedNotification({ headers, body, more: 1 }));
});

test('WeChat’s id of a notification is a short text, where there is one', () => {
  assert.ok(isSignedNotification({ id: 'EV-1', headers, body }));
  for (const id of [null, 1, 'x'.repeat(129)]) {
    assert.equal(isSignedNotification({ id, headers, body }), false);
  }
});

test('what is no notification is none', () => {
  for (const junk of JUNK) {
    assert.equal(isSignedNotification(junk), false);
    if (JSON.stringify(junk) !== '{}') {
      assert.equal(isSignedNotification({ headers: junk, body }), false, JSON.stringify(junk));
    }
    if (typeof junk === 'string') continue;
    assert.equal(isSignedNotification({ headers, body: junk }), false);
    const twice = { ...headers, 'wechatpay-nonce': junk };
    assert.equal(isSignedNotification({ headers: twice, body }), false);
  }
  assert.equal(isSignedNotification({ headers }), false);
  assert.equal(isSignedNotification({ body }), false);
});

test('a notification is carried up to 90,000 characters of base64, so that no order grows without limit', () => {
  assert.ok(isSignedNotification({ headers, body: 'A'.repeat(90_000) }));
  assert.equal(isSignedNotification({ headers, body: 'A'.repeat(90_001) }), false);
});
