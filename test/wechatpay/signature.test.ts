/** Signatures, by vectors that the openssl command line made. */
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { answerMessage, requestMessage } from '../../wechatpay/message.ts';
import { isSignedBy, sign } from '../../wechatpay/signature.ts';
import {
  bytesOf,
  merchantKey,
  merchantPublicKey,
  NONCE,
  otherKey,
  SIGNED_AT,
  textOf,
  wechatPublicKey,
  withOneByteChanged,
} from './vectors.ts';

const request = {
  method: 'POST',
  target: '/v3/payscore/serviceorder?note=%E7%A7%9F%E9%87%91',
  timestamp: String(SIGNED_AT),
  nonce: '593BEC0C930BF1AFEB40B4A08C8FB242',
  body: '{"service_introduction":"充电宝租借","amount":9900}',
};
const signature = textOf('answer.sig');
const answer = bytesOf('answer.txt');

test('a request is signed line by line, each line ended by a line feed', () => {
  assert.equal(requestMessage(request), textOf('request.txt'));
});

test('a request without a body ends in an empty line', () => {
  const lines = requestMessage({ ...request, method: 'GET', body: '' }).split('\n');
  assert.deepEqual(lines.slice(3), [request.nonce, '', '']);
});

test('signs a request with the bytes that openssl signs it with', () => {
  assert.equal(sign(requestMessage(request), merchantKey), textOf('request.sig'));
});

test('signs bytes and the text that they spell alike', () => {
  assert.equal(sign(bytesOf('request.txt'), merchantKey), textOf('request.sig'));
});

for (const [what, body, name] of [
  ['an answer', bytesOf('answer.json'), 'answer'],
  ['an answer without a body', Buffer.alloc(0), 'empty'],
] as const) {
  test(`${what} is the message that openssl signed`, () => {
    const message = answerMessage({ timestamp: String(SIGNED_AT), nonce: NONCE, body });
    assert.deepEqual(message, bytesOf(`${name}.txt`));
    assert.ok(isSignedBy(message, textOf(`${name}.sig`), wechatPublicKey));
  });
}

test('a body that is not UTF-8 enters the message as the bytes it is', () => {
  const body = Buffer.from([0xff, 0xfe, 0x00]);
  const message = answerMessage({ timestamp: '1', nonce: 'n', body });
  assert.deepEqual([...message.subarray(-4)], [0xff, 0xfe, 0x00, 0x0a]);
});

test('a signature belongs to no message that differs in one byte, wherever it is', () => {
  for (const changed of withOneByteChanged(answer)) {
    assert.equal(isSignedBy(changed, signature, wechatPublicKey), false);
  }
});

test('a signature that differs in one byte belongs to nothing, wherever it is', () => {
  for (const changed of withOneByteChanged(Buffer.from(signature, 'base64'))) {
    assert.equal(isSignedBy(answer, changed.toString('base64'), wechatPublicKey), false);
  }
});

for (const [whose, key] of [
  ['somebody else', createPublicKey(otherKey)],
  ['the merchant', merchantPublicKey],
] as const) {
  test(`WeChat Pay’s signature does not belong to the key of ${whose}`, () => {
    assert.equal(isSignedBy(answer, signature, key), false);
  });
}

for (const [what, text] of Object.entries({
  nothing: '',
  'a word': 'forged',
  'the signature after a space': ` ${signature}`,
  'the signature before a line feed': `${signature}\n`,
  'the signature in two lines': `${signature.slice(0, 76)}\n${signature.slice(76)}`,
  'the signature without its padding': signature.replace(/=+$/, ''),
  'the signature in the alphabet of URLs': Buffer.from(signature, 'base64').toString('base64url'),
  'the signature with something behind it': `${signature}AAAA`,
  'half of the signature': signature.slice(0, 172),
  'the signature of a probe': `WECHATPAY/SIGNTEST/${signature.slice(19)}`,
  'the signature behind a probe’s prefix': `WECHATPAY/SIGNTEST/${signature}`,
})) {
  test(`${what} is a false signature, not an exception`, () => {
    assert.equal(isSignedBy(answer, text, wechatPublicKey), false);
  });
}
