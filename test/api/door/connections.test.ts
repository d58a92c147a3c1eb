/** Whom the API's server lets go, and what it does not wait for. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it, type TestContext } from 'node:test';
import express, { type ErrorRequestHandler } from 'express';
import { boundBodies } from '../../../api/door/bodies.ts';
import { takeTurns } from '../../../api/door/long-callbacks.ts';
import { createDoor, type DoorBounds } from '../../../api/door/server.ts';
import { stranger, type Stranger } from '../../support/attack.ts';
import { eventually } from '../../support/eventually.ts';

const GET = 'GET / HTTP/1.1\r\nhost: here\r\n\r\n';
const post = (length: number) =>
  `POST / HTTP/1.1\r\nhost: here\r\ncontent-length: ${length}\r\n\r\n`;

/** Answers what it has read with its length, except for `/never`. */
async function openDoor(
  t: TestContext,
  { mostBytes = 1e9, ...bounds }: Partial<DoorBounds> & { mostBytes?: number },
) {
  const seen = { closed: 0 };
  const onClosed = () => void (seen.closed += 1);
  const app = express();
  app.get('/never', () => undefined);
  app.post('/unread', (_request, response) => void response.status(401).json({}));
  app.use('/turns', takeTurns(1));
  app.use(boundBodies(mostBytes, onClosed), express.raw({ type: () => true, limit: 1e9 }));
  app.use(
    ({ body }, response) => void response.json({ read: (body as Buffer | undefined)?.length }),
  );
  app.use(((_error, _request, response, _next) => void response.destroy()) as ErrorRequestHandler);
  const patient = { headersMs: 60_000, requestMs: 60_000 };
  const server = createDoor({ bounds: { ...patient, ...bounds }, onClosed });
  server.on('request', app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const come = async (...sends: string[]) => {
    const one = stranger(url, ...sends);
    await once(one.socket, 'connect');
    await delay(50); // so that their order is that of their coming
    return one;
  };
  return { seen, come };
}

const answers = (one: Stranger, count = 1) =>
  eventually('an answer', async () => one.heard().split('HTTP/1.1 200').length > count);
const isOpen = ({ socket }: Stranger) => !socket.closed;

describe('the door', () => {
  it('lets the connection go that has been without a complete request for longest', async (t) => {
    const { come, seen } = await openDoor(t, { connections: 4 });
    const served = await come();
    const silent = await come();
    const halting = await come('POST / HTTP/1.1\r\nhost: he');
    served.socket.write(GET);
    await answers(served);
    const slow = await come(post(100) + 'x');
    await silent.ended;
    assert.deepEqual([served, halting, slow].map(isOpen), [true, true, true]);
    await come(GET);
    await halting.ended;
    await come(GET);
    await served.ended;
    assert.ok(isOpen(slow));
    assert.equal(seen.closed, 3);
  });

  it('lets nobody go whose request is being answered, unless they do not take the answer', async (t) => {
    const { come } = await openDoor(t, { connections: 3, answerMs: 3_000 });
    const never = 'GET /never HTTP/1.1\r\nhost: here\r\n\r\n';
    const first = await come(never);
    const second = await come(never);
    const third = await come(GET);
    await third.ended;
    assert.deepEqual([first, second].map(isOpen), [true, true]);
    await delay(3_100);
    const late = await come(GET);
    await answers(late);
    await first.ended;
    assert.ok(isOpen(second));
  });

  it('waits neither for headers nor for bodies that do not come', async (t) => {
    const { come } = await openDoor(t, { headersMs: 500, requestMs: 1_000 });
    const strangers = [
      await come(),
      await come('GET / HTTP/1.1\r\nhost: he'),
      await come(`${post(100)}x`),
    ];
    await Promise.all(strangers.map(({ ended }) => ended));
  });

  it('holds no more bytes of bodies than it may: the one that began first goes', async (t) => {
    const { come, seen } = await openDoor(t, { mostBytes: 60_000 });
    const first = await come(post(40_000) + 'x'.repeat(30_000));
    const second = await come(post(40_000) + 'x'.repeat(20_000));
    assert.ok(isOpen(first));
    const third = await come(post(30_000) + 'x'.repeat(30_000));
    await answers(third);
    await first.ended;
    second.socket.write('x'.repeat(20_000));
    await answers(second);
    assert.equal(seen.closed, 1);
  });

  it('counts what a chunk takes, not its bytes alone', async (t) => {
    const { come } = await openDoor(t, { mostBytes: 60_000 });
    const crumbs = await come(
      'POST / HTTP/1.1\r\nhost: here\r\ntransfer-encoding: chunked\r\n\r\n',
      '1\r\nx\r\n'.repeat(1_000),
    );
    await crumbs.ended;
  });

  it('ends the connection with an answer that comes before a long body, and reads a short one', async (t) => {
    const { come } = await openDoor(t, {});
    const unread = (length: string) => `POST /unread HTTP/1.1\r\nhost: here\r\n${length}\r\n\r\n`;
    for (const long of ['content-length: 1000000', 'transfer-encoding: chunked']) {
      const one = await come(unread(long));
      await one.ended;
      assert.match(one.heard(), /^HTTP\/1\.1 401 [^]*connection: close/i);
    }
    const short = await come(`${unread('content-length: 3')}abc`);
    short.socket.write(GET);
    await answers(short);
  });

  it('reads long bodies by turns, and a short one meanwhile; whoever is slow loses their turn', async (t) => {
    const { come } = await openDoor(t, {});
    const turn = (length: number) => post(length).replace('/', '/turns');
    const slow = await come(turn(100_000), 'x');
    const next = await come(turn(100_000), 'x'.repeat(100_000));
    await answers(await come(turn(10), 'x'.repeat(10)));
    assert.equal(next.heard(), '');
    await slow.ended;
    assert.equal(slow.heard(), '');
    await answers(next);
  });
});
