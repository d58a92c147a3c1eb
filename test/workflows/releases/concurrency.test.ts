/** Many who want something of one order at once: each gets what is true, and WeChat one thing after the other. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { CANCELLATION, correction, newNumber, rental, rentalEnd } from '../../support/orders.ts';
import {
  executedOn,
  inService,
  isOnItsWay,
  owing,
  paying,
  shown,
  strike,
} from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { assertWithin } from '../../support/within.ts';

describe('two operations at once', { concurrency: 6 }, () => {
  const stage = useStack({
    simulator: { policies: { cancel_while_paying: 'allowed', modify_limit: 'none' } },
  });

  it('complete and cancel: whichever comes second is decided by what the first has done', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    const [completed, cancelled] = await Promise.all([
      stack.api.complete(out_order_no, rentalEnd(500)),
      stack.api.cancel(out_order_no, CANCELLATION),
    ]);
    const done = await executedOn(stack, out_order_no);
    assert.equal(cancelled.status, 200);
    assert.equal(done.at(-1), 'cancelled 0');
    assert.equal(completed.status, done.includes('completed 500') ? 200 : 409);
    assert.equal((await stack.run(out_order_no).result()).phase, 'cancelled');
  });

  it('two different corrections: the amount is the one of the last that was told 200', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    const answers = await Promise.all(
      [400, 300].map((total) => stack.api.modify(out_order_no, correction(total))),
    );
    assert.ok(answers.every(({ status }) => status === 200 || status === 409));
    const { order } = await stack.people.order(out_order_no);
    assert.equal(order['total_amount'], 300);
    assert.equal(answers[1]?.status, 200);
  });

  it('cancel and modify: nothing is lowered after the cancellation', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    const [cancelled] = await Promise.all([
      stack.api.cancel(out_order_no, CANCELLATION),
      stack.api.modify(out_order_no, correction(300)),
    ]);
    assert.equal(cancelled?.status, 200);
    assert.equal((await executedOn(stack, out_order_no)).at(-1), 'cancelled 0');
  });

  it('a complete while the order is being created waits for it', async () => {
    const { stack } = stage;
    const order = rental();
    await stack.people.authorise(order.openid);
    await strike(stack, order.out_order_no, 'create', 'slow', { delay_seconds: 2 });
    const opening = stack.api.open(order);
    await shown(stack, order.out_order_no, { phase: 'creating' });
    const completed = await stack.api.complete(order.out_order_no, rentalEnd(500));
    assert.ok([200, 202].includes(completed.status), String(completed.status));
    assert.equal((await opening).status, 201);
    await shown(stack, order.out_order_no, { phase: 'paying' });
  });

  it('a sync while a modify is under way waits for its turn before a rule refuses it', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await strike(stack, out_order_no, 'modify', 'slow', { delay_seconds: 2 });
    const lowering = stack.api.modify(out_order_no, correction(300));
    await eventually('the modify', async () => {
      const { body } = await stack.api.read(out_order_no);
      return body.pending_operation?.operation === 'modify';
    });
    const syncing = stack.api.sync(out_order_no, { paid_time: '2026-01-01T00:00:00+08:00' });
    assert.equal((await lowering).status, 200);
    assert.equal((await syncing).status, 409);
  });

  it('an operation that takes long delays no callback', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await strike(stack, out_order_no, 'modify', 'cut');
    await strike(stack, out_order_no, 'query', 'slow', { delay_seconds: 4, times: 3 });
    const asking = stack.api.modify(out_order_no, correction(300));
    await isOnItsWay(stack, out_order_no);
    const start = performance.now();
    await stack.people.pay(out_order_no);
    assert.equal((await owing(stack, out_order_no)).phase, 'paid');
    assertWithin(3_000, start);
    assert.equal((await asking).status, 409);
  });

  it('more than ten at once: each is done, or told to come again', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    // Longer than a caller waits: those whose request was taken get 202, the others nothing but the advice.
    await strike(stack, out_order_no, 'complete', 'slow', { delay_seconds: 9 });
    const complete = () => stack.api.once.complete(out_order_no, rentalEnd(500));
    let statuses: readonly number[];
    do {
      const answers = await Promise.all(Array.from({ length: 20 }, complete));
      statuses = answers.map(({ status }) => status);
      // A machine that is too busy may take none of them in time, of which then nothing was done.
    } while (statuses.every((status) => status === 429));
    const turnedAway = statuses.filter((status) => status !== 202);
    // 429 where Temporal still said so in time, 503 where the time ran out while it was asked again.
    assert.ok(
      turnedAway.every((status) => [429, 503].includes(status)),
      String(statuses),
    );
    assert.ok(turnedAway.length > 0 && turnedAway.length < 20, String(statuses));
    await shown(stack, out_order_no, { phase: 'paying' });
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  for (const [operation, body] of [
    ['complete', rentalEnd(500)],
    ['modify', correction(300)],
    ['cancel', CANCELLATION],
    ['sync', { paid_time: '2026-01-01T00:00:00+08:00' }],
  ] as const) {
    it(`${operation} of an order that nobody knows is answered 404, left as a signal too`, async () => {
      const { api } = stage.stack;
      assert.equal((await api.on(newNumber(), operation, body)).status, 404);
      const left = await api.on(newNumber(), operation, body, { prefer: 'respond-async' });
      assert.equal(left.status, 404);
    });
  }
});

describe('while no worker runs', () => {
  const stage = useStack({ simulator: { policies: { cancel_while_paying: 'allowed' } } });

  it('whatever is left with respond-async is kept, and done in its order when one returns', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stage.stopWorker();
    const async = { prefer: 'respond-async' };
    const answers = [
      await stack.api.complete(out_order_no, rentalEnd(500), async),
      await stack.api.modify(out_order_no, correction(300), async),
      await stack.api.cancel(out_order_no, CANCELLATION, async),
      await stack.api.refresh(out_order_no, async),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [202, 202, 202, 202],
    );
    await stage.startWorker();
    assert.equal((await stack.run(out_order_no).result()).phase, 'cancelled');
    assert.deepEqual(await executedOn(stack, out_order_no), [
      'created 0',
      'completed 500',
      'modified 300',
      'cancelled 0',
    ]);
  });
});
