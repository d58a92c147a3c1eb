/** From WeChat Pay's errors to what may be believed and repeated. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureOf } from '../../activities/failure.ts';
import {
  DecryptionError,
  InvalidParameterError,
  NotSentError,
  TransportError,
  VerificationError,
  WechatpayRefusal,
} from '../../wechatpay/errors.ts';

const refused = (status: number, proven: boolean) =>
  new WechatpayRefusal({
    status,
    errorCode: 'INVALID_REQUEST',
    words: '综合评估不通过',
    requestId: '08F1-271300099',
    ...(!proven && { unproven: 'unsigned' }),
  });

const PROVEN = {
  400: 'Refused',
  401: 'Misconfigured',
  403: 'Refused',
  404: 'Refused',
  405: 'Refused',
  409: 'Refused',
  413: 'Refused',
  429: 'Throttled',
  500: 'Unknown',
  501: 'Unknown',
  502: 'Unknown',
  503: 'Unknown',
  504: 'Unknown',
} as const;

for (const [status, type] of Object.entries(PROVEN)) {
  test(`a proven ${status} is ${type}`, () => {
    assert.equal(failureOf(refused(Number(status), true)).type, type);
  });

  const unproven = status === '401' ? 'Unaccepted' : 'Unknown';
  test(`a ${status} that is not proven is ${unproven}, and says so`, () => {
    const failure = failureOf(refused(Number(status), false));
    assert.equal(failure.type, unproven);
    assert.match(failure.message, /not proven/);
    assert.deepEqual(failure.details ?? [], [], 'what is called WeChat’s refusal is');
  });
}

test('a refusal carries WeChat’s words, its Request-ID and our reason', () => {
  assert.deepEqual(failureOf(refused(400, true)).details, [
    {
      status: 400,
      code: 'INVALID_REQUEST',
      message: '综合评估不通过',
      request_id: '08F1-271300099',
      reason: 'risk',
    },
  ]);
});

for (const error of [
  new TransportError('cut', { status: 502 }),
  new VerificationError('signature', 'not theirs'),
  new DecryptionError('not ours'),
  new TypeError('a mistake of ours'),
  'a text',
  undefined,
]) {
  test(`${error instanceof Error ? error.name : String(error)} is Unknown`, () => {
    assert.equal(failureOf(error).type, 'Unknown');
  });
}

test('a parameter that was not sent is Refused, as nothing was done', () => {
  const failure = failureOf(new InvalidParameterError('openid has other characters'));
  assert.equal(failure.type, 'Refused');
  const [refusal] = failure.details ?? [];
  assert.deepEqual(refusal, {
    status: 400,
    code: 'PARAM_ERROR',
    message: 'not sent: openid has other characters',
    request_id: '',
    reason: 'parameters',
  });
});

test('what came too late to be signed is NotSent', () => {
  const failure = failureOf(new NotSentError('too late'));
  assert.equal(failure.type, 'NotSent');
  assert.deepEqual(failure.details ?? [], []);
});

test('no failure forbids a retry: that is for the policy of the caller', () => {
  const errors = [refused(400, true), refused(500, false), new InvalidParameterError('x'), 1];
  for (const error of errors) assert.equal(failureOf(error).nonRetryable, false);
});

test('no failure carries the error it came from, which might show more', () => {
  for (const error of [refused(400, true), new TransportError('cut'), new Error('private')]) {
    assert.equal(failureOf(error).cause, undefined);
  }
});
