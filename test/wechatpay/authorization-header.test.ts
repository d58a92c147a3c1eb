/** The Authorization header: who calls, and the signature over what is called. */
import assert from 'node:assert/strict';
import { verify } from 'node:crypto';
import { test } from 'node:test';
import { authorizationOf } from '../../wechatpay/authorization-header.ts';
import { MERCHANT_SERIAL, merchantKey, merchantPublicKey } from './vectors.ts';

const merchant = { mchid: '1900000001', serial: MERCHANT_SERIAL, privateKey: merchantKey };
const line = { method: 'POST', target: '/v3/x?a=%E4%B8%AD', body: '{"name":"租金"}' };
const FORM =
  /^WECHATPAY2-SHA256-RSA2048 mchid="1900000001",nonce_str="([0-9A-Za-z]{16,32})",signature="([0-9A-Za-z+/]+=*)",timestamp="(\d+)",serial_no="5A11000000000000000000000000000000000001"$/;

function partsOf(header: string) {
  const [, nonce = '', signature = '', timestamp = ''] = FORM.exec(header) ?? [];
  return { nonce, signature, timestamp };
}

test('carries the scheme and the five parameters on one line', () => {
  assert.match(authorizationOf(line, merchant, new Date()), FORM);
});

test('gives the time of the attempt in whole seconds, cut', () => {
  const { timestamp } = partsOf(authorizationOf(line, merchant, new Date(1_893_456_000_999)));
  assert.equal(timestamp, '1893456000');
});

test('signs method, target, timestamp, nonce and body', () => {
  const { nonce, signature, timestamp } = partsOf(authorizationOf(line, merchant, new Date()));
  const message = `POST\n/v3/x?a=%E4%B8%AD\n${timestamp}\n${nonce}\n{"name":"租金"}\n`;
  const bytes = Buffer.from(signature, 'base64');
  assert.ok(verify('sha256', Buffer.from(message), merchantPublicKey, bytes));
});

test('takes a new nonce for every attempt', () => {
  const now = new Date();
  const nonces = Array.from(
    { length: 20 },
    () => partsOf(authorizationOf(line, merchant, now)).nonce,
  );
  assert.equal(new Set(nonces).size, 20);
});
