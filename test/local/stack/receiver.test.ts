/** Business code of the local stack: hears of what is signed, once, and of nothing else. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { keepEventsSecret } from '../../../local/stack/kept-secret.ts';
import { freePort } from '../../../local/stack/port.ts';
import { startReceiver } from '../../../local/stack/receiver.ts';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../support.ts';

const IP = '127.0.0.1';
const BODY = JSON.stringify({ type: 'service_order.paid', data: { out_order_no: 'A1' } });

async function stage(t: TestContext, onward?: string) {
  const folder = join(await temporaryFolder(t), 'state');
  await mkdir(folder);
  const file = join(folder, 'events.secret');
  const secret = await keepEventsSecret(file);
  const setting = { ip: IP, port: await freePort(IP), secret };
  const receiver = await startReceiver({ ...setting, ...(onward && { onward }) });
  t.after(() => receiver.stop());
  const heard: string[] = [];
  receiver.listen(({ id, type, data }) => heard.push([id, type, data.out_order_no].join(' ')));
  const post = async (id: string, body = BODY, signedWith = secret) => {
    const at = new Date();
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(signedWith).sign(id, at, BODY),
    };
    return (await fetch(receiver.url, { method: 'POST', body, headers })).status;
  };
  return { file, secret, receiver, heard, post };
}

test('an event that comes twice is heard of once', async (t) => {
  const { heard, post, receiver } = await stage(t);
  assert.deepEqual([await post('E1'), await post('E1'), await post('E2')], [204, 204, 204]);
  const both = ['E1 service_order.paid A1', 'E2 service_order.paid A1'];
  assert.deepEqual(heard, both);
  const late: string[] = [];
  receiver.listen(({ id }) => late.push(id));
  assert.deepEqual(late, ['E1', 'E2'], 'who listens later hears of them as well');
});

test('what is not signed with the secret is answered 401', async (t) => {
  const { heard, post } = await stage(t);
  const other = `whsec_${Buffer.alloc(32).toString('base64')}`;
  assert.equal(await post('E1', BODY, other), 401);
  assert.equal(await post('E1', `${BODY} `), 401);
  assert.deepEqual(heard, []);
});

test('what is longer than any event is answered 413, whoever signed it', async (t) => {
  const { heard, post } = await stage(t);
  assert.equal(await post('E1', 'x'.repeat(2_000_000)), 413);
  assert.deepEqual(heard, []);
  assert.equal(await post('E2'), 204);
});

test('what was verified is passed on as it came, once, and to nobody’s harm', async (t) => {
  const taken: string[] = [];
  const page = createServer((request, response) => {
    void text(request).then((body) => {
      taken.push(`${String(request.headers['webhook-id'])} ${body}`);
      response.writeHead(500).end();
    });
  });
  page.listen(0, IP);
  await once(page, 'listening');
  t.after(() => void page.close());
  const { port } = page.address() as AddressInfo;
  const { post } = await stage(t, `http://${IP}:${port}/merchant/events`);
  assert.equal(await post('E1', `${BODY} `), 401);
  assert.deepEqual([await post('E1'), await post('E1')], [204, 204]);
  await eventually('passed on', async () => taken.length > 0);
  assert.deepEqual(taken, [`E1 ${BODY}`]);

  const alone = await stage(t, `http://${IP}:9/merchant/events`);
  assert.equal(await alone.post('E2'), 204, 'where nobody listens, nothing is lost');
});

test('the secret is the stack’s own, for its owner alone, and stays', async (t) => {
  const { file, secret } = await stage(t);
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.equal(await keepEventsSecret(file), secret);
  assert.equal(await readFile(file, 'utf8'), `${secret}\n`);
});
