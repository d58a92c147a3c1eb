/** What is believed to come from WeChat Pay, and what is not. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { VerificationError } from '../../wechatpay/errors.ts';
import {
  verify,
  verifyOrRefresh,
  whyHeadersUnverified,
  whyUnverified,
} from '../../wechatpay/verification.ts';
import type { Headers } from '../../wechatpay/message.ts';
import {
  MERCHANT_SERIAL,
  merchantKey,
  NONCE,
  otherKey,
  PLATFORM_SERIAL,
  PUBLIC_KEY_ID,
  SIGNED_AT,
  platformKey,
  textOf,
  withOneByteChanged,
} from './vectors.ts';
import {
  answerBody as body,
  bothKeys,
  certificateOnly,
  clockAt,
  signedHeaders,
  vectorHeaders,
} from './wechat.ts';

const verifier = { keys: bothKeys, now: clockAt(0) };
const headers = vectorHeaders('answer.sig');

const believes = (message: { headers: Headers; body: Buffer }, by = verifier) => {
  assert.doesNotThrow(() => verify(message, by));
};
const refuses = (message: { headers: Headers; body: Buffer }, by = verifier) => {
  assert.throws(() => verify(message, by), VerificationError);
};

for (const [what, message] of Object.entries({
  'an answer under the public key': { headers, body },
  'an answer under a platform certificate': {
    headers: vectorHeaders('answer.platform.sig', PLATFORM_SERIAL),
    body,
  },
  'an empty answer': { headers: vectorHeaders('empty.sig'), body: Buffer.alloc(0) },
  'an answer that does not name its signature type': {
    headers: { ...headers, 'wechatpay-signature-type': undefined },
    body,
  },
})) {
  test(`believes ${what}, signed by openssl`, () => believes(message));
}

for (const seconds of [-300, -1, 0, 1, 300]) {
  test(`believes a message signed ${seconds} s from now`, () => {
    believes({ headers, body }, { ...verifier, now: clockAt(-seconds) });
  });
}

for (const seconds of [-86_400, -301, 301, 86_400]) {
  test(`rejects a message signed ${seconds} s from now`, () => {
    refuses({ headers, body }, { ...verifier, now: clockAt(-seconds) });
  });
}

test('rejects a body with one changed byte, wherever it is', () => {
  for (const changed of withOneByteChanged(body)) refuses({ headers, body: changed });
});

test('rejects a body that has one byte more or less', () => {
  refuses({ headers, body: body.subarray(0, -1) });
  refuses({ headers, body: Buffer.concat([body, Buffer.from('\n')]) });
});

test('rejects an empty body under the signature of another', () => {
  refuses({ headers, body: Buffer.alloc(0) });
});

for (const name of ['timestamp', 'nonce', 'signature', 'serial', 'signature-type']) {
  const header = `wechatpay-${name}`;
  const value = Buffer.from(String(headers[header]));

  test(`rejects a Wechatpay-${name} with one changed byte, wherever it is`, () => {
    for (const changed of withOneByteChanged(value)) {
      refuses({ headers: { ...headers, [header]: changed.toString('latin1') }, body });
    }
  });

  test(`rejects a repeated Wechatpay-${name}`, () => {
    const twice = [value.toString(), value.toString()];
    refuses({ headers: { ...headers, [header]: twice }, body });
    refuses({ headers: { ...headers, [header]: twice.join(', ') }, body });
  });

  test(`rejects an empty Wechatpay-${name}`, () => {
    refuses({ headers: { ...headers, [header]: '' }, body });
  });
}

for (const name of ['timestamp', 'nonce', 'signature', 'serial']) {
  test(`rejects a message without Wechatpay-${name}`, () => {
    refuses({ headers: { ...headers, [`wechatpay-${name}`]: undefined }, body });
  });
}

test('rejects an empty nonce that was signed', () => {
  refuses({ headers: signedHeaders(body, { nonce: '' }), body });
});

for (const timestamp of [
  `${SIGNED_AT}.0`,
  `+${SIGNED_AT}`,
  ` ${SIGNED_AT}`,
  `${SIGNED_AT} `,
  `0x${SIGNED_AT.toString(16)}`,
  '1.893456e9',
  `000${SIGNED_AT}`,
  `${SIGNED_AT}000`,
  `-${SIGNED_AT}`,
  'NaN',
  'now',
  '１８９３４５６０００',
]) {
  test(`rejects the timestamp '${timestamp}', although it was signed`, () => {
    refuses({ headers: signedHeaders(body, { timestamp }), body });
  });
}

for (const type of ['WECHATPAY2-SM2-WITH-SM3', 'wechatpay2-sha256-rsa2048', 'none']) {
  test(`rejects the signature type ${type}`, () => {
    refuses({ headers: { ...headers, 'wechatpay-signature-type': type }, body });
  });
}

for (const [what, signing] of Object.entries({
  'by somebody else': { key: otherKey },
  'by the merchant itself': { key: merchantKey },
  'by the merchant under its own serial': { key: merchantKey, serial: MERCHANT_SERIAL },
  'under an unknown serial': { serial: 'PUB_KEY_ID_0119000000012026010100000002' },
  'by the certificate under the serial of the public key': { key: platformKey },
  'by the public key under the serial of the certificate': { serial: PLATFORM_SERIAL },
})) {
  test(`rejects a message signed ${what}`, () => {
    refuses({ headers: signedHeaders(body, signing), body });
  });
}

test('rejects a certificate that is not valid at this moment', () => {
  const { validFrom, validTo } = new X509Certificate(textOf('platform_cert.pem'));
  for (const moment of [Date.parse(validFrom) - 60_000, Date.parse(validTo) + 60_000]) {
    const timestamp = String(Math.floor(moment / 1000));
    const message = {
      headers: signedHeaders(body, { timestamp, key: platformKey, serial: PLATFORM_SERIAL }),
      body,
    };
    refuses(message, { keys: certificateOnly, now: () => new Date(moment) });
  }
});

test('rejects a probe of WeChat Pay’s, whose signature is wrong on purpose', () => {
  const probe = `WECHATPAY/SIGNTEST/${String(headers['wechatpay-signature']).slice(19)}`;
  refuses({ headers: { ...headers, 'wechatpay-signature': probe }, body });
});

test('says which rule failed, and quotes nothing of the message', () => {
  const forged = signedHeaders(body, { key: otherKey });
  for (const change of [
    {},
    { 'wechatpay-timestamp': 'today-or-so' },
    { 'wechatpay-timestamp': '1000000000' },
    { 'wechatpay-serial': 'PUB_KEY_ID_4711' },
    { 'wechatpay-signature-type': 'SM2' },
    { 'wechatpay-nonce': undefined },
  ]) {
    const message = { headers: { ...forged, ...change }, body };
    assert.throws(
      () => verify(message, verifier),
      (error: Error) => {
        const shown = `${error.message} ${error.stack} ${JSON.stringify(error)}`;
        const secrets = [NONCE, forged['wechatpay-signature'], PUBLIC_KEY_ID, 'PUB_KEY_ID_4711'];
        secrets.push('today-or-so', '1000000000', 'SM2 ', 'out_order_no', String(SIGNED_AT));
        for (const secret of secrets) assert.ok(!shown.includes(secret), secret);
        return /^(the header )?wechatpay-[a-z-]+ /i.test(error.message);
      },
    );
  }
});

// what is changed, which rule it breaks, and in which words
const FAULTS: readonly [change: Headers, reason: string, message: RegExp][] = [
  [{ 'wechatpay-timestamp': 'today' }, 'header', /Timestamp is not a whole number of seconds$/],
  [{ 'wechatpay-timestamp': '' }, 'header', /the header wechatpay-timestamp is missing/],
  [
    { 'wechatpay-nonce': ['a', 'b'] },
    'header',
    /the header wechatpay-nonce is missing or repeated/,
  ],
  [{ 'wechatpay-signature-type': 'SM2' }, 'header', /Signature-Type is not WECHATPAY2-SHA256/],
  [{ 'wechatpay-timestamp': String(SIGNED_AT - 400) }, 'timestamp', /is 400 s behind our clock/],
  [{ 'wechatpay-timestamp': String(SIGNED_AT + 400) }, 'timestamp', /is 400 s ahead of our clock/],
  [{ 'wechatpay-serial': 'PUB_KEY_ID_4711' }, 'serial', /names no key that we hold$/],
];
for (const [change, reason, message] of FAULTS) {
  const [name] = Object.keys(change);
  test(`names ${reason} for ${name} of ${JSON.stringify(Object.values(change)[0])}, before a body is read`, async () => {
    const changed = { ...headers, ...change };
    assert.throws(() => verify({ headers: changed, body }, verifier), { reason, message });
    const fault = await whyHeadersUnverified(changed, verifier);
    assert.equal(fault?.reason, reason);
    assert.match(fault?.message ?? '', message);
  });
}

test('finds no fault in headers that may be of a message of WeChat Pay’s', async () => {
  assert.equal(await whyHeadersUnverified(headers, verifier), undefined);
});

test('a mistake of our own is no message’s fault', async () => {
  const find = (): never => {
    throw new RangeError('a mistake');
  };
  const asking = whyUnverified({ headers, body }, { ...verifier, keys: { ...bothKeys, find } });
  await assert.rejects(asking, RangeError);
});

test('keeps no timer of a wait that is over', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((it) => it === 'Timeout').length;
  const before = timers();
  const unknown = { ...headers, 'wechatpay-serial': 'PUB_KEY_ID_0' };
  const refresh = async () => undefined;
  await assert.rejects(verifyOrRefresh({ headers: unknown, body }, { ...verifier, refresh }));
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(timers() <= before);
});

test('believes nothing by a clock that shows no time', () => {
  refuses({ headers, body }, { ...verifier, now: () => new Date(Number.NaN) });
});

test('waits 2 s for certificates and not longer, and tells why once', async () => {
  const reasons: string[] = [];
  const begin = Date.now();
  const waiting = verifyOrRefresh(
    { headers: { ...headers, 'wechatpay-serial': 'PUB_KEY_ID_0' }, body },
    {
      ...verifier,
      refresh: () => new Promise(() => undefined),
      onUnverified: (reason) => void reasons.push(reason),
    },
  );
  await assert.rejects(waiting, { reason: 'serial' });
  const ms = Date.now() - begin;
  assert.ok(ms >= 1_900 && ms < 4_000, `${ms} ms`);
  assert.deepEqual(reasons, ['serial']);
});

test('asks for certificates only when the serial is unknown', async () => {
  let asked = 0;
  const refresh = async () => void (asked += 1);
  const other = { ...headers, 'wechatpay-signature': Buffer.alloc(256).toString('base64') };
  await assert.rejects(verifyOrRefresh({ headers: other, body }, { ...verifier, refresh }));
  await verifyOrRefresh({ headers, body }, { ...verifier, refresh });
  assert.equal(asked, 0);
});
