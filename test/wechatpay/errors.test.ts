/** What went wrong, told to people and to programs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BillLinkExpiredError,
  DecryptionError,
  InvalidParameterError,
  isWechatpayError,
  NotSentError,
  TransportError,
  VerificationError,
  WechatpayRefusal,
} from '../../wechatpay/errors.ts';

const refusal = { status: 400, errorCode: 'NO_AUTH', words: '无权限', requestId: '08F1-0' };

// what is told besides, what the message is
const MESSAGES: readonly [Partial<ConstructorParameters<typeof WechatpayRefusal>[0]>, string][] = [
  [{}, 'WeChat Pay answered 400 NO_AUTH: 无权限 (Request-ID 08F1-0)'],
  [{ words: '' }, 'WeChat Pay answered 400 NO_AUTH (Request-ID 08F1-0)'],
  [
    { words: '', unproven: 'not signed', clock: '; our clock is 600 s behind WeChat Pay’s' },
    'WeChat Pay answered 400 NO_AUTH (Request-ID 08F1-0), but is not proven to have: not signed' +
      '; our clock is 600 s behind WeChat Pay’s',
  ],
];
for (const [more, message] of MESSAGES) {
  test(`the message of a refusal tells all of it: ${message}`, () => {
    assert.equal(new WechatpayRefusal({ ...refusal, ...more }).message, message);
  });
}

for (const [error, name] of [
  [new WechatpayRefusal(refusal), 'WechatpayRefusal'],
  [new TransportError('cut'), 'TransportError'],
  [new VerificationError('hash', 'other bytes'), 'VerificationError'],
  [new DecryptionError('not ours'), 'DecryptionError'],
  [new InvalidParameterError('openid …'), 'InvalidParameterError'],
  [new NotSentError('too late'), 'NotSentError'],
  [new BillLinkExpiredError('too late'), 'BillLinkExpiredError'],
] as const) {
  test(`${name} has its own name, and is one of the client’s`, () => {
    assert.equal(error.name, name);
    assert.ok(isWechatpayError(error));
  });
}

test('nobody else’s error is one of the client’s', () => {
  for (const error of [new Error('another'), { code: 'refused' }, undefined]) {
    assert.ok(!isWechatpayError(error));
  }
});
