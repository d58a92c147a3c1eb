/** A forward proxy on the way: it is asked for a tunnel, and what it answers instead is told by its kind alone. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import type { buildConnector } from 'undici';
import { createHosts } from '../../wechatpay/hosts.ts';
import { createTunnel, TunnelError } from '../../wechatpay/tunnel.ts';

interface Ending {
  after(hook: () => unknown): void;
}

const WECHATPAY: buildConnector.Options = {
  ...{ hostname: 'api.mch.weixin.qq.com', host: 'api.mch.weixin.qq.com', protocol: 'https:' },
  port: '',
};

/** @returns its address, and what it was asked; what it does then, `given` says */
async function startProxy(t: Ending, given: (client: Socket) => void) {
  const asked: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const server = createServer()
    .on('connection', (socket) => sockets.add(socket))
    .on('connect', (request, client: Socket) => {
      asked.push(request);
      given(client.on('error', () => undefined));
    })
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked };
}

const answering = (line: string) => (client: Socket) => void client.write(`${line}\r\n\r\n`);

async function connected(
  proxyUrl: string,
  { timeoutMs = 2_000, ...change }: Partial<buildConnector.Options> & { timeoutMs?: number } = {},
): Promise<Socket> {
  const connect = createTunnel(proxyUrl, timeoutMs);
  return await new Promise((resolve, reject) => {
    connect({ ...WECHATPAY, ...change }, (error, socket) =>
      socket ? resolve(socket) : reject(error ?? new Error('neither')),
    );
  });
}

const isTunnelError = (code: string) => (error: unknown) => {
  assert.ok(error instanceof TunnelError);
  // `connect`, as of any connection that is not made: the backup host may be tried.
  assert.deepEqual([error.name, error.syscall, error.code], ['TunnelError', 'connect', code]);
  return true;
};

for (const [port, target] of [
  ['', 'api.mch.weixin.qq.com:443'],
  ['8443', 'api.mch.weixin.qq.com:8443'],
] as const) {
  test(`a proxy is asked for ${target} and nothing else`, async (t) => {
    const { port: at, asked } = await startProxy(t, answering('HTTP/1.1 403 Forbidden'));
    await assert.rejects(connected(`http://127.0.0.1:${at}`, { port }), isTunnelError('PROXY_403'));
    assert.deepEqual(
      asked.map(({ method, url, headers }) => [method, url, headers.host]),
      [['CONNECT', target, target]],
    );
    assert.equal(asked[0]?.headers['proxy-authorization'], undefined);
  });
}

test('a proxy that asks who we are is told user and password as they are meant', async (t) => {
  const { port, asked } = await startProxy(t, answering('HTTP/1.1 407 Who'));
  const url = `http://us%40er:s%3Aecret%2F@127.0.0.1:${port}`;
  await assert.rejects(connected(url), isTunnelError('PROXY_407'));
  const [, credentials = ''] = (asked[0]?.headers['proxy-authorization'] ?? '').split('Basic ');
  assert.equal(Buffer.from(credentials, 'base64').toString(), 'us@er:s:ecret/');
});

test('a connection to a proxy that gives no tunnel is not kept', async (t) => {
  let ended: Promise<unknown> | undefined;
  const { port } = await startProxy(t, (client) => {
    ended = once(client.resume(), 'end', { signal: AbortSignal.timeout(1_000) });
    client.write('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await assert.rejects(connected(`http://127.0.0.1:${port}`), isTunnelError('PROXY_502'));
  await ended;
});

test('a proxy that does not answer is left in the time that is given', async (t) => {
  const { port } = await startProxy(t, () => undefined);
  const began = Date.now();
  const connecting = connected(`http://127.0.0.1:${port}`, { timeoutMs: 200 });
  await assert.rejects(connecting, isTunnelError('PROXY_TIMEOUT'));
  assert.ok(Date.now() - began < 1_500);
});

test('what keeps us from a proxy is told by its kind', async (t) => {
  const { port } = await startProxy(t, (client) => client.destroy());
  await assert.rejects(connected(`http://127.0.0.1:${port}`), isTunnelError('PROXY_ECONNRESET'));
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: nobodys } = server.address() as AddressInfo;
  server.close();
  await assert.rejects(
    connected(`http://127.0.0.1:${nobodys}`),
    isTunnelError('PROXY_ECONNREFUSED'),
  );
});

test('a proxy’s error says nothing of its address, its user or its password', async (t) => {
  const { port } = await startProxy(t, answering('HTTP/1.1 407 Who'));
  await assert.rejects(connected(`http://user:secret@127.0.0.1:${port}`), (error: Error) => {
    assert.equal(error.message, 'the proxy gives no tunnel');
    return true;
  });
});

test('WeChat Pay’s host is reached through the proxy, where there is one', async (t) => {
  const { port, asked } = await startProxy(t, answering('HTTP/1.1 403 Forbidden'));
  const hosts = createHosts({
    baseUrl: 'https://api.mch.weixin.qq.com',
    proxyUrl: `http://127.0.0.1:${port}`,
  });
  t.after(() => hosts.close());
  const asking = hosts.pools[0]?.request({ method: 'GET', path: '/' });
  await assert.rejects(async () => await asking, isTunnelError('PROXY_403'));
  assert.deepEqual(
    asked.map(({ url }) => url),
    ['api.mch.weixin.qq.com:443'],
  );
});

test('through the tunnel TLS is spoken at once', async (t) => {
  let first: number | undefined;
  const { port } = await startProxy(t, (client) => {
    client.once('data', ([byte]: Buffer) => {
      first = byte;
      client.destroy();
    });
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  });
  await assert.rejects(connected(`http://127.0.0.1:${port}`));
  assert.equal(first, 0x16); // a handshake
});

test('a tunnel behind which nobody speaks TLS is left in the time that is given', async (t) => {
  const { port } = await startProxy(t, answering('HTTP/1.1 200 Connection Established'));
  const began = Date.now();
  const connecting = connected(`http://127.0.0.1:${port}`, { timeoutMs: 200 });
  await assert.rejects(connecting, { code: 'UND_ERR_CONNECT_TIMEOUT' });
  assert.ok(Date.now() - began < 3_000);
});
