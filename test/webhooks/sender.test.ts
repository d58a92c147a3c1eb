import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createSender, NotTakenError } from '../../webhooks/sender.ts';
import { answering, startReceiver, TAKE, type TestReceiver } from '../support/receiver.ts';

const OTHER = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const ID = 'P1:run:1';
const BODY = JSON.stringify({
  ...{ type: 'service_order.paid', timestamp: '2026-11-30T10:00:00+08:00', sequence: 1 },
  data: { out_order_no: 'P1', phase: 'paid' },
});

describe('the sender of events', () => {
  let receiver: TestReceiver;
  before(async () => {
    receiver = await startReceiver();
  });
  beforeEach(() => receiver.behave(TAKE));
  after(async () => await receiver.stop());

  async function sent(secrets: readonly string[], timeoutMs?: number): Promise<void> {
    const sender = createSender({ url: receiver.url, secrets, timeoutMs });
    try {
      await sender.send({ id: ID, body: BODY });
    } finally {
      await sender.close();
    }
  }
  const faultOf = async (timeoutMs?: number) => {
    const error = await sent([receiver.secret], timeoutMs).catch((fault: unknown) => fault);
    assert.ok(error instanceof NotTakenError);
    assert.doesNotMatch(error.message, /token|kept-secret|whsec/);
    return error.message;
  };

  it('is verified by who has either of two secrets', async () => {
    await sent([OTHER, receiver.secret]);
    await sent([receiver.secret, OTHER]);
    await assert.rejects(sent([OTHER]), /401: does it know one of the secrets/);
    assert.equal(receiver.deliveries.length, 2);
  });

  it('is stamped anew each time, so that a late attempt is not too old', async () => {
    const { url, secret } = receiver;
    let now = new Date(Date.now() - 600_000);
    const sender = createSender({ url, secrets: [secret], now: () => now });
    await assert.rejects(sender.send({ id: ID, body: BODY }), /answered 401/);
    assert.match(receiver.unverified.at(-1) ?? '', /too old/);
    now = new Date();
    await sender.send({ id: ID, body: BODY });
    await sender.close();
  });

  it('follows no redirection', async () => {
    receiver.behave(answering(302, { location: receiver.url }));
    const came = receiver.deliveries.length;
    assert.match(await faultOf(), /302: EVENTS_URL must be where events are taken/);
    assert.equal(receiver.deliveries.length, came + 1);
  });

  for (const status of [400, 410, 429, 500, 503]) {
    it(`takes ${status} for not taken`, async () => {
      receiver.behave(answering(status));
      assert.match(await faultOf(), new RegExp(`answered ${status}`));
    });
  }

  it('waits for an answer for so long', async () => {
    receiver.behave(() => undefined);
    assert.match(await faultOf(200), /did not answer within 200 ms/);
  });

  it('says by what code nobody was reached', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as { port: number };
    closed.close();
    const sender = createSender({ url: `http://127.0.0.1:${port}/?token=x`, secrets: [OTHER] });
    await assert.rejects(
      sender.send({ id: ID, body: BODY }),
      new NotTakenError('the receiver could not be reached (ECONNREFUSED)'),
    );
    await sender.close();
  });
});
