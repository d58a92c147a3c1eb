/** The backup host: for those who were not connected, and for nobody else. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { answerOf } from '../../wechatpay/answer.ts';
import { NotSentError, TransportError } from '../../wechatpay/errors.ts';
import { createExchange } from '../../wechatpay/exchange.ts';
import { createHosts } from '../../wechatpay/hosts.ts';
import { createTransport } from '../../wechatpay/transport.ts';
import { answer, authorizationIn, startWechat, type Answering } from './wechat-server.ts';

const call = {
  name: 'createServiceOrder',
  method: 'POST',
  target: '/v3/payscore/serviceorder',
  body: { out_order_no: 'R1' },
} as const;
const DONE = '{"state":"DOING"}';

/** An address where nobody listens. */
async function nowhere(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

test('goes to the backup host, signed anew, when no connection can be made', async (t) => {
  const backup = await startWechat(t, answer(200, DONE));
  const at: Date[] = [];
  const now = () => {
    const date = new Date(Date.now() - 2_000 * at.length);
    at.push(date);
    return date;
  };
  const baseUrl = await nowhere();
  const transport = createTransport({ ...backup.options, baseUrl, backupUrl: backup.url, now });
  t.after(() => transport.close());
  assert.equal((await transport.send(call)).json['state'], 'DOING');
  const [received] = backup.requests;
  assert.ok(received && authorizationIn(received).fits);
  const second = String(Math.floor((at[1]?.getTime() ?? 0) / 1000));
  assert.equal(authorizationIn(received).timestamp, second);
});

test('takes a host name that does not exist for a host that cannot be connected to', async (t) => {
  const backup = await startWechat(t, answer(200, DONE));
  const baseUrl = 'http://wechatpay.invalid';
  const transport = createTransport({ ...backup.options, baseUrl, backupUrl: backup.url });
  t.after(() => transport.close());
  assert.equal((await transport.send(call)).json['state'], 'DOING');
});

test('goes to the backup host when none of several addresses can be connected to', async (t) => {
  const backup = await startWechat(t, answer(200, DONE));
  const several = Object.assign(
    new AggregateError([
      Object.assign(new Error('timed out'), { code: 'ETIMEDOUT', syscall: 'connect' }),
      Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' }),
    ]),
    { code: 'ETIMEDOUT' },
  );
  const transport = withFailing(backup, several);
  t.after(() => transport.close());
  assert.equal((await transport.send(call)).json['state'], 'DOING');
});

const TOMORROW = new Date(Date.now() + 86_400_000);

// how often it is still in time, which hosts hear of it
for (const [times, isHeard] of [
  [0, false],
  [1, false],
  [2, true],
] as const) {
  test(`a call that is in time for ${times} of two hosts is ${isHeard ? '' : 'not '}sent to the backup host`, async (t) => {
    const backup = await startWechat(t, answer(200, DONE));
    const baseUrl = await nowhere();
    const transport = createTransport({ ...backup.options, baseUrl, backupUrl: backup.url });
    t.after(() => transport.close());
    let asked = 0;
    const sending = transport.send({
      ...call,
      sendBy: { moment: TOMORROW, isOver: () => asked++ >= times },
    });
    if (isHeard) assert.equal((await sending).json['state'], 'DOING');
    else await assert.rejects(sending, NotSentError);
    assert.deepEqual([asked, backup.requests.length], [Math.min(times + 1, 2), isHeard ? 1 : 0]);
  });
}

test('a call that is too late is sent to nobody, and nothing of it is signed', async (t) => {
  const first = await startWechat(t, answer(200, DONE));
  const options = {
    ...first.options,
    now: (): never => assert.fail('a signature was made'),
  };
  const transport = createTransport(options);
  t.after(() => transport.close());
  await assert.rejects(
    transport.send({ ...call, sendBy: { moment: TOMORROW, isOver: () => true } }),
    (error) => {
      assert.ok(error instanceof NotSentError);
      assert.ok(!(error instanceof TransportError));
      return true;
    },
  );
  assert.deepEqual(first.requests, []);
});

for (const [words, seconds, stampSeconds] of [
  ['before', 30, 0],
  ['after', -200, -200],
] as const) {
  test(`a call that is signed ${words} it had to be sent is stamped no later`, async (t) => {
    const { options, requests } = await startWechat(t, answer(200, DONE));
    const now = Date.now();
    const transport = createTransport({ ...options, now: () => new Date(now) });
    t.after(() => transport.close());
    const moment = new Date(now + seconds * 1_000);
    await transport.send({ ...call, sendBy: { moment, isOver: () => false } });
    const [, stamp] = /timestamp="(\d+)"/.exec(requests[0]?.headers.authorization ?? '') ?? [];
    assert.equal(Number(stamp), Math.floor(now / 1_000) + stampSeconds);
  });
}

test('a call that is in time is asked once, where one host answers', async (t) => {
  const { transport, requests } = await startWechat(t, answer(200, DONE));
  let asked = 0;
  const sendBy = { moment: TOMORROW, isOver: () => ++asked === 0 };
  assert.equal((await transport.send({ ...call, sendBy })).json['state'], 'DOING');
  assert.deepEqual([asked, requests.length], [1, 1]);
});

for (const code of ['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'ECONNRESET']) {
  test(`does not send again when ${code} breaks a connection that stood`, async (t) => {
    const backup = await startWechat(t, answer(200, DONE));
    const broken = Object.assign(new Error('broken'), { code, syscall: 'read' });
    const transport = withFailing(backup, broken);
    t.after(() => transport.close());
    await assert.rejects(transport.send(call), TransportError);
    assert.equal(backup.requests.length, 0);
  });
}

test('does not send again when one of several addresses may have heard it', async (t) => {
  const backup = await startWechat(t, answer(200, DONE));
  const several = new AggregateError([
    Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' }),
    Object.assign(new Error('broken'), { code: 'ECONNRESET', syscall: 'read' }),
  ]);
  const transport = withFailing(backup, several);
  t.after(() => transport.close());
  await assert.rejects(transport.send(call), TransportError);
  assert.equal(backup.requests.length, 0);
});

test('does not send again for a failure that is no error, and repeats nothing of it', async (t) => {
  const backup = await startWechat(t, answer(200, DONE));
  const transport = withFailing(backup, { code: 'UND_ERR_CONNECT_TIMEOUT' } as unknown as Error);
  t.after(() => transport.close());
  await assert.rejects(transport.send(call), {
    name: 'TransportError',
    message: 'no answer from WeChat Pay: unknown failure',
  });
  assert.equal(backup.requests.length, 0);
});

/** A first host whose requests end with this error, as the network below would have it, and a backup that answers. */
function withFailing({ options, url }: Awaited<ReturnType<typeof startWechat>>, error: Error) {
  const hosts = createHosts({ baseUrl: 'http://127.0.0.1:1', backupUrl: url });
  const [first] = hosts.pools;
  assert.ok(first);
  first.request = () => Promise.reject(error);
  const exchange = createExchange({ ...options, hosts });
  return {
    send: async (it: typeof call) => await answerOf(await exchange(it), options),
    close: () => hosts.close(),
  };
}

for (const [what, answering] of Object.entries({
  'cuts the connection': (res) => void res.destroy(),
  'does not answer in time': () => undefined,
  'answers 500': answer(500, '{"code":"SYSTEM_ERROR","message":""}'),
  'answers under a wrong signature': answer(200, DONE, { 'wechatpay-nonce': 'other' }),
} satisfies Record<string, Answering>)) {
  test(`does not go to the backup host when the first ${what}`, async (t) => {
    const first = await startWechat(t, answering);
    const backup = await startWechat(t, answer(200, DONE));
    const transport = createTransport({
      ...first.options,
      backupUrl: backup.url,
      answerTimeoutMs: 300,
    });
    t.after(() => transport.close());
    await assert.rejects(transport.send(call));
    assert.deepEqual([first.requests.length, backup.requests.length], [1, 0]);
  });
}

test('gives up on a connection in the time that it is given, and goes to the backup host', async (t) => {
  const backup = await startWechat(t, answer(200, DONE));
  const silent = createServer().listen(0, '127.0.0.1'); // accepts, and never says a word of TLS
  await once(silent, 'listening');
  t.after(() => void silent.close());
  const { port } = silent.address() as AddressInfo;
  const transport = createTransport({
    ...backup.options,
    baseUrl: `https://127.0.0.1:${port}`,
    connectTimeoutMs: 300,
  });
  t.after(() => transport.close());
  await assert.rejects(transport.send(call), /no answer from WeChat Pay: UND_ERR_CONNECT_TIMEOUT/);
  const withBackup = createTransport({
    ...backup.options,
    baseUrl: `https://127.0.0.1:${port}`,
    backupUrl: backup.url,
    connectTimeoutMs: 300,
  });
  t.after(() => withBackup.close());
  assert.equal((await withBackup.send(call)).json['state'], 'DOING');
});

test('takes as many connections as it has calls in flight, up to 32', async (t) => {
  const sockets = new Set<unknown>();
  const { transport } = await startWechat(t, (res, received) => {
    sockets.add(res.socket);
    setTimeout(() => answer(200, DONE)(res, received), 100);
  });
  await Promise.all(Array.from({ length: 40 }, () => transport.send(call)));
  assert.ok(sockets.size > 16 && sockets.size <= 32, `${sockets.size} connections`);
});

test('waits for a call that runs when it is closed, and takes no other', async (t) => {
  const { options } = await startWechat(t, (res, received) => {
    setTimeout(() => answer(200, DONE)(res, received), 100);
  });
  const transport = createTransport(options);
  let isAnswered = false;
  const sending = transport.send(call).then(() => (isAnswered = true));
  await transport.close();
  assert.ok(isAnswered);
  await sending;
  await assert.rejects(transport.send(call), /UND_ERR_(CLOSED|DESTROYED)/);
});

test('cuts off a download that lasts when it is closed, after a while', async (t) => {
  const { options } = await startWechat(t, (res) => res.writeHead(200).write('begun'));
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const hosts = createHosts({ baseUrl: options.baseUrl });
  const [pool] = hosts.pools;
  const download = await pool?.request({ method: 'GET', path: '/' });
  const cut = assert.rejects(async () => await download?.body.text());
  const closing = hosts.close();
  t.mock.timers.tick(12_001);
  await Promise.all([cut, closing]);
});

test('uses its connections again', async (t) => {
  const sockets = new Set<unknown>();
  const { transport } = await startWechat(t, (res, received) => {
    sockets.add(res.socket);
    answer(200, DONE)(res, received);
  });
  for (let i = 0; i < 20; i++) await transport.send(call);
  assert.ok(sockets.size <= 2, `${sockets.size} connections for 20 calls`);
});

const REAL = 'https://api.mch.weixin.qq.com';
const owned = (baseUrl: string, link: string, backupUrl?: string) => {
  const hosts = createHosts({ baseUrl, backupUrl });
  return hosts.ownerOf(new URL(link)) !== undefined;
};

for (const [link, isOwned] of [
  [`${REAL}/v3/billdownload/file?token=x`, true],
  ['https://api2.mch.weixin.qq.com/v3/billdownload/file', true],
  ['https://mch.weixin.qq.com/v3/billdownload/file', true],
  ['http://api.mch.weixin.qq.com/v3/billdownload/file', false],
  ['https://api.mch.weixin.qq.com:8443/', false],
  ['https://api.mch.weixin.qq.com.example.cn/', false],
  ['https://evil-mch.weixin.qq.com/', false],
  ['https://example.cn/?api.mch.weixin.qq.com', false],
  ['https://api.mch.weixin.qq.com@example.cn/', false],
  ['https://user:password@api.mch.weixin.qq.com/v3/billdownload/file', false],
  ['https://user@api.mch.weixin.qq.com/v3/billdownload/file', false],
  ['https://:password@api.mch.weixin.qq.com/v3/billdownload/file', false],
  ['http://127.0.0.1:9080/', false],
] as const) {
  test(`${isOwned ? 'signs' : 'does not sign'} for ${link}`, () => {
    assert.equal(owned(REAL, link), isOwned);
  });
}

test('signs for a simulator’s own address and its backup, and for no other', () => {
  const [simulator, backup] = ['http://127.0.0.1:9080', 'http://127.0.0.1:9081'];
  assert.ok(owned(simulator, `${simulator}/v3/billdownload/file?token=x`));
  assert.ok(owned(simulator, `${backup}/x`, backup));
  assert.ok(!owned(simulator, `${backup}/x`));
  assert.ok(!owned(simulator, `${REAL}/x`));
});
