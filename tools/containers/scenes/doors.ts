/** What can be reached from where: by the proxy's two ports, and by a Prometheus in the stack's own network. */
import { request } from 'node:https';
import type { House } from '../house.ts';
import type { Tell } from '../table.ts';

export async function tryDoors(house: House, tell: Tell): Promise<void> {
  const outside = [
    await statusFromOutside('POST', '/wechatpay/notifications'),
    await statusFromOutside('GET', '/v1/service-orders'),
    await statusFromOutside('GET', '/healthz'),
  ];
  tell('from outside, by TLS: callback, orders, health', outside.join(', '), {
    be: '401 of the API, then 404',
    isSo: outside.join() === '401,404,404',
  });

  const { call } = await house.shop();
  const { status } = await call('GET', '/metrics');
  const figures = [];
  for (const address of ['api:3002', 'worker:3001']) {
    const url = `http://${address}/metrics`;
    figures.push(await house.compose('exec', '-T', 'proxy', 'wget', '-qO-', url));
  }
  const isThere = figures.every((text) => text.includes('wechatpay_unverified_total'));
  tell('figures: at the API’s port, and in the network', `${status}, and of both programs`, {
    be: '404, and there',
    isSo: status === 404 && isThere,
  });
}

/** The proxy's certificate is its own here, as it is without PUBLIC_TLS. */
async function statusFromOutside(method: string, path: string): Promise<number | undefined> {
  return await new Promise((resolve, reject) => {
    const at = {
      host: '127.0.0.1',
      port: 8443,
      servername: 'localhost',
      headers: { host: 'localhost' },
    };
    request({ ...at, method, path, rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}
