/** How long an answer may take. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TransportError } from '../../wechatpay/errors.ts';
import { startWechat, type Answering } from './wechat-server.ts';

const dripping: Answering = (res) => {
  res.writeHead(200);
  const drops = setInterval(() => res.write(' '), 500);
  res.on('close', () => clearInterval(drops));
};

test('gives up after 10 s on an answer that does not come, or does not end', async (t) => {
  const silent = await startWechat(t, () => undefined);
  const slow = await startWechat(t, dripping);
  const begin = Date.now();
  const call = {
    name: 'getServiceOrder',
    method: 'GET',
    target: '/v3/payscore/serviceorder',
  } as const;
  await Promise.all(
    [silent, slow].map(({ transport }) => assert.rejects(transport.send(call), TransportError)),
  );
  const seconds = (Date.now() - begin) / 1000;
  assert.ok(seconds > 9.5 && seconds < 13, `${seconds} s`);
});
