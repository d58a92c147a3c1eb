/** Whatever comes back over the network: an answer that was proven, or one of the client's own errors, in bounded time. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { createClient, type WechatpayClient } from '../../wechatpay/client.ts';
import { WechatpayRefusal, type WechatpayError } from '../../wechatpay/errors.ts';
import { encryptResource } from '../../wechatpay/resource.ts';
import { optionsFor } from '../wechatpay/wechat-server.ts';
import { signedHeaders } from '../wechatpay/wechat.ts';
import { MERCHANT_SERIAL, textOf } from '../wechatpay/vectors.ts';
import { createVerificationKeys } from '../../wechatpay/keys.ts';
import { holds } from './holds.ts';
import { hostileJson, hostileText, written } from './hostile.ts';
import { assertOwn, outcomeOf } from './own-errors.ts';

const API_V3_KEY = Buffer.alloc(32, 7);
/** Nobody answers later than that in this file. */
const TIMEOUT_MS = 400;

/** A server that writes these bytes, whatever is asked, and hangs up. */
let bytes: Buffer = Buffer.alloc(0);
const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.once('data', () => socket.end(bytes));
});
let url = '';
let client: WechatpayClient;

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = createClient({
    ...optionsFor(url),
    answerTimeoutMs: TIMEOUT_MS,
  });
});
after(async () => {
  await client.close();
  server.close();
});

interface Written {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly length: 'true' | 'too long' | 'too short' | 'none' | 'chunked';
}

function bytesOf({ status, headers, body, length }: Written): Buffer {
  const framing = {
    true: `content-length: ${body.length}\r\n`,
    'too long': `content-length: ${body.length + 9}\r\n`,
    'too short': `content-length: ${Math.max(0, body.length - 1)}\r\n`,
    none: '',
    chunked: 'transfer-encoding: chunked\r\n',
  }[length];
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = Buffer.from(`HTTP/1.1 ${status} X\r\n${lines}${framing}\r\n`, 'latin1');
  const chunk = Buffer.from(`${body.length.toString(16)}\r\n`);
  const framed =
    length === 'chunked' ? Buffer.concat([chunk, body, Buffer.from('\r\n0\r\n\r\n')]) : body;
  return Buffer.concat([head, framed]);
}

const body = fc.oneof(
  hostileJson.map((it) => Buffer.from(JSON.stringify(written(it)))),
  fc
    .record({
      code: fc.oneof(hostileText, hostileJson.map(written)),
      message: hostileText,
      detail: hostileJson.map(written),
    })
    .map(jsonBytes),
  fc
    .record({ download_url: hostileText, hash_value: hostileText, hash_type: fc.constant('SHA1') })
    .map(jsonBytes),
  fc.uint8Array({ maxLength: 200 }).map((it) => Buffer.from(it)),
  fc.constant(Buffer.alloc(0)),
);

function jsonBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

const headerName = fc.oneof(
  fc.constantFrom(
    'wechatpay-timestamp',
    'wechatpay-nonce',
    'wechatpay-signature',
    'wechatpay-serial',
  ),
  fc.constantFrom(
    'request-id',
    'content-encoding',
    'location',
    'content-type',
    'set-cookie',
    'trailer',
  ),
  fc.constantFrom(
    'transfer-encoding',
    'connection',
    'upgrade',
    'wechatpay-signature-type',
    'expect',
  ),
  fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/),
);
const headerValue = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 40 }),
  fc.constantFrom(
    'gzip',
    'chunked',
    'close',
    'upgrade',
    '',
    '0',
    '9'.repeat(20),
    'a\r\n b',
    '\u0000',
  ),
);
const headers = fc.array(fc.tuple(headerName, headerValue), { maxLength: 6 });
const status = fc.oneof(
  fc.constantFrom(200, 204, 400, 404, 429, 500),
  fc.integer({ min: 100, max: 999 }),
);
const length = fc.constantFrom<Written['length'][]>(
  'true',
  'true',
  'too long',
  'too short',
  'none',
  'chunked',
);

/** Whether all of it is under a true signature of now. */
const answer = fc.record({ status, headers, body, length, signed: fc.boolean() });
type Answered = typeof answer extends fc.Arbitrary<infer T> ? T : never;

function sent({ signed, ...answered }: Answered): Buffer {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = signed ? Object.entries(signedHeaders(answered.body, { timestamp })) : [];
  return bytesOf({ ...answered, headers: [...signature, ...answered.headers] });
}

const CALLS: ((client: WechatpayClient) => Promise<unknown>)[] = [
  (it) => it.createServiceOrder({ out_order_no: 'R1' }),
  (it) => it.getServiceOrder({ out_order_no: 'R1', service_id: '1', appid: 'wx1' }),
  (it) => it.terminatePermissionByOpenid('o1', {}),
  (it) => it.applyForTradeBill({ bill_date: '2026-10-01' }),
  (it) => it.applyForFundFlowBill({ bill_date: '2026-10-01' }),
];

/** A refusal says what WeChat Pay's refusals say, and that it is proven only where it was signed. */
function assertTold(error: WechatpayError, { signed }: Answered): void {
  if (!(error instanceof WechatpayRefusal)) return;
  const { errorCode: code, message, requestId, proven } = error;
  for (const text of [code, message, requestId]) assert.equal(typeof text, 'string');
  assert.ok(code.length <= 64 && message.length <= 256 && /^[\w-]*$/.test(requestId));
  assert.ok(signed || !proven, 'takes for proven what nobody signed');
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work;
  const took = performance.now() - start;
  assert.ok(took < ms, `took ${took} ms`);
}

test('any answer ends in what is proven, or in an error of the client’s own', async () => {
  const asked = fc.constantFrom(...CALLS);
  await holds(
    300,
    fc.asyncProperty(answer, asked, async (it, call) => {
      bytes = sent(it);
      const work = outcomeOf(async () => ({ json: Object(await call(client)), requestId: '' }));
      await within(10 * TIMEOUT_MS, work);
      const outcome = await work;
      if ('error' in outcome) return assertTold(outcome.error, it);
      assert.ok(it.signed && [200, 204].includes(it.status), 'believes what nobody signed');
    }),
  );
});

test('bytes that are no HTTP at all end so as well', async () => {
  const start = fc.constantFrom(
    '',
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.1 200 OK\r\nA',
    'HTTP/1.1 204\r\n\r\n',
    'HTTP/2 ',
  );
  const rest = fc.uint8Array({ maxLength: 100 });
  await holds(
    150,
    fc.asyncProperty(start, rest, fc.constantFrom(...CALLS), async (text, more, call) => {
      bytes = Buffer.concat([Buffer.from(text), more]);
      const outcome = await outcomeOf(async () => ({
        json: Object(await call(client)),
        requestId: '',
      }));
      assert.ok('error' in outcome, 'believes what nobody signed');
    }),
  );
});

test('a signed success with a JSON object is always believed', async () => {
  const objects = hostileJson.map((it) => ({ it: written(it) }));
  await holds(
    60,
    fc.asyncProperty(
      objects,
      fc.constantFrom<Written['length'][]>('true', 'chunked'),
      async (json, framing) => {
        bytes = sent({
          status: 200,
          headers: [],
          body: jsonBytes(json),
          length: framing,
          signed: true,
        });
        const { json: got } = await client.createServiceOrder({});
        assert.deepEqual(got, JSON.parse(JSON.stringify(json)));
      },
    ),
  );
});

test('any bill is written as announced, or ends in an error of the client’s own', async () => {
  const file = fc.uint8Array({ maxLength: 300 }).map((it) => Buffer.from(it));
  const hash = fc.constantFrom('right', 'wrong');
  const whole_answer = answer.map((it) => ({
    ...it,
    status: 200,
    headers: [],
    length: 'true' as const,
  }));
  await holds(
    200,
    fc.asyncProperty(
      fc.oneof(answer, whole_answer),
      file,
      fc.boolean(),
      hash,
      async (it, whole, zipped, announced) => {
        const right = createHash('sha1').update(whole).digest('hex');
        bytes = sent(zipped ? { ...it, body: gzipSync(whole) } : it);
        const got: Buffer[] = [];
        const to = new Writable({
          write(chunk: Buffer, _encoding, done) {
            got.push(chunk);
            done();
          },
        });
        to.on('error', () => undefined);
        const link = {
          download_url: `${url}/v3/billdownload/file?token=t`,
          hash_value: announced === 'right' ? right : right.replaceAll(/./g, '0'),
        };
        await client.downloadBill(link, to).then(
          (size) => {
            assert.equal(announced, 'right');
            assert.deepEqual([size, Buffer.concat(got)], [whole.length, whole]);
          },
          (error: unknown) => {
            assertOwn(error);
            assert.ok(to.destroyed);
          },
        );
      },
    ),
  );
});

test('any list of certificates is taken in, or refused with an error of the client’s own', async () => {
  const sealed = fc
    .oneof(hostileText, fc.constant(textOf('platform_cert.pem')))
    .map((text) =>
      encryptResource({ text, nonce: '0123456789ab', associated_data: 'certificate' }, API_V3_KEY),
    );
  const field = hostileJson.map(written);
  const spoiltSeal = fc
    .tuple(
      sealed,
      fc.dictionary(fc.constantFrom('algorithm', 'ciphertext', 'nonce', 'associated_data'), field),
    )
    .map(([seal, spoils]): unknown => ({ ...seal, ...spoils }));
  const one = fc.record({
    serial_no: hostileText,
    expire_time: fc.oneof(field, fc.constant('2031-01-01T00:00:00+08:00')),
    encrypt_certificate: fc.oneof(sealed, spoiltSeal, field),
  });
  const list = fc.oneof(fc.array(one, { maxLength: 2 }), field).map((data) => jsonBytes({ data }));
  await holds(
    150,
    fc.asyncProperty(list, fc.boolean(), async (data, signed) => {
      const failures: unknown[] = [];
      bytes = sent({ status: 200, headers: [], body: data, length: 'true', signed });
      const keys = createVerificationKeys({ ownSerial: MERCHANT_SERIAL });
      const fresh = createClient({
        ...optionsFor(url),
        keys,
        certificates: {
          apiV3Keys: { current: API_V3_KEY },
          onFailure: (error) => failures.push(error),
        },
      });
      await fresh.refreshCertificates();
      await fresh.close();
      for (const failure of failures) assertOwn(failure);
    }),
  );
});
