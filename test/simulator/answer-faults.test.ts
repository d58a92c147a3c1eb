/** Answers whose head, body or pace is wrong: what a merchant's client must survive. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Fault } from '../../simulator/control.ts';
import { open, signedBy, type Opened } from './merchant.ts';
import { exchange, valuesOf } from './raw-exchange.ts';

type Test = Parameters<typeof open>[0];

/** An order that exists, and a query of it that the fault will strike. */
async function openStruck(t: Test, fault: Fault, delay_seconds?: number) {
  const opened = await open(t);
  await opened.create(opened.createBody('A1'));
  const whole = (await opened.query('A1')).text;
  const parameters = delay_seconds === undefined ? {} : { delay_seconds };
  await opened.control.planFault({ call: 'query', fault, ...parameters });
  const query = new URLSearchParams({ ...opened.identity, out_order_no: 'A1' });
  const sent = opened.signed('GET', `/v3/payscore/serviceorder?${query.toString()}`);
  return { ...opened, whole, exchange: () => exchange(opened.simulator.url, sent) };
}

const tookMs = async (work: () => Promise<unknown>) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

test('half-json cuts the body in the middle, under the signature of the whole', async (t) => {
  const { query, whole, simulator } = await openStruck(t, 'half-json');
  const got = await query('A1');
  assert.equal(got.status, 200);
  assert.equal(got.text, whole.slice(0, got.text.length));
  assert.equal(got.json, undefined);
  assert.equal(signedBy(got, simulator.merchant), undefined);
  assert.ok(signedBy({ headers: got.headers, text: whole }, simulator.merchant));
});

test('half-json-signed cuts the body in the middle, and signs the half', async (t) => {
  const { query, whole, simulator } = await openStruck(t, 'half-json-signed');
  const got = await query('A1');
  assert.ok(got.text.length < whole.length);
  assert.equal(got.json, undefined);
  assert.ok(signedBy(got, simulator.merchant));
});

test('short-body announces more than it sends, and cuts the connection', async (t) => {
  const struck = await openStruck(t, 'short-body');
  const got = await struck.exchange();
  assert.equal(got.head[0], 'HTTP/1.1 200 OK');
  const [announced] = valuesOf(got, 'Content-Length');
  assert.ok(got.body.length > 0 && got.body.length < Number(announced));
});

test('short-body ends in an error for an ordinary client', async (t) => {
  const { query } = await openStruck(t, 'short-body');
  await assert.rejects(query('A1'), { code: 'ECONNRESET' });
});

test('not-json answers 200 with something else, correctly signed', async (t) => {
  const { query, simulator } = await openStruck(t, 'not-json');
  const got = await query('A1');
  assert.deepEqual([got.status, got.json], [200, undefined]);
  assert.notEqual(got.text, '');
  assert.ok(signedBy(got, simulator.merchant));
});

test('oversized sends 100 MB without announcing how much', async (t) => {
  const struck = await openStruck(t, 'oversized');
  const got = await struck.exchange();
  assert.deepEqual(valuesOf(got, 'Content-Length'), []);
  assert.ok(got.body.length >= 100 * 1024 * 1024);
});

test('gzip-bomb is a megabyte that unzips to a thousand', async (t) => {
  const struck = await openStruck(t, 'gzip-bomb');
  const got = await struck.exchange();
  assert.deepEqual(valuesOf(got, 'Content-Encoding'), ['gzip']);
  assert.ok(got.body.length < 2 * 1024 * 1024);
  const start = got.body.subarray(0, got.body.length / 100);
  assert.equal(gunzipSync(start).length, 10 * 1024 * 1024);
});

test('repeated-headers sends every signature header twice, the second a lie', async (t) => {
  const struck = await openStruck(t, 'repeated-headers');
  const got = await struck.exchange();
  for (const name of ['Signature', 'Serial', 'Nonce', 'Timestamp']) {
    const [first, second, ...more] = valuesOf(got, `Wechatpay-${name}`);
    assert.ok(first && second && first !== second, name);
    assert.deepEqual(more, []);
  }
  assert.equal(valuesOf(got, 'Request-ID').length, 1);
});

test('folded-headers continues every signature header in a second line', async (t) => {
  const struck = await openStruck(t, 'folded-headers');
  const got = await struck.exchange();
  assert.equal(got.head[0], 'HTTP/1.1 200 OK');
  const at = got.head.findIndex((line) => line.startsWith('Wechatpay-Signature: '));
  assert.match(got.head[at + 1] ?? '', /^\s/);
  assert.equal(got.body.toString(), struck.whole);
});

test('no-request-id answers truly without a Request-ID', async (t) => {
  const { query, simulator } = await openStruck(t, 'no-request-id');
  const got = await query('A1');
  assert.equal(got.headers.get('Request-ID'), null);
  assert.ok(signedBy(got, simulator.merchant));
  assert.ok((await query('A1')).headers.get('Request-ID'));
});

test('slow answers truly when its delay is over', async (t) => {
  const { query, simulator } = await openStruck(t, 'slow', 1);
  let answer: Awaited<ReturnType<Opened['query']>> | undefined;
  const ms = await tookMs(async () => (answer = await query('A1')));
  assert.ok(ms >= 1000, `${ms} ms`);
  assert.equal(answer?.json.state, 'DOING');
  assert.ok(signedBy(answer, simulator.merchant));
});

test('slow executes at once, and lets other calls pass meanwhile', async (t) => {
  const { control, create, createBody, query } = await open(t);
  await control.planFault({ call: 'create', fault: 'slow', delay_seconds: 1 });
  const slow = create(createBody('A2'));
  while ((await query('A2')).status !== 200) continue;
  let isAnswered = false;
  void slow.then(() => (isAnswered = true));
  assert.equal((await query('A2')).status, 200);
  assert.equal(isAnswered, false);
  assert.equal((await slow).status, 200);
});

test('slow answers with the state as of when the request arrived', async (t) => {
  const { control, bill, query } = await open(t);
  await bill('A3');
  await control.planFault({ call: 'query', fault: 'slow', delay_seconds: 1 });
  const slow = query('A3');
  while ((await control.faults()).injected.calls.slow !== 1) continue;
  await control.pay('A3');
  assert.equal((await query('A3')).json.state, 'DONE');
  assert.equal((await slow).json.state, 'DOING');
});

test('slow-body sends the head at once and the body in pieces', async (t) => {
  const struck = await openStruck(t, 'slow-body', 1);
  const got = await struck.exchange();
  const [first = Infinity] = got.times;
  assert.ok(first < 800, `${first} ms`);
  assert.ok((got.times.at(-1) ?? 0) >= 900, String(got.times));
  assert.ok(got.times.length >= 8);
  assert.equal(got.body.toString(), struck.whole);
});

test('a simulator with slow answers under way ends within two seconds', async (t) => {
  const { query, simulator } = await openStruck(t, 'slow', 60);
  const got = assert.rejects(query('A1'));
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.ok((await tookMs(() => simulator.stop())) < 2000);
  await got;
});
