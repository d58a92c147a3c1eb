/** Whether WeChat Pay answers: what counts as an answer, and when a silence is one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContact } from '../../worker/wechatpay-probe.ts';
import {
  InvalidParameterError,
  NotSentError,
  TransportError,
  VerificationError,
  WechatpayRefusal,
} from '../../wechatpay/errors.ts';

const refusal = (status: number, unproven?: string) =>
  new WechatpayRefusal({ status, errorCode: 'CODE', words: '', requestId: 'A-1', unproven });

function watched() {
  let nowMs = 1_000_000;
  const contact = createContact(() => nowMs);
  return { ...contact, pass: (seconds: number) => void (nowMs += seconds * 1_000) };
}

const answered = () => {
  const contact = watched();
  contact.note();
  assert.equal(contact.fault(), undefined);
  return contact;
};

test('a worker to which WeChat Pay has not answered yet is of no use', () => {
  assert.equal(watched().fault(), 'WeChat Pay has not answered yet.');
});

for (const [what, error] of [
  ['that an order does not exist', refusal(404)],
  ['that something is wrong', refusal(400)],
  ['that there are too many calls', refusal(429)],
] as const) {
  test(`an answer that says ${what} is one`, () => {
    const contact = watched();
    contact.note(error);
    assert.equal(contact.fault(), undefined);
  });
}

for (const [what, error, says] of [
  ['nothing', new TransportError('no answer from WeChat Pay: ECONNREFUSED'), /ECONNREFUSED/],
  ['an answer of a gateway', refusal(502, 'no signature'), /not proven/],
  ['an answer of somebody else', new VerificationError('signature', 'not signed so'), /not signed/],
  ['a page of maintenance', refusal(503), /answered 503/],
  ['a refusal of our signature', refusal(401), /check mchid, serial_no, the private key/],
] as const) {
  test(`${what} is a silence when it lasts for half a minute, and an answer ends it`, () => {
    const contact = answered();
    contact.note(error);
    assert.equal(contact.fault(), undefined);
    contact.pass(29);
    contact.note(error);
    assert.equal(contact.fault(), undefined);
    contact.pass(1);
    assert.match(contact.fault() ?? '', says);
    contact.note();
    assert.equal(contact.fault(), undefined);
  });
}

test('what was never sent says nothing of WeChat Pay', () => {
  const contact = answered();
  contact.note(new InvalidParameterError('openid'));
  contact.note(new NotSentError('too late'));
  contact.pass(60);
  assert.equal(contact.fault(), undefined);
});
