import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { rental, rentalEnd } from '../support/orders.ts';
import { startStack, type Stack } from '../support/stack.ts';

describe('a paid order', () => {
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  before(async () => {
    stack = await startStack();
    worker = await stack.startWorker();
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
  });

  it('goes from opening to payment by callback within 38 history events', async () => {
    const { api, people } = stack;
    const order = rental();
    await people.authorise(order.openid);

    const opened = await api.open(order);
    assert.equal(opened.status, 201);
    assert.equal(opened.body.phase, 'in_service');

    await delay(2_500); // WeChat takes an end_time only when it has passed
    const completed = await api.complete(order.out_order_no, rentalEnd(500));
    if (completed.status !== 200) {
      console.log(
        JSON.stringify(opened.body),
        JSON.stringify(
          (await stack.historyOf(order.out_order_no))
            .find(
              (e) =>
                e.activityTaskScheduledEventAttributes?.activityType?.name ===
                'completeServiceOrder',
            )
            ?.activityTaskScheduledEventAttributes?.input?.payloads?.map((p) =>
              Buffer.from(p.data as Uint8Array).toString(),
            ),
        ),
        new Date().toISOString(),
      );
    }
    assert.equal(completed.body.phase, 'paying');

    await people.pay(order.out_order_no);
    const paid = await stack.run(order.out_order_no).result();
    assert.equal(paid.phase, 'paid');
    assert.equal(paid.collection?.paid_amount, 500);

    const events = await stack.historyOf(order.out_order_no);
    console.log(events.map((e) => e.eventType));
    assert.ok(events.length <= 38, `${events.length} events`);
    console.log(JSON.stringify(paid, null, 1));
    await eventually('x', async () => true);
  });
});
