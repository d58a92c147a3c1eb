/** What the headers of a callback are worth while the certificates are being fetched. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { it } from 'node:test';
import express from 'express';
import { readNotification } from '../../../api/door/sender.ts';
import { createDoor } from '../../../api/door/server.ts';
import { createVerificationKeys } from '../../../wechatpay/keys.ts';
import { headOf, stranger } from '../../support/attack.ts';
import { eventually } from '../../support/eventually.ts';

it('lets at most 64 wait for certificates, and refuses the next at once', async (t) => {
  let asked = 0;
  const opener = {
    keys: createVerificationKeys({ ownSerial: 'A' }),
    now: () => new Date(),
    refresh: () => {
      asked += 1;
      return new Promise<void>(() => {});
    },
    apiV3Keys: { current: Buffer.alloc(32) },
  };
  const app = express();
  app.post('/wechatpay/notifications', ...readNotification(opener, (_1, _2, next) => next()));
  app.use(((_error, _request, response, _next) => {
    response.status(401).end();
  }) as express.ErrorRequestHandler);
  const server = createDoor({ onClosed: () => undefined })
    .on('request', app)
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const head = headOf(
    {
      'wechatpay-timestamp': String(Math.floor(Date.now() / 1_000)),
      'wechatpay-nonce': 'n',
      'wechatpay-signature': 's',
      'wechatpay-serial': 'B',
    },
    10,
  );
  const all = Array.from({ length: 65 }, () => stranger(url, head));
  await eventually('65 answers', async () => all.every(({ heard }) => heard() !== ''));
  assert.equal(asked, 64);
});
