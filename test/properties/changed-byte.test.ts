/** A changed byte anywhere in a signed message: refused by whoever reads it, merchant or WeChat Pay. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { answerOf } from '../../wechatpay/answer.ts';
import { DecryptionError, VerificationError } from '../../wechatpay/errors.ts';
import { openNotification } from '../../wechatpay/notification.ts';
import { decryptResource, encryptResource } from '../../wechatpay/resource.ts';
import type { Headers } from '../../wechatpay/message.ts';
import { open, type Opened, type Sent } from '../simulator/merchant.ts';
import { exchange } from '../simulator/raw-exchange.ts';
import { PLATFORM_SERIAL, platformKey } from '../wechatpay/vectors.ts';
import { bothKeys, clockAt, signedHeaders } from '../wechatpay/wechat.ts';
import { holds } from './holds.ts';
import { hostileJson, written } from './hostile.ts';

const API_V3_KEY = Buffer.alloc(32, 7);

/** One byte becomes another one, is left out, or comes in. */
interface Change {
  readonly at: number;
  readonly byte: number;
  readonly how: 'replace' | 'remove' | 'insert';
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(100_000),
  byte: fc.integer({ min: 1, max: 255 }),
  how: fc.constantFrom('replace', 'replace', 'remove', 'insert'),
});

/** Never the same bytes. */
function changed(bytes: Buffer, { at, byte, how }: Change): Buffer {
  if (bytes.length === 0 || how === 'insert') {
    const place = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, place), Buffer.of(byte), bytes.subarray(place)]);
  }
  const place = at % bytes.length;
  const other = how === 'remove' ? Buffer.alloc(0) : Buffer.of(bytes.readUInt8(place) ^ byte);
  return Buffer.concat([bytes.subarray(0, place), other, bytes.subarray(place + 1)]);
}

/** Each byte is one character, as in HTTP. */
function changedText(text: string, by: Change): string {
  return changed(Buffer.from(text, 'latin1'), by).toString('latin1');
}

const keep = { keys: bothKeys, now: clockAt(0) };

/** Under the public key, or under the certificate of WeChat Pay. */
const signing = fc.constantFrom({}, { key: platformKey, serial: PLATFORM_SERIAL });
const body = hostileJson.map((it) => Buffer.from(JSON.stringify({ it: written(it) })));

const SIGNED = ['body', 'timestamp', 'nonce', 'signature', 'serial'] as const;

/** A change of its headers that no proxy makes: gone, twice, or of another type. */
const HEADERS = [
  'wechatpay-timestamp',
  'wechatpay-nonce',
  'wechatpay-signature',
  'wechatpay-serial',
] as const;

interface Message {
  readonly headers: Headers;
  readonly body: Buffer;
}

function spoilt(message: Message, part: (typeof SIGNED)[number], by: Change): Message {
  if (part === 'body') return { ...message, body: changed(message.body, by) };
  const name = `wechatpay-${part}`;
  const value = String(message.headers[name]);
  return { ...message, headers: { ...message.headers, [name]: changedText(value, by) } };
}

/** A serial is a number in hex: its case is no change. */
function isSame({ headers }: Message, other: Message): boolean {
  const serialOf = (all: Headers) => String(all['wechatpay-serial']).toUpperCase();
  const isCertificate = serialOf(headers) === PLATFORM_SERIAL;
  return isCertificate && serialOf(other.headers) === PLATFORM_SERIAL;
}

const READERS: Record<string, (message: Message) => Promise<unknown>> = {
  'an answer': (message) => answerOf({ status: 200, ...message }, keep),
  'an answer without content': (message) => answerOf({ status: 204, ...message }, keep),
  'a notification': (message) =>
    openNotification(message, { ...keep, apiV3Keys: { current: API_V3_KEY } }),
};

for (const [what, read] of Object.entries(READERS)) {
  test(`${what} with a changed byte is not believed`, async () => {
    const part = fc.constantFrom(...SIGNED);
    await holds(
      250,
      fc.asyncProperty(body, signing, part, change, async (bytes, by, where, how) => {
        const message = { headers: signedHeaders(bytes, by), body: bytes };
        const other = spoilt(message, where, how);
        if (where === 'serial' && isSame(message, other)) return;
        await assert.rejects(read(other), VerificationError);
      }),
    );
  });

  test(`${what} with a header gone, repeated or added is not believed`, async () => {
    const header = fc.constantFrom(...HEADERS);
    const how = fc.constantFrom('gone', 'empty', 'repeated', 'another type');
    await holds(
      100,
      fc.asyncProperty(body, signing, header, how, async (bytes, by, name, what_happened) => {
        const headers: Headers = signedHeaders(bytes, by);
        const value = String(headers[name]);
        const spoils: Record<typeof what_happened, Headers> = {
          gone: { [name]: undefined },
          empty: { [name]: '' },
          repeated: { [name]: [value, value] },
          'another type': { 'wechatpay-signature-type': 'WECHATPAY2-SM2-WITH-SM3' },
        };
        const other = { headers: { ...headers, ...spoils[what_happened] }, body: bytes };
        await assert.rejects(read(other), VerificationError);
      }),
    );
  });
}

test('an answer under a true signature is believed', async () => {
  await holds(
    60,
    fc.asyncProperty(body, signing, async (bytes, by) => {
      await answerOf({ status: 200, headers: signedHeaders(bytes, by), body: bytes }, keep);
    }),
  );
});

test('a resource opens with its own bytes, and with no others', async () => {
  const wellFormed = (maxLength: number) => fc.string({ unit: 'binary', maxLength });
  const plain = fc.record({
    text: wellFormed(80),
    nonce: fc.string({ minLength: 1, maxLength: 16 }),
    associated_data: wellFormed(16),
  });
  const part = fc.constantFrom(
    ...(['sealed bytes', 'ciphertext', 'nonce', 'associated_data', 'algorithm', 'key'] as const),
  );
  await holds(
    1500,
    fc.asyncProperty(plain, part, change, async (it, where, how) => {
      const resource = encryptResource(it, API_V3_KEY);
      const { ciphertext, nonce, algorithm } = resource;
      assert.equal(String(decryptResource(resource, API_V3_KEY)), it.text);
      const text = (value: string) => changedText(value, { ...how, byte: (how.byte % 127) + 1 });
      const spoils = {
        'sealed bytes': () => ({
          ciphertext: changed(Buffer.from(ciphertext, 'base64'), how).toString('base64'),
        }),
        ciphertext: () => ({ ciphertext: text(ciphertext) }),
        nonce: () => ({ nonce: text(nonce) }),
        associated_data: () => ({
          associated_data: `${it.associated_data}${String.fromCharCode(how.byte)}`,
        }),
        algorithm: () => ({ algorithm: text(algorithm) }),
        key: () => ({}),
      };
      const key = where === 'key' ? changed(API_V3_KEY, { ...how, how: 'replace' }) : API_V3_KEY;
      const other = { ...resource, ...spoils[where]() };
      assert.throws(() => decryptResource(other, key), DecryptionError);
    }),
  );
});

function requestsOf({ signed, identity, ...bodies }: Opened): (() => Sent)[] {
  const orders = '/v3/payscore/serviceorder';
  const query = new URLSearchParams({ ...identity, out_order_no: 'KNOWN' }).toString();
  return [
    () => signed('GET', `${orders}?${query}`),
    () => signed('POST', orders, bodies.createBody('NEW')),
    () => signed('POST', `${orders}/KNOWN/complete`, bodies.completeBody()),
    () => signed('POST', `${orders}/KNOWN/cancel`, bodies.changeBody()),
  ];
}

const PARAMETERS = ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no'] as const;
const REQUEST_PARTS = ['method', 'target', 'body', ...PARAMETERS, ...PARAMETERS] as const;

function spoiltRequest(sent: Sent, part: (typeof REQUEST_PARTS)[number], by: Change): Sent {
  const { headers } = sent;
  if (part === 'method' || part === 'target')
    return { ...sent, [part]: changedText(sent[part], by) };
  if (part === 'body') {
    const body_changed = changed(Buffer.from(sent.body), by);
    return {
      ...sent,
      body: body_changed,
      headers: { ...headers, 'Content-Type': 'application/json' },
    };
  }
  const value = new RegExp(`(?<=${part}=")[^"]*`);
  const Authorization = headers['Authorization']?.replace(value, (it) => changedText(it, by));
  return { ...sent, headers: { ...headers, Authorization } };
}

/** Several spaces between its words are read as one: such a request is the same. */
const lineOf = ({ method, target }: Sent) => `${method} ${target}`.trim().replace(/ +/g, ' ');

test('a request with a changed byte is refused, and nothing of it is executed', async (t) => {
  const opened = await open(t);
  const { simulator, control, serve } = opened;
  await serve('KNOWN');
  const { ledger } = await control.order('KNOWN');
  const part = fc.constantFrom(...REQUEST_PARTS);
  const request = fc.constantFrom(...requestsOf(opened));
  await holds(
    300,
    fc.asyncProperty(request, part, change, async (make, where, how) => {
      const sent = make();
      const other = spoiltRequest(sent, where, how);
      const isLine = where === 'method' || where === 'target';
      fc.pre(!isLine || lineOf(other) !== lineOf(sent));
      const { head } = await exchange(simulator.url, other);
      const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(head[0] ?? '') ?? [];
      assert.match(String(status), /^4\d\d$/);
    }),
  );
  assert.deepEqual((await control.order('KNOWN')).ledger, ledger);
  await assert.rejects(control.order('NEW'), { status: 404 });
});
