/** What an error of WeChat Pay means for the call: the whole table, proven and not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify, type Classification } from '../../wechatpay/classification.ts';
import {
  BillLinkExpiredError,
  DecryptionError,
  InvalidParameterError,
  NotSentError,
  TransportError,
  VerificationError,
  WechatpayRefusal,
} from '../../wechatpay/errors.ts';

const refusal = (status: number, code: string, proven: boolean) =>
  new WechatpayRefusal({
    status,
    errorCode: code,
    words: '…',
    requestId: '08F1-1',
    ...(!proven && { unproven: 'unsigned' }),
  });

const TABLE: readonly [status: number, code: string, means: Classification][] = [
  [400, 'PARAM_ERROR', 'Refused'],
  [400, 'INVALID_REQUEST', 'Refused'],
  [400, 'INVALID_ORDER_STATE', 'Refused'],
  [400, 'ORDER_CANCELED', 'Refused'],
  [400, 'ORDER_DONE', 'Refused'],
  [400, 'ORDER_NOT_EXIST', 'Refused'],
  [400, 'NO_STATEMENT_EXIST', 'Refused'],
  [400, 'UNHEARD_OF', 'Refused'],
  [401, 'SIGN_ERROR', 'Misconfigured'],
  [401, 'UNHEARD_OF', 'Misconfigured'],
  [403, 'NO_AUTH', 'Refused'],
  [403, 'UNHEARD_OF', 'Refused'],
  [404, 'ORDER_NOT_EXIST', 'NotFound'],
  [404, 'ORDER_NOT_ EXIST', 'NotFound'],
  [404, 'RESOURCE_NOT_EXISTS', 'NotFound'],
  [404, 'ORDER_NOT_EXISTENT', 'Refused'],
  [404, 'SUB_RESOURCE_NOT_EXISTS', 'Refused'],
  [404, 'UNHEARD_OF', 'Refused'],
  [405, 'METHOD_NOT_ALLOWED', 'Refused'],
  [409, 'ORDER_EXISTS', 'Refused'],
  [413, 'PARAM_ERROR', 'Refused'],
  [429, 'RATELIMIT_EXCEEDED', 'Throttled'],
  [429, 'FREQUENCY_LIMITED', 'Throttled'],
  [500, 'SYSTEM_ERROR', 'Unknown'],
  [500, 'ORDER_NOT_EXIST', 'Unknown'],
  [502, 'SERVICE_UNAVAILABLE', 'Unknown'],
  [503, 'SERVICE_UNAVAILABLE', 'Unknown'],
  [599, 'UNHEARD_OF', 'Unknown'],
  [601, 'UNHEARD_OF', 'Unknown'],
];

for (const [status, code, means] of TABLE) {
  const unproven = status === 401 ? 'Unaccepted' : 'Unknown';
  test(`a proven ${status} ${code} is ${means}, an unproven one is ${unproven}`, () => {
    assert.equal(classify(refusal(status, code, true)), means);
    assert.equal(classify(refusal(status, code, false)), unproven);
  });
}

test('a refusal in words of what passes is Unknown, as nothing says that it was not done', () => {
  const words = '请求异常，请稍后重试';
  const passing = { status: 400, errorCode: 'INVALID_REQUEST', words, requestId: '08F1-1' };
  assert.equal(classify(new WechatpayRefusal(passing)), 'Unknown');
});

for (const reason of ['timestamp', 'serial'] as const) {
  test(`an answer that is not believed for its ${reason} is Unaccepted: that may be ours to mend`, () => {
    assert.equal(classify(new VerificationError(reason, 'not theirs')), 'Unaccepted');
  });
}

for (const error of [
  new TransportError('cut', { status: 404 }),
  new VerificationError('signature', 'not theirs'),
  new DecryptionError('not ours'),
  new BillLinkExpiredError('too late'),
  new TypeError('a mistake of ours'),
  undefined,
]) {
  test(`${error?.name ?? 'what is no error'} is Unknown`, () => {
    assert.equal(classify(error), 'Unknown');
  });
}

test('what was never sent is Refused', () => {
  assert.equal(classify(new InvalidParameterError('openid …')), 'Refused');
});

test('what came too late to be sent is NotSent: the same may be sent again', () => {
  assert.equal(classify(new NotSentError('too late')), 'NotSent');
});
