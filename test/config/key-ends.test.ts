/** When what the programs were given ends: of certificates by what they say, of keys by what was set. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { keyEndsOf } from '../../config/key-ends.ts';
import { fixture } from './environment.ts';

const pem = readFileSync(fixture('merchant_cert.pem'), 'utf8');
const end = new Date(new X509Certificate(pem).validTo);

test('nothing ends where there are keys without an end alone', () => {
  assert.deepEqual(keyEndsOf({ platformCertificates: [], temporalTls: null }), []);
  assert.deepEqual(keyEndsOf({ platformCertificates: [], temporalTls: true }), []);
});

test('each certificate ends by its own word, or sooner where WeChat Pay stops using it', () => {
  const sooner = new Date(0);
  const until = new Date(5);
  assert.deepEqual(
    keyEndsOf({
      platformCertificates: [{ pem }, { pem, expires: sooner }],
      merchantCertificate: pem,
      previousApiV3Key: { until },
      temporalTls: {
        serverRootCACertificate: Buffer.from(pem),
        clientCertPair: { crt: Buffer.from(pem), key: Buffer.alloc(0) },
      },
    }),
    [
      { kind: 'wechatpay', end },
      { kind: 'wechatpay', end: sooner },
      { kind: 'merchant', end },
      { kind: 'apiv3_previous', end: until },
      { kind: 'temporal_client', end },
      { kind: 'temporal_ca', end },
    ],
  );
});
