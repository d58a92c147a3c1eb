/** The merchant’s side without our API: which events it takes, how it calls, and what it asks for a rental. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import express from 'express';
import { Webhook } from 'standardwebhooks';
import { codesOf, createMerchantApi, isTaken, whyOf } from '../../simulator/merchant/api.ts';
import { createEventsReceiver } from '../../simulator/merchant/receiver.ts';
import { feeOf } from '../../simulator/merchant/tariff.ts';
import { WORDS } from '../../simulator/page/sentences/catalogue.ts';
import { RECEIVER_SECRET } from '../support/receiver.ts';
import { ask } from './asked.ts';

describe('events, as the merchant gets them', () => {
  const told: string[] = [];
  const setting = { eventsSecret: RECEIVER_SECRET };
  const receiver = createEventsReceiver(setting, ({ kind, key }) => told.push(`${kind} ${key}`));
  const [read, take] = receiver.handlers;
  const server = createServer(express().use(read ?? assert.fail(), take ?? assert.fail()));
  let url: string;

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  async function send(id: string, out_order_no: string, secret = RECEIVER_SECRET) {
    const at = new Date();
    const data = { out_order_no, refund: { amount: 300 } };
    const body = JSON.stringify({ type: 'refund.succeeded', timestamp: 'then', data });
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    };
    return (await ask(url, { method: 'POST', path: '/', headers, body })).status;
  }

  it('are taken once each, where they are signed', async () => {
    const other = `whsec_${Buffer.alloc(32).toString('base64')}`;
    assert.equal(await send('E1', 'A', other), 401);
    assert.deepEqual([await send('E1', 'A'), await send('E1', 'A')], [204, 204]);
    assert.deepEqual(told, ['event A']);
    const [{ arrived: _arrived, ...rest } = assert.fail()] = receiver.latest();
    const known = { id: 'E1', type: 'refund.succeeded', timestamp: 'then' };
    assert.deepEqual(rest, { ...known, out_order_no: 'A', amount: 300 });
  });

  it('are kept to the number of 200, the newest first', async () => {
    for (let i = 0; i < 205; i++) await send(`N${i}`, 'B');
    const ids = receiver.latest().map(({ id }) => id);
    assert.deepEqual([ids.length, ids[0], ids.at(-1)], [200, 'N204', 'N5']);
  });
});

describe('calls of our API', () => {
  const statuses: number[] = [];
  const languages: (string | undefined)[] = [];
  let text = '{"a":1}';
  const asked: { method: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({ method: request.method ?? '', authorization: request.headers.authorization });
    languages.push(request.headers['accept-language']);
    response.writeHead(statuses.shift() ?? 200, { location: '/elsewhere' }).end(text);
  });
  let api: ReturnType<typeof createMerchantApi>;

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    api = createMerchantApi({
      setting: { api: `http://127.0.0.1:${port}`, key: 'k' },
      language: 'zh-CN',
      ended: new AbortController().signal,
    });
  });
  after(() => server.close());

  it('send the key, and send again what was not taken', async () => {
    statuses.push(503, 429, 201);
    assert.deepEqual(await api.post('/x', {}), { status: 201, body: { a: 1 } });
    const post = { method: 'POST', authorization: 'Bearer k' };
    assert.deepEqual(asked.splice(0), [post, post, post]);
  });

  it('are made once where they only read, and follow nobody elsewhere', async () => {
    statuses.push(503);
    assert.equal((await api.get('/x')).status, 503);
    statuses.push(302);
    assert.equal((await api.get('/x')).status, 0);
    assert.equal(asked.splice(0).length, 2);
  });

  it('say why something was not done', () => {
    const body = { title: 'T', detail: 'D', message: '余额不足' };
    const { en, zh } = WORDS;
    assert.equal(whyOf({ status: 422, body }, en), '422 余额不足');
    assert.equal(whyOf({ status: 409, body: { title: 'T' } }, en), '409 T');
    assert.equal(whyOf({ status: 0, body: {} }, en), 'nobody answers');
    assert.equal(whyOf({ status: 0, body: {} }, zh), '没有应答');
  });

  it('say it to readers of any language in codes', () => {
    const body = { type: 'urn:payscore-orders:not-created', detail: 'D', code: 'NO_AUTH' };
    assert.equal(codesOf({ status: 422, body }, WORDS.en), '422 not-created NO_AUTH');
  });

  it('are asked in a language, and answered once by who is not our API', async () => {
    text = '<p>hello</p>';
    const answer = await api.post('/x', {});
    text = '{"a":1}';
    assert.deepEqual(answer, { status: 200, body: {}, isForeign: true });
    assert.equal(isTaken(answer), false);
    assert.match(whyOf(answer, WORDS.en), /^200, and not in our API’s form/);
    assert.equal(asked.splice(0).length, 1);
    assert.deepEqual(languages.slice(-1), ['zh-CN']);
  });
});

for (const [minutes, hours, amount] of [
  [0, 1, 300],
  [60, 1, 300],
  [61, 2, 600],
  [24 * 60, 24, 7200],
  [90 * 60, 90, 9900],
] as const) {
  it(`a rental of ${minutes} minutes is of ${hours} hours, and costs ${amount} fen`, () => {
    assert.deepEqual(feeOf(0, minutes * 60_000), { hours, amount });
  });
}
