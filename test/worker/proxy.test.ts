/** A worker whose only way out is a forward proxy, and a WeChat Pay that speaks TLS. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { startTemporal, type TemporalServer } from '../../local/servers/temporal-server.ts';
import { startSimulator } from '../../simulator/create.ts';
import { createAuthority, type Authority } from '../support/authority.ts';
import { simulatorFolder } from '../support/notification.ts';
import { startBuilt, wechatpayVariables } from '../support/program.ts';
import { workerConfig } from '../../config/programs.ts';
import { faultsOf, worker as environment } from '../config/environment.ts';

const ELSEWHERE = 'https://api.example.com';

describe('a worker behind a forward proxy', () => {
  let wechat: Awaited<ReturnType<typeof simulatorFolder>>;
  let simulator: Awaited<ReturnType<typeof startSimulator>>;
  let authority: Authority;
  let temporal: TemporalServer;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let variables: Record<string, string>;
  before(async () => {
    [wechat, authority, temporal] = await Promise.all([
      simulatorFolder(),
      createAuthority(),
      startTemporal(),
    ]);
    const tls = await authority.issue('wechat', [{ type: 'ip', value: '127.0.0.1' }]);
    simulator = await startSimulator({ folder: wechat.folder, tls });
    proxy = await startProxy(new URL(simulator.url).host);
    variables = {
      ...wechatpayVariables(simulator.merchant, wechat.folder),
      NODE_EXTRA_CA_CERTS: authority.caFile,
      TEMPORAL_ADDRESS: temporal.address,
      WORKER_PORT: '0',
    };
  });
  after(async () => {
    proxy.close();
    await simulator.stop();
    await temporal.stop();
    await Promise.all([authority.remove(), wechat.remove()]);
  });

  const start = (WECHATPAY_PROXY_URL: string, change: Record<string, string> = {}) =>
    startBuilt('worker/main.js', { ...variables, WECHATPAY_PROXY_URL, ...change });

  it('asks the proxy for a tunnel and nothing else, and speaks TLS with WeChat Pay itself', async () => {
    const worker = await start(proxy.url);
    await worker.saw(/WeChat Pay answers/, 15_000).catch((e: unknown) => {
      console.log(worker.lines.join('\n'), proxy.asked);
      throw e;
    });
    assert.equal(await worker.end(), 0);
    assert.deepEqual([...new Set(proxy.asked)], [`CONNECT ${new URL(simulator.url).host}`]);
    assert.ok(proxy.passed.length > 0);
    assert.ok(!proxy.passed.join('').includes('WECHATPAY2-SHA256-RSA2048'), 'read on the way');
  });

  it('tries the backup host where the proxy gives no tunnel to the first', async () => {
    const worker = await start(proxy.url, {
      WECHATPAY_BASE_URL: ELSEWHERE,
      WECHATPAY_BACKUP_URL: simulator.url,
    });
    await worker.saw(/WeChat Pay answers/, 15_000).catch((e: unknown) => {
      console.log(worker.lines.join('\n'), proxy.asked);
      throw e;
    });
    assert.equal(await worker.end(), 0);
    assert.ok(proxy.asked.includes('CONNECT api.example.com:443'));
  });

  it('says what a proxy answers that gives none, and shows no password', async () => {
    const worker = await start(proxy.url.replace('secret', 'wrong-password'));
    assert.match(await worker.saw(/cannot be reached or verified/), /PROXY_407/);
    assert.equal(await worker.end(), 0);
    assert.ok(worker.lines.every((line) => !/secret|wrong-password/.test(line)));
  });

  it('does not believe a WeChat Pay behind the proxy whose certificate is another’s', async () => {
    const worker = await start(proxy.url, { NODE_EXTRA_CA_CERTS: '' });
    assert.match(
      await worker.saw(/cannot be reached or verified/),
      /UNABLE_TO_VERIFY_LEAF_SIGNATURE/,
    );
    assert.equal(await worker.end(), 0);
  });

  it('takes the address of a proxy for https, and no other', () => {
    const faults = (change: Record<string, string>) =>
      faultsOf(workerConfig, { ...environment, ...change });
    const WECHATPAY_PROXY_URL = 'http://user:secret@proxy:3128';
    assert.deepEqual(faults({ WECHATPAY_PROXY_URL }), []);
    for (const url of [
      'proxy:3128',
      'https://proxy:3128',
      'socks5://proxy:1080',
      'http://proxy/x',
    ]) {
      const [fault] = faults({ WECHATPAY_PROXY_URL: url });
      assert.equal(fault, '  WECHATPAY_PROXY_URL must be http://host:port of a forward proxy');
    }
    const [fault] = faults({ WECHATPAY_PROXY_URL, WECHATPAY_BASE_URL: 'http://simulator:9080' });
    assert.match(fault ?? '', /^ {2}WECHATPAY_PROXY_URL is for https/);
  });
});

/** A forward proxy that lets `user:secret` through to one host, and keeps what it was asked and what passed. */
async function startProxy(allowed: string) {
  const asked: string[] = [];
  const passed: string[] = [];
  const credentials = `Basic ${Buffer.from('user:secret').toString('base64')}`;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(405).end();
  });
  server.on('connect', ({ method, url = '', headers }, client) => {
    asked.push(`${method} ${url}`);
    const refusal =
      headers['proxy-authorization'] !== credentials
        ? '407 Proxy Authentication Required'
        : url !== allowed && '502 Bad Gateway';
    if (refusal !== false) {
      client.end(`HTTP/1.1 ${refusal}\r\n\r\n`);
      return;
    }
    const [hostname, port] = url.split(':');
    const target = connect(Number(port), hostname);
    client.on('data', (bytes: Buffer) => passed.push(bytes.toString('latin1')));
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    client.pipe(target).pipe(client);
    for (const end of [client, target]) end.on('error', () => end.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://user:secret@127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    passed,
    close: () => server.close(),
  };
}
