/** What can be reached from where: by the proxy's two ports, and by a Prometheus in the network of figures. */
import { once } from 'node:events';
import { connect } from 'node:tls';
import { PROJECT, type House } from '../house.ts';
import type { Tell } from '../table.ts';

const CALLBACK = '/wechatpay/notifications';
/** What a stranger sends, and what may come back: the API's answer to who is not WeChat Pay, or nothing here. */
const STRANGERS: readonly (readonly [head: string, status: string])[] = [
  [`POST ${CALLBACK} HTTP/1.1\r\nhost: localhost`, '401'],
  ['GET /v1/service-orders HTTP/1.1\r\nhost: localhost', '404'],
  ['GET /healthz HTTP/1.1\r\nhost: localhost', '404'],
  [`GET ${CALLBACK} HTTP/1.1\r\nhost: localhost`, '404'],
  [`CONNECT ${CALLBACK} HTTP/1.1\r\nhost: localhost`, '404'],
  // By any other path that comes to the same, only the same.
  [`POST /v1/..${CALLBACK} HTTP/1.1\r\nhost: localhost`, '401'],
  [`POST /v1/service-orders/..%2f..%2f..${CALLBACK} HTTP/1.1\r\nhost: localhost`, '401'],
  // WeChat Pay must not take it for an answer of ours.
  [`POST ${CALLBACK} HTTP/1.1\r\nhost: pay.example.com`, '404'],
  [`POST http://api:3000${CALLBACK} HTTP/1.1\r\nhost: localhost`, '404'],
];
const BROKEN = `POST ${CALLBACK} HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`;
const TIMES = 40;

export async function tryDoors(house: House, tell: Tell): Promise<void> {
  const wrong: string[] = [];
  for (const [head, status] of STRANGERS) {
    const answer = await answerTo(`${head}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
    if (answer !== status) wrong.push(`${head.split('\r\n', 1)[0]} → ${answer}`);
  }
  tell('from outside, by TLS', wrong.join('; ') || `${STRANGERS.length} ways tried`, {
    be: 'the callback address or 404',
    isSo: wrong.length === 0,
  });

  const { call } = await house.shop();
  const begin = Date.now();
  const broken = Promise.all(Array.from({ length: TIMES }, () => answerTo(BROKEN)));
  const statuses = [];
  for (let nth = 0; nth < TIMES; nth++)
    statuses.push((await call('GET', '/v1/service-orders/NOBODYS')).status);
  await broken;
  const ms = Math.round((Date.now() - begin) / TIMES);
  tell('business code, while strangers send what is broken', `${ms} ms each`, {
    be: 'each answered',
    isSo: statuses.every((status) => status === 404),
  });

  const { status } = await call('GET', '/metrics');
  const figures: string[] = [];
  for (const address of ['api:3002', 'worker:3001']) {
    const inNetwork = ['--rm', '--network', `${PROJECT}_figures`, '--entrypoint', 'wget'];
    const asked = ['-qO-', `http://${address}/metrics`];
    figures.push(await house.docker('run', ...inNetwork, await proxyImage(house), ...asked));
  }
  const isThere = figures.every((text) => text.includes('wechatpay_unverified_total'));
  tell('figures: at the API’s port, and in their network', `${status}, and of both programs`, {
    be: '404, and there',
    isSo: status === 404 && isThere,
  });
}

/** It has wget, as Prometheus has its own way. */
async function proxyImage({ docker, containersOf }: House): Promise<string> {
  const [container = ''] = await containersOf('proxy');
  return (await docker('inspect', '-f', '{{.Config.Image}}', container)).trim();
}

/** The status, or what came in its place. The proxy's certificate is its own here, as it is without PUBLIC_TLS. */
async function answerTo(bytes: string): Promise<string> {
  const at = { host: '127.0.0.1', port: 8443, servername: 'localhost' };
  const socket = connect({ ...at, rejectUnauthorized: false }, () => socket.write(bytes));
  socket.setTimeout(10_000, () => socket.destroy());
  socket.on('error', () => undefined); // being hung up on is an answer
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if (text.includes('\r\n')) socket.end();
  });
  await once(socket, 'close');
  return /^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 'hung up';
}
