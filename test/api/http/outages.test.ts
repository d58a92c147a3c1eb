/** What is promised while a part is away: 202 only for what is durable, and nothing carried out that was refused. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { startTemporal, type TemporalOptions } from '../../../local/servers/temporal-server.ts';
import { eventually } from '../../support/eventually.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { inService, paying } from '../../support/play.ts';
import { steadyPort } from '../../support/port.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { assertWithin } from '../../support/within.ts';

describe('without a worker', () => {
  let stack: Stack;
  before(async () => {
    stack = await startStack();
  });
  after(() => stack.stop());

  async function orderWithoutWorker(): Promise<string> {
    const worker = await stack.startWorker();
    const { out_order_no } = await inService(stack);
    await worker.stop();
    return out_order_no;
  }

  it('refuses a waiting complete with 503 within 8 s, and never carries it out afterwards', async () => {
    const out_order_no = await orderWithoutWorker();
    const start = performance.now();
    const answer = await stack.api.once.complete(out_order_no, rentalEnd(500));
    assert.equal(answer.status, 503);
    assert.equal(answer.body.type, 'urn:payscore-orders:not-taken');
    assertWithin(8_000, start);

    const worker = await stack.startWorker();
    await delay(2_000);
    assert.equal((await stack.api.read(out_order_no)).body.phase, 'in_service');
    // Business code may have changed its mind meanwhile.
    const other = await stack.api.complete(out_order_no, rentalEnd(300));
    assert.equal(other.status, 200);
    const { ledger } = await stack.people.order(out_order_no);
    assert.deepEqual(ledger.map(({ event, total_amount }) => [event, total_amount]).slice(1), [
      ['completed', 300],
    ]);
    await worker.stop();
  });

  it('keeps a complete with respond-async and carries it out when a worker returns', async () => {
    const out_order_no = await orderWithoutWorker();
    const answer = await stack.api.complete(out_order_no, rentalEnd(500), {
      prefer: 'respond-async',
    });
    assert.equal(answer.status, 202);
    const worker = await stack.startWorker();
    await eventually(
      'completion',
      async () => (await stack.api.read(out_order_no)).body.phase === 'paying',
    );
    await worker.stop();
  });

  it('shows in trouble what was refused when nobody waited', async () => {
    const out_order_no = await orderWithoutWorker();
    await stack.api.complete(out_order_no, rentalEnd(100_001), { prefer: 'respond-async' });
    const worker = await stack.startWorker();
    const { body } = await eventually('trouble', async () => {
      const answer = await stack.api.read(out_order_no);
      return answer.body.trouble !== undefined && answer;
    });
    assert.equal(body.trouble, 'operation_refused');
    assert.equal(body.phase, 'in_service');
    assert.equal(body.last_refusal.message, '总金额超过此服务的服务风险金额');
    const corrected = await stack.api.complete(out_order_no, rentalEnd(500));
    assert.equal(corrected.status, 200);
    await worker.stop();
  });

  it('opens an order durably: 202, and the order is created when a worker returns', async () => {
    const order = rental();
    await stack.people.authorise(order.openid);
    const answer = await stack.hasty.open(order);
    assert.equal(answer.status, 202);
    assert.equal(answer.headers.get('location'), `/v1/service-orders/${order.out_order_no}`);
    const other = await stack.api.open({ ...order, service_introduction: '别的' });
    assert.equal(other.status, 409);

    const worker = await stack.startWorker();
    await eventually(
      'creation',
      async () => (await stack.api.read(order.out_order_no)).body.phase === 'in_service',
    );
    await worker.stop();
  });

  it('reads finished orders, and says of running ones what they last reported', async () => {
    const worker = await stack.startWorker();
    const { out_order_no } = await paying(stack);
    await worker.stop();
    // On a busy machine Temporal itself may not answer in time.
    await eventually('what it last reported', async () => {
      const running = await stack.api.once.read(out_order_no);
      assert.equal(running.status, 503);
      return /paying/.test(running.body.detail);
    });

    const again = await stack.startWorker();
    await stack.people.pay(out_order_no);
    await stack.run(out_order_no).result();
    await again.stop();
    const finished = await stack.api.read(out_order_no);
    assert.equal(finished.status, 200);
    assert.equal(finished.body.phase, 'paid');
  });
});

describe('without Temporal', () => {
  let stack: Stack;
  let folder: string;
  let server: TemporalOptions;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payscore-temporal-'));
    server = { port: await steadyPort(), databaseFile: join(folder, 'temporal.db') };
    stack = await startStack({ temporal: server });
  });
  after(async () => {
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('refuses everything with 5xx in time, is not ready, and takes the repeated callback afterwards', async () => {
    const worker = await stack.startWorker();
    await stack.people.holdNotifications();
    const { out_order_no } = await paying(stack);
    await stack.people.pay(out_order_no);
    await worker.stop();
    await stack.temporalServer.stop();

    assert.equal((await stack.api.call('GET', '/healthz')).status, 200);
    const zh = { 'accept-language': 'zh' };
    const ready = await stack.api.once.call('GET', '/readyz', undefined, zh);
    assert.deepEqual([ready.status, ready.body.detail], [503, 'Temporal 没有应答。']);
    const opened = await stack.api.once.open(rental());
    assert.equal(opened.status, 503);
    const completed = await stack.api.once.complete(out_order_no, rentalEnd(500), {
      prefer: 'respond-async',
    });
    assert.equal(completed.status, 503);

    await stack.people.releaseNotifications();
    const refused = await eventually('a refused callback', async () => {
      const [notification] = await stack.people.notifications(out_order_no);
      return notification?.attempts.at(-1);
    });
    // A receiver that takes longer than 5 s is recorded as a timeout, without a status.
    assert.equal(refused.status, 503);

    const temporal = await startTemporal(server);
    const again = await stack.startWorker();
    const [notification] = await stack.people.notifications(out_order_no);
    await stack.people.resend(notification?.id ?? '');
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
    await again.stop();
    await temporal.stop();
  });
});
