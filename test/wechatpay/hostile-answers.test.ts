/** Whatever comes from the network ends as one error of ours, within bounded time and memory. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { TransportError, VerificationError, WechatpayRefusal } from '../../wechatpay/errors.ts';
import { createTransport } from '../../wechatpay/transport.ts';
import { answer, optionsFor, startWechat, type Answering } from './wechat-server.ts';
import { signedHeaders } from './wechat.ts';

const call = {
  name: 'getServiceOrder',
  method: 'GET',
  target: '/v3/payscore/serviceorder',
} as const;
const DONE = '{"state":"DOING"}';

/** A peer that answers with raw bytes, and counts how many of them were taken. */
async function rawPeer(t: { after(fn: () => void): void }, answerWith: (socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    socket.once('data', () => answerWith(socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const options = { ...optionsFor(`http://127.0.0.1:${port}`), answerTimeoutMs: 2_000 };
  const transport = createTransport(options);
  t.after(() => {
    void transport.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { transport, sockets };
}

const signedNow = (body: string | Buffer) =>
  Object.entries(signedHeaders(body, { timestamp: String(Math.floor(Date.now() / 1000)) }))
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
const head = (extra: string) => `HTTP/1.1 200 OK\r\n${extra}\r\n`;
const whole = (extra: string) => `${head(`${extra}content-length: ${DONE.length}\r\n`)}${DONE}`;

/** Every one of them is signed over the body that it seems to have. */
const raw: Record<string, () => string | Buffer> = {
  'is no HTTP': () => 'hello\r\n\r\n',
  'is empty': () => '',
  'is TLS': () => Buffer.from('16030100a5010000a10303', 'hex'),
  'has a status that is no number': () => `HTTP/1.1 2OO OK\r\n${signedNow(DONE)}\r\n`,
  'folds a header over two lines': () => whole(`${signedNow(DONE)}x-a: 1\r\n 2\r\n`),
  'breaks a header by a bare line feed': () => whole(`${signedNow(DONE)}x-a: 1\n2\r\n`),
  'breaks a header by a bare carriage return': () => whole(`${signedNow(DONE)}x-a: 1\r2\r\n`),
  'has a null in a header': () => whole(`${signedNow(DONE)}x-a: 1\0\r\n`),
  'has a header without a colon': () => whole(`${signedNow(DONE)}x-a\r\n`),
  'has headers without end': () => head(`${signedNow(DONE)}${'x-a: 1\r\n'.repeat(100_000)}`),
  'has two lengths': () => whole(`${signedNow(DONE)}content-length: 3\r\n`),
  'has a negative length': () => head(`${signedNow(DONE)}content-length: -1\r\n`) + DONE,
  'is cut within its JSON': () => head(`${signedNow(DONE)}content-length: 99\r\n`) + DONE,
  'has a chunk whose length is no number': () =>
    `${head(`${signedNow(DONE)}transfer-encoding: chunked\r\n`)}zz\r\n${DONE}\r\n0\r\n\r\n`,
  'has a length and chunks': () =>
    `${head(`${signedNow(DONE)}content-length: 17\r\ntransfer-encoding: chunked\r\n`)}11\r\n${DONE}\r\n0\r\n\r\n`,
};

for (const [what, bytes] of Object.entries(raw)) {
  test(`gets nothing but an unknown outcome from an answer that ${what}`, async (t) => {
    const { transport } = await rawPeer(t, (socket) => socket.end(bytes()));
    await assert.rejects(transport.send(call), TransportError);
  });
}

for (const name of ['timestamp', 'nonce', 'signature', 'serial', 'signature-type']) {
  test(`does not believe an answer that repeats wechatpay-${name}, even with the same value`, async (t) => {
    const { transport } = await rawPeer(t, (socket) => {
      const headers = signedNow(DONE);
      const [again = ''] = new RegExp(`wechatpay-${name}: .*\\r\\n`).exec(headers) ?? [];
      assert.notEqual(again, '');
      socket.end(whole(headers + again));
    });
    await assert.rejects(transport.send(call), VerificationError);
  });
}

test('takes no more than a little beyond the limit of an answer of 100 MB', async (t) => {
  const block = Buffer.alloc(1_048_576, 'x');
  const { transport, sockets } = await rawPeer(t, (socket) => {
    socket.write(head(`${signedNow(DONE)}content-length: ${100 * block.length}\r\n`));
    const more = () => void (socket.destroyed || socket.write(block, more));
    more();
  });
  await assert.rejects(transport.send(call), /longer/);
  const [socket] = sockets;
  assert.ok(socket);
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  assert.ok(socket.bytesWritten < 24 * block.length, `${socket.bytesWritten} bytes were taken`);
});

test('unzips nothing that it did not ask to be zipped: a bomb stays small, and is no JSON', async (t) => {
  const bomb = gzipSync(Buffer.alloc(100 * 1_048_576));
  const { transport, requests } = await startWechat(t, (res) => {
    const headers = signedHeaders(bomb, { timestamp: String(Math.floor(Date.now() / 1000)) });
    res.writeHead(200, { ...headers, 'content-encoding': 'gzip' }).end(bomb);
  });
  await assert.rejects(transport.send(call), /not a JSON object/);
  assert.equal(requests[0]?.headers['accept-encoding'], undefined);
});

test('gives up on an answer that drips, however lively it is', async (t) => {
  const { transport } = await rawPeer(t, (socket) => {
    socket.write(head(`${signedNow(DONE)}content-length: 1000\r\n`));
    const drops = setInterval(() => socket.write(' '), 50);
    socket.on('close', () => clearInterval(drops));
  });
  const begin = Date.now();
  await assert.rejects(transport.send(call), TransportError);
  assert.ok(Date.now() - begin < 6_000);
});

const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
const odd: Record<string, Answering> = {
  'is JSON nested 200,000 deep': answer(200, deep),
  'is a refusal nested 100,000 deep': answer(
    400,
    `{"code":"X","detail":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
  ),
  'is not UTF-8': (res) => {
    const bytes = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    const headers = signedHeaders(bytes, { timestamp: String(Math.floor(Date.now() / 1000)) });
    res.writeHead(200, headers).end(bytes);
  },
  'begins with a byte order mark': answer(400, '\uFEFF{"code":"X"}'),
  'has a code that is an object': answer(400, '{"code":{"toString":1},"message":[]}'),
  'has a detail that is null': answer(400, '{"code":"X","message":1,"detail":null}'),
  'is a 200 with a body and says 204': answer(204, ''),
};
for (const [what, answering] of Object.entries(odd)) {
  test(`ends in an answer or an error of ours when it ${what}`, async (t) => {
    const { transport } = await startWechat(t, answering);
    const ended = await transport.send(call).catch((error: unknown) => error);
    const isOurs =
      ended instanceof TransportError ||
      ended instanceof VerificationError ||
      ended instanceof WechatpayRefusal ||
      (typeof ended === 'object' && ended !== null && 'json' in ended);
    assert.ok(isOurs, String(ended));
  });
}

test('a long refusal is kept short in the error', async (t) => {
  const body = JSON.stringify({ code: 'INVALID_REQUEST', message: 'x'.repeat(100_000) });
  const { transport } = await startWechat(t, answer(400, body));
  await assert.rejects(transport.send(call), (error: Error) => error.message.length <= 400);
});

test('what is no error code does not become one', async (t) => {
  const body = JSON.stringify({ code: 'x'.repeat(65), message: '' });
  const { transport } = await startWechat(t, answer(400, body));
  await assert.rejects(transport.send(call), TransportError);
});

test('what is no Request-ID does not become one', async (t) => {
  const turns = ['08F1-0 openid=o1', 'x'.repeat(129)];
  const { transport } = await startWechat(t, (res, received) =>
    answer(400, '{"code":"X"}', { 'request-id': turns.shift() })(res, received),
  );
  for (const _ of [...turns]) await assert.rejects(transport.send(call), { requestId: '' });
});
