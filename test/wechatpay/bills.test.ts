/** The bill: applied for, streamed, unzipped, and proven by its hash in place of a signature. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { createClient, type ClientOptions } from '../../wechatpay/client.ts';
import {
  BillLinkExpiredError,
  InvalidParameterError,
  TransportError,
  VerificationError,
  WechatpayRefusal,
} from '../../wechatpay/errors.ts';
import {
  answer,
  authorizationIn,
  REQUEST_ID,
  startWechat,
  unsigned,
  type Answering,
} from './wechat-server.ts';

const BILL = Buffer.from('\uFEFF交易时间,公众账号ID\r\n`2026-11-24 12:00:00,`wx1\r\n');
const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex');
const file =
  (bytes: Buffer): Answering =>
  (res) =>
    res.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);

function sink() {
  const chunks: Buffer[] = [];
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { to, taken: () => Buffer.concat(chunks) };
}

async function open(
  t: { after(fn: () => Promise<void>): void },
  answering: Answering,
  change: Partial<ClientOptions> = {},
) {
  const wechat = await startWechat(t, answering);
  const client = createClient({ ...wechat.options, ...change });
  t.after(() => client.close());
  const link = (bytes = BILL) => ({
    download_url: `${wechat.url}/v3/billdownload/file?token=a%2Bb/c==`,
    hash_value: sha1(bytes),
  });
  return { ...wechat, client, link };
}

test('applies for everything of a day, zipped', async (t) => {
  const body = JSON.stringify({
    hash_type: 'SHA1',
    hash_value: 'ab',
    download_url: 'https://x/y?token=1',
  });
  const { client, requests } = await open(t, answer(200, body));
  assert.deepEqual(await client.applyForTradeBill({ bill_date: '2026-11-24' }), {
    download_url: 'https://x/y?token=1',
    hash_value: 'ab',
  });
  const query = 'bill_date=2026-11-24&bill_type=ALL&tar_type=GZIP';
  assert.equal(requests[0]?.target, `/v3/bill/tradebill?${query}`);
});

for (const [what, body] of Object.entries({
  'no link': '{"hash_type":"SHA1","hash_value":"ab"}',
  'no hash': '{"hash_type":"SHA1","download_url":"https://x/y"}',
  'another kind of hash': '{"hash_type":"MD5","hash_value":"ab","download_url":"https://x/y"}',
})) {
  test(`has no use for an application that is answered with ${what}`, async (t) => {
    const { client } = await open(t, answer(200, body));
    await assert.rejects(client.applyForTradeBill({ bill_date: '2026-11-24' }), {
      name: TransportError.name,
      requestId: REQUEST_ID,
    });
  });
}

test('unzips the bill to where it shall go, and signs the link as it is', async (t) => {
  const { client, link, requests } = await open(t, file(gzipSync(BILL)));
  const { to, taken } = sink();
  assert.equal(await client.downloadBill(link(), to), BILL.length);
  assert.deepEqual(taken(), BILL);
  assert.ok(to.writableFinished);
  const [received] = requests;
  assert.equal(received?.target, '/v3/billdownload/file?token=a%2Bb/c==');
  assert.ok(received && authorizationIn(received).fits);
});

test('compares the hash whatever the case of its letters', async (t) => {
  const { client, link } = await open(t, file(gzipSync(BILL)));
  const shouted = { ...link(), hash_value: link().hash_value.toUpperCase() };
  assert.equal(await client.downloadBill(shouted, sink().to), BILL.length);
});

test('does not believe other bytes than those announced, and does not end the file', async (t) => {
  const reasons: string[] = [];
  const { client, link } = await open(t, file(gzipSync(Buffer.concat([BILL, BILL]))), {
    onUnverified: (reason) => void reasons.push(reason),
  });
  const { to } = sink();
  await assert.rejects(client.downloadBill(link(), to), (error: unknown) => {
    return error instanceof VerificationError && error.reason === 'hash';
  });
  assert.deepEqual([to.writableFinished, to.destroyed], [false, true]);
  assert.deepEqual(reasons, ['hash']);
});

test('holds nothing but what is on its way: a place that does not take stops the sender', async (t) => {
  const block = randomBytes(1_048_576);
  const member = gzipSync(block, { level: 1 }); // a file may consist of several
  let sent = 0;
  const { client, link } = await open(t, (res) => {
    const more = () => {
      for (let goesOn = sent < 64; goesOn;) {
        sent += 1;
        goesOn = res.write(member) && sent < 64;
      }
      if (sent === 64) res.end();
    };
    res.writeHead(200).on('drain', more);
    more();
  });
  const hash = createHash('sha1');
  for (let i = 0; i < 64; i++) hash.update(block);
  let release = () => {};
  const opened = new Promise<void>((resolve) => (release = resolve));
  const to = new Writable({
    write: (_chunk, _encoding, done) => void opened.then(() => done()),
  });
  const downloading = client.downloadBill({ ...link(), hash_value: hash.digest('hex') }, to);
  await delay(1_000);
  assert.ok(sent < 24, `${sent} of 64 MB were sent although nobody took them`);
  release();
  assert.equal(await downloading, 64 * 1_048_576);
});

test('takes what unzips to the limit', async (t) => {
  const { client, link } = await open(t, file(gzipSync(BILL)), { billLimitBytes: BILL.length });
  assert.equal(await client.downloadBill(link(), sink().to), BILL.length);
});

test('refuses what unzips to more than the limit', async (t) => {
  const bomb = gzipSync(Buffer.alloc(64 * 1_048_576));
  const { client, link } = await open(t, file(bomb), { billLimitBytes: 1_048_576 });
  const { to, taken } = sink();
  const failure = { name: 'TransportError', message: /longer/ };
  await assert.rejects(client.downloadBill(link(), to), failure);
  assert.ok(taken().length <= 1_048_576);
});

for (const [what, answering] of Object.entries({
  'is not zipped': file(BILL),
  'is cut in its zip': file(gzipSync(BILL).subarray(0, -9)),
  'is empty': file(Buffer.alloc(0)),
  'is cut in its connection': (res) => {
    res.writeHead(200, { 'content-length': '1000' }).write(gzipSync(BILL));
    setTimeout(() => res.destroy(), 50);
  },
  'is redirected': (res) => res.writeHead(302, { location: '/elsewhere' }).end(),
  'is a gateway’s page': unsigned(502, '<html>'),
} satisfies Record<string, Answering>)) {
  test(`fails in its own words when the file ${what}`, async (t) => {
    const { client, link } = await open(t, answering);
    const { to } = sink();
    await assert.rejects(client.downloadBill(link(), to), TransportError);
    assert.deepEqual([to.writableFinished, to.destroyed], [false, true]);
  });
}

test('tells a link that has expired apart from every other failure', async (t) => {
  const refusal = (code: string) => JSON.stringify({ code, message: '' });
  const turns = [
    unsigned(400, refusal('INVALID_REQUEST')),
    unsigned(400, refusal('PARAM_ERROR')),
    unsigned(403, refusal('NO_AUTH')),
    unsigned(403, refusal('INVALID_REQUEST')),
  ];
  const { client, link } = await open(t, (res, received) => turns.shift()?.(res, received));
  const download = () => client.downloadBill(link(), sink().to);
  await assert.rejects(download, BillLinkExpiredError);
  await assert.rejects(download, { name: WechatpayRefusal.name, errorCode: 'PARAM_ERROR' });
  await assert.rejects(download, { name: WechatpayRefusal.name, status: 403, proven: false });
  await assert.rejects(download, { name: WechatpayRefusal.name, status: 403 });
});

for (const download_url of [
  'https://example.cn/v3/billdownload/file?token=x',
  'http://127.0.0.1:1/v3/billdownload/file?token=x',
  '/v3/billdownload/file?token=x',
  'http://user@127.0.0.1/v3/billdownload/file?token=x',
  'file:///etc/passwd',
  '',
]) {
  test(`signs nothing for the link ${JSON.stringify(download_url)}`, async (t) => {
    const { client, requests, link } = await open(t, file(gzipSync(BILL)));
    const { to } = sink();
    const downloading = client.downloadBill({ ...link(), download_url }, to);
    await assert.rejects(downloading, InvalidParameterError);
    assert.equal(requests.length, 0);
    assert.ok(to.destroyed);
  });
}

test('tells of a place that takes no more', async (t) => {
  const { client, link } = await open(t, file(gzipSync(BILL)));
  const to = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('full'), { code: 'ENOSPC' })),
  });
  const failure = /the bill did not arrive whole: ENOSPC/;
  await assert.rejects(client.downloadBill(link(), to), failure);
});

test('gives up, in the same time, on a place that takes nothing', async (t) => {
  const { client, link } = await open(t, file(gzipSync(BILL)), { billTimeoutMs: 300 });
  const to = new Writable({ write: () => undefined });
  await assert.rejects(client.downloadBill(link(), to), TransportError);
  assert.ok(to.destroyed);
});

test('gives up on a download that stalls, in the time that it is given', async (t) => {
  const stalling: Answering = (res) => res.writeHead(200).write(gzipSync(BILL).subarray(0, 10));
  const { client, link } = await open(t, stalling, { billTimeoutMs: 300 });
  const begin = Date.now();
  await assert.rejects(client.downloadBill(link(), sink().to), TransportError);
  assert.ok(Date.now() - begin < 5_000);
});
