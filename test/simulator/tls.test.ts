/** HTTPS, for clients that know WeChat Pay by one address only. */
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import 'reflect-metadata'; // @peculiar/x509 refuses to load without it
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { startSimulator } from '../../simulator/create.ts';
import { merchantOf, sharedCredentials, signedBy, type Sent } from './merchant.ts';

const HOST = 'api.mch.weixin.qq.com';
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

const tls = await issue();

async function issue() {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${HOST}`,
    signingAlgorithm: ALGORITHM,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: HOST }])],
    keys,
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64')}\n-----END PRIVATE KEY-----\n`;
  return { cert: certificate.toString('pem'), key };
}

/** As a hosts file would say. */
const onThisMachine: LookupFunction = (_name, _options, found) =>
  found(null, [{ address: '127.0.0.1', family: 4 }]);

/** To WeChat Pay's own name, whose certificate is checked as ever. */
async function transmit(port: string, { method, target, headers }: Sent) {
  const req = request({
    host: HOST,
    port,
    method,
    path: target,
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value)),
    lookup: onThisMachine,
    ca: tls.cert,
    agent: false,
  }).end();
  const [res] = (await once(req, 'response')) as [IncomingMessage];
  const got = new Headers(Object.entries(res.headers).map(([name, it]) => [name, String(it)]));
  return { status: res.statusCode, headers: got, text: await text(res) };
}

async function serve(t: { after(fn: () => Promise<void>): void }, options: { url?: string } = {}) {
  const credentials = await sharedCredentials();
  const simulator = await startSimulator({ ...options, tls, credentials });
  t.after(() => simulator.stop());
  return simulator;
}

test('answers over TLS, signed, to a client that insists on the name of WeChat Pay', async (t) => {
  const simulator = await serve(t);
  const { protocol, port } = new URL(simulator.url);
  assert.equal(protocol, 'https:');
  assert.equal(simulator.merchant.base_url, simulator.url);
  const got = await transmit(port, merchantOf(simulator).signed('GET', '/v3/certificates'));
  assert.equal(got.status, 200);
  assert.equal(signedBy(got, simulator.merchant), simulator.merchant.public_key_id);
});

test('takes people’s doings over TLS as well', async (t) => {
  const { url } = await serve(t);
  const sent = { method: 'GET', target: '/_control/service', body: '', timestamp: '', headers: {} };
  assert.equal((await transmit(new URL(url).port, sent)).status, 200);
});

test('refuses a certificate that does not belong to its key, and says so', async () => {
  const { key } = await issue();
  const starting = startSimulator({ tls: { cert: tls.cert, key } });
  await assert.rejects(starting, /TLS certificate and its key/);
});
