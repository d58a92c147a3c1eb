/** Platform certificates: downloaded, opened, verified by what they bring, and asked for when a serial is unknown. */
import assert from 'node:assert/strict';
import { createCipheriv, X509Certificate, type KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { createClient, type CertificateOptions } from '../../wechatpay/client.ts';
import { VerificationError } from '../../wechatpay/errors.ts';
import { createVerificationKeys } from '../../wechatpay/keys.ts';
import {
  MERCHANT_SERIAL,
  otherKey,
  PLATFORM_SERIAL,
  platformKey,
  PUBLIC_KEY_ID,
  textOf,
} from './vectors.ts';
import { answer, startWechat, unsigned, type Answering } from './wechat-server.ts';
import { signedHeaders } from './wechat.ts';

const API_V3_KEY = '0123456789abcdefABCDEF9876543210';
const OTHER_KEY = 'ffffffffffffffffffffffffffffffff';
const PEM = textOf('platform_cert.pem');
const LATER = '2100-01-01T00:00:00+08:00';
const ORDER = '{"state":"DOING"}';
const key = { out_order_no: 'R1', service_id: '2002', appid: 'wx1' };

/** As WeChat encrypts a certificate, with node:crypto alone. */
function sealed(pem: string, apiV3Key = API_V3_KEY, associated_data = 'certificate') {
  const nonce = '61f9c719728a';
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce).setAAD(
    Buffer.from(associated_data),
  );
  const bytes = Buffer.concat([cipher.update(pem), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    nonce,
    associated_data,
    ciphertext: bytes.toString('base64'),
  };
}

interface Listed {
  pem: string;
  expire_time?: string;
  apiV3Key?: string;
  sealedAs?: string;
}

const listOf = (...certificates: Listed[]) =>
  JSON.stringify({
    data: certificates.map(({ pem, expire_time = LATER, apiV3Key, sealedAs }) => ({
      serial_no: new X509Certificate(pem).serialNumber,
      effective_time: '2026-01-01T00:00:00+08:00',
      expire_time,
      encrypt_certificate: sealed(pem, apiV3Key, sealedAs),
    })),
  });

/** Answers under the platform certificate, or under another key that says so. */
const byCertificate = (body: string, signingKey: KeyObject = platformKey): Answering => {
  return (res, received) => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signing = { timestamp, serial: PLATFORM_SERIAL, key: signingKey };
    answer(200, body, signedHeaders(body, signing))(res, received);
  };
};

/** A WeChat Pay that lists certificates and knows one order, and a client that begins without any certificate. */
async function open(
  t: { after(fn: () => Promise<void>): void },
  { list, order = byCertificate(ORDER) }: { list: Answering; order?: Answering },
  change: { publicKey?: boolean; certificates?: Partial<CertificateOptions> } = {},
) {
  const wechat = await startWechat(t, (res, received) =>
    (received.target === '/v3/certificates' ? list : order)(res, received),
  );
  const failures: unknown[] = [];
  const keys = createVerificationKeys({
    ownSerial: MERCHANT_SERIAL,
    ...(change.publicKey && {
      publicKey: { id: PUBLIC_KEY_ID, pem: textOf('wechatpay_pub.pem') },
    }),
  });
  const client = createClient({
    ...wechat.options,
    keys,
    certificates: {
      apiV3Keys: { current: Buffer.from(API_V3_KEY) },
      onFailure: (error) => void failures.push(error),
      ...change.certificates,
    },
  });
  t.after(() => client.close().catch(() => undefined)); // a test may have closed it
  const downloads = () =>
    wechat.requests.filter(({ target }) => target === '/v3/certificates').length;
  return { ...wechat, client, keys, failures, downloads };
}

test('begins with nothing but the APIv3 key: the first download is verified by what it brings', async (t) => {
  const { client, requests, failures } = await open(t, {
    list: byCertificate(listOf({ pem: PEM })),
  });
  assert.equal((await client.getServiceOrder(key)).json['state'], 'DOING');
  assert.deepEqual(client.platformCertificates()[0]?.pem, PEM);
  assert.deepEqual(failures, []);
  await client.getServiceOrder(key);
  assert.equal(requests.at(-1)?.headers['wechatpay-serial'], PLATFORM_SERIAL);
});

test('asks for no key before it knows one', async (t) => {
  const { client, requests } = await open(t, { list: byCertificate(listOf({ pem: PEM })) });
  await client.refreshCertificates();
  assert.equal(requests[0]?.headers['wechatpay-serial'], undefined);
});

// what they are, how they are listed, what is told
const UNUSABLE: readonly [string, Answering, string][] = [
  [
    'opened by another APIv3 key',
    byCertificate(listOf({ pem: PEM, apiV3Key: OTHER_KEY })),
    'DecryptionError',
  ],
  ['not signed', unsigned(200, listOf({ pem: PEM })), 'VerificationError'],
  ['signed by another key', byCertificate(listOf({ pem: PEM }), otherKey), 'VerificationError'],
  [
    'signed under a serial that it does not bring',
    answer(200, listOf({ pem: PEM })),
    'VerificationError',
  ],
  [
    'among them the merchant’s own',
    byCertificate(listOf({ pem: PEM }, { pem: textOf('merchant_cert.pem') })),
    'TransportError',
  ],
  [
    'partly opened',
    byCertificate(listOf({ pem: PEM }, { pem: PEM, apiV3Key: OTHER_KEY })),
    'DecryptionError',
  ],
  ['without an end', byCertificate(listOf({ pem: PEM }).replaceAll(LATER, '')), 'TransportError'],
  [
    'of an end in another form',
    byCertificate(listOf({ pem: PEM }).replaceAll(`"${LATER}"`, '4102444800000')),
    'TransportError',
  ],
  [
    'sealed as something else',
    byCertificate(listOf({ pem: PEM, sealedAs: 'payscore' })),
    'DecryptionError',
  ],
  ['no list', byCertificate('{"data":{}}'), 'TransportError'],
  ['a list of something else', byCertificate('{"data":[1]}'), 'DecryptionError'],
  ['not sealed', byCertificate('{"data":[{"encrypt_certificate":1}]}'), 'DecryptionError'],
  [
    'no certificate',
    byCertificate(
      JSON.stringify({
        data: [{ expire_time: LATER, encrypt_certificate: sealed('not a certificate') }],
      }),
    ),
    'TransportError',
  ],
  ['not JSON', byCertificate('<html>'), 'TransportError'],
  [
    'a 404 that is not proven',
    unsigned(404, '{"code":"RESOURCE_NOT_EXISTS","message":""}'),
    'WechatpayRefusal',
  ],
];
for (const [what, list, name] of UNUSABLE) {
  test(`takes in nothing from certificates that are ${what}, and says so`, async (t) => {
    const { client, failures } = await open(t, { list });
    await client.refreshCertificates();
    assert.deepEqual(client.platformCertificates(), []);
    assert.deepEqual(
      failures.map((failure) => (failure as Error).name),
      [name],
    );
    await assert.rejects(client.getServiceOrder(key), VerificationError);
  });
}

test('who holds a key believes a download by that key only', async (t) => {
  const reasons: string[] = [];
  const { client, failures, options } = await open(
    t,
    { list: byCertificate(listOf({ pem: PEM })) },
    { publicKey: true },
  );
  await client.refreshCertificates();
  assert.deepEqual(client.platformCertificates(), []);
  assert.equal((failures[0] as VerificationError).reason, 'serial');
  const counting = createClient({
    ...options,
    keys: createVerificationKeys({
      publicKey: { id: PUBLIC_KEY_ID, pem: textOf('wechatpay_pub.pem') },
      ownSerial: MERCHANT_SERIAL,
    }),
    onUnverified: (reason) => void reasons.push(reason),
    certificates: {
      apiV3Keys: { current: Buffer.from(API_V3_KEY) },
      onFailure: () => undefined,
    },
  });
  t.after(() => counting.close());
  await counting.refreshCertificates();
  assert.deepEqual(reasons, ['serial']);
});

for (const [what, refusal] of Object.entries({
  'of another code': answer(404, '{"code":"ORDER_NOT_EXIST","message":""}'),
  'of another status': answer(403, '{"code":"RESOURCE_NOT_EXISTS","message":""}'),
})) {
  test(`tells of a proven refusal ${what}`, async (t) => {
    const { client, failures } = await open(t, { list: refusal }, { publicKey: true });
    await client.refreshCertificates();
    assert.equal((failures[0] as Error).name, 'WechatpayRefusal');
  });
}

test('tries to download no more once it is closed, nor what waits for its turn', async (t) => {
  const { client, downloads, failures } = await open(
    t,
    { list: answer(200, listOf({ pem: PEM })) },
    { publicKey: true, certificates: { everyMs: 10, minIntervalMs: 0 } },
  );
  await client.refreshCertificates();
  const waiting = [client.refreshCertificates(), client.refreshCertificates()];
  await client.close();
  await Promise.all(waiting);
  const atTheEnd = downloads();
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(downloads(), atTheEnd);
  assert.deepEqual(failures, []);
});

test('a merchant in public-key mode has no certificates: a proven 404 is no failure', async (t) => {
  const none = answer(404, '{"code":"RESOURCE_NOT_EXISTS","message":"平台证书不存在"}');
  const { client, failures } = await open(
    t,
    { list: none, order: answer(200, ORDER) },
    { publicKey: true },
  );
  await client.refreshCertificates();
  assert.deepEqual(failures, []);
  assert.equal((await client.getServiceOrder(key)).json['state'], 'DOING');
});

test('holds the public key and the certificates at once, and expects the public key', async (t) => {
  const list = answer(200, listOf({ pem: PEM }));
  const { client, requests } = await open(t, { list }, { publicKey: true });
  await client.refreshCertificates();
  await client.getServiceOrder(key); // answered under the certificate all the same
  assert.equal(requests.at(-1)?.headers['wechatpay-serial'], PUBLIC_KEY_ID);
});

test('an unknown serial causes one download, and then the answer is believed', async (t) => {
  let listed = listOf();
  const { client, downloads } = await open(
    t,
    { list: (res, received) => answer(200, listed)(res, received) },
    { publicKey: true, certificates: { minIntervalMs: 0 } },
  );
  await client.refreshCertificates();
  assert.equal(client.platformCertificates().length, 0);
  const before = downloads();
  listed = listOf({ pem: PEM });
  await client.getServiceOrder(key);
  assert.equal(downloads(), before + 1);
});

test('serials that stay unknown cause one download within the interval, however many there are', async (t) => {
  const { client, downloads } = await open(t, { list: answer(200, listOf()) }, { publicKey: true });
  const calls = Array.from({ length: 20 }, () => client.getServiceOrder(key));
  for (const call of calls) await assert.rejects(call, { reason: 'serial' });
  assert.equal(downloads(), 1);
});

test('downloads in the background', async (t) => {
  const { downloads } = await open(
    t,
    { list: answer(200, listOf({ pem: PEM })) },
    { publicKey: true, certificates: { everyMs: 20, minIntervalMs: 0 } },
  );
  const deadline = Date.now() + 5_000;
  while (downloads() < 3 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.ok(downloads() >= 3);
});

test('keeps a certificate that is not listed any more until it expires', async (t) => {
  let listed = listOf({ pem: PEM });
  const { client, keys } = await open(
    t,
    { list: (res, received) => answer(200, listed)(res, received) },
    { publicKey: true, certificates: { minIntervalMs: 0 } },
  );
  await client.refreshCertificates();
  listed = listOf();
  await client.refreshCertificates();
  assert.ok(keys.find(PLATFORM_SERIAL, new Date()));
});

test('a failed download leaves what was known', async (t) => {
  const turns: Answering[] = [answer(200, listOf({ pem: PEM }))];
  const list: Answering = (res, received) =>
    (turns.shift() ?? ((r) => void r.destroy()))(res, received);
  const { client, failures } = await open(
    t,
    { list },
    { publicKey: true, certificates: { minIntervalMs: 0 } },
  );
  await client.refreshCertificates();
  await client.refreshCertificates();
  assert.ok(failures.length > 0);
  assert.equal(client.platformCertificates().length, 1);
});

test('believes the end that WeChat Pay gives a certificate', async (t) => {
  const expire_time = new Date(Date.now() + 3_600_000).toISOString();
  const { client } = await open(
    t,
    { list: answer(200, listOf({ pem: PEM, expire_time })) },
    { publicKey: true },
  );
  await client.refreshCertificates();
  assert.equal(client.platformCertificates()[0]?.expires?.toISOString(), expire_time);
});

test('opens certificates with the previous APIv3 key while that counts', async (t) => {
  const previous = { key: Buffer.from(OTHER_KEY), until: new Date(Date.now() + 60_000) };
  const { client, failures } = await open(
    t,
    { list: byCertificate(listOf({ pem: PEM, apiV3Key: OTHER_KEY })) },
    { certificates: { apiV3Keys: { current: Buffer.from(API_V3_KEY), previous } } },
  );
  await client.refreshCertificates();
  assert.deepEqual(failures, []);
  assert.equal(client.platformCertificates().length, 1);
});
