/** The first outcome of an Idempotency-Key is its outcome: a rule’s refusal is one as well, and no end of a run forgets any. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApiAnswer } from '../../support/api-client.ts';
import { CANCELLATION, correction, rentalEnd } from '../../support/orders.ts';
import {
  executedOn,
  inService,
  known,
  paying,
  shown,
  strike,
  timesScheduled,
  type PlayedOrder,
} from '../../support/play.ts';
import type { Stack } from '../../support/stack.ts';
import { useStack } from '../../support/stage.ts';

const keyed = (key: string) => ({ 'idempotency-key': key });
const ASYNC = { prefer: 'respond-async' };

/** Ended from outside by mistake, and opened once more by the same POST. */
async function takenUpAgain(stack: Stack, order: PlayedOrder): Promise<void> {
  await stack.run(order.out_order_no).terminate('pressed by mistake');
  assert.ok([201, 202].includes((await stack.api.open(order)).status));
  const { out_order_no } = order;
  await shown(stack, out_order_no, { phase: (phase: unknown) => phase !== 'creating' });
}

function assertNotAllowed({ status, body }: ApiAnswer): void {
  assert.equal(status, 409);
  assert.equal(body.type, 'urn:payscore-orders:not-allowed');
}

describe('a request that a rule refuses', { concurrency: 6 }, () => {
  const stage = useStack();

  it('stays refused under its key when the rule would let it pass', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    const lower = (key: string) => stack.api.modify(out_order_no, correction(300), keyed(key));
    assertNotAllowed(await lower('a'));
    await stack.api.complete(out_order_no, rentalEnd(500));
    const again = await lower('a');
    assertNotAllowed(again);
    assert.match(again.body.detail, /the order is in_service/, 'in the words of the first time');
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
    assert.equal((await known(() => lower('b'))).status, 200, 'another key asks for it anew');
  });

  it('stays refused under its key where nobody waits for it the second time', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    const lower = (how = {}) =>
      stack.api.modify(out_order_no, correction(300), { ...keyed('a'), ...how });
    assertNotAllowed(await lower());
    await stack.api.complete(out_order_no, rentalEnd(500));
    assert.equal((await lower(ASYNC)).status, 202);
    assertNotAllowed(await lower());
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('stays refused under its key where nobody waited for it the first time', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    const { out_order_no } = order;
    const lower = (how = {}) =>
      stack.api.modify(out_order_no, correction(300), { ...keyed('a'), ...how });
    await lower(ASYNC);
    await shown(stack, out_order_no, { trouble: 'operation_refused' });
    await takenUpAgain(stack, order);
    await stack.api.complete(out_order_no, rentalEnd(500));
    assertNotAllowed(await lower());
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('is told from another body under its key', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    assertNotAllowed(await stack.api.modify(out_order_no, correction(300), keyed('a')));
    for (const answer of [
      await stack.api.modify(out_order_no, correction(200), keyed('a')),
      await stack.api.complete(out_order_no, rentalEnd(500), keyed('a')),
    ]) {
      assert.equal(answer.status, 422);
      assert.equal(answer.body.type, 'urn:payscore-orders:key-reused');
    }
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0']);
  });

  it('stays refused under its key after the end', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    const { out_order_no } = order;
    assertNotAllowed(await stack.api.modify(out_order_no, correction(300), keyed('a')));
    await stack.api.complete(out_order_no, rentalEnd(500));
    await stack.api.modify(out_order_no, correction(300));
    await stack.people.pay(out_order_no);
    await stack.run(out_order_no).result();
    assertNotAllowed(await stack.api.modify(out_order_no, correction(300), keyed('a')));
    assert.equal((await stack.api.modify(out_order_no, correction(300))).status, 200);
  });

  it('leaves nothing without a key, and passes when the rule lets it', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    const before = (await stack.historyOf(out_order_no)).length;
    for (let n = 0; n < 20; n++) {
      assertNotAllowed(await stack.api.modify(out_order_no, correction(300)));
    }
    assert.deepEqual((await stack.api.read(out_order_no)).body.operations, []);
    assert.equal((await stack.historyOf(out_order_no)).length, before);
    await stack.api.complete(out_order_no, rentalEnd(500));
    const done = await known(() => stack.api.modify(out_order_no, correction(300)));
    assert.equal(done.body.total_amount, 300);
  });
});

describe('under its key, after a Terminate and the same POST,', { concurrency: 6 }, () => {
  const stage = useStack({ simulator: { policies: { modify_limit: 'none' } } });

  it('what was done is done, and not done again', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    const { out_order_no } = order;
    const end = () => stack.api.complete(out_order_no, rentalEnd(500), keyed('end'));
    const lower = () => stack.api.modify(out_order_no, correction(300), keyed('lower'));
    assert.equal((await known(end)).status, 200);
    assert.equal((await known(lower)).status, 200);
    await stack.api.modify(out_order_no, correction(200));
    await takenUpAgain(stack, order);
    assert.equal((await end()).status, 200);
    assert.equal((await lower()).status, 200);
    assert.equal(await timesScheduled(stack, out_order_no, 'modifyServiceOrder'), 0);
    assert.deepEqual((await executedOn(stack, out_order_no)).slice(2), [
      ...['modified 300', 'modified 200'],
    ]);
  });

  it('what WeChat refused stays refused, in its words', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    const { out_order_no } = order;
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'totalAboveCap' });
    const end = () => stack.api.complete(out_order_no, rentalEnd(500), keyed('end'));
    assert.equal((await known(end)).status, 422);
    await takenUpAgain(stack, order);
    const { status, body } = await end();
    assert.deepEqual([status, body.message], [422, '总金额超过此服务的服务风险金额']);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0']);
  });

  it('what a rule refused stays refused', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    const { out_order_no } = order;
    const lower = () => stack.api.modify(out_order_no, correction(300), keyed('a'));
    assertNotAllowed(await lower());
    await takenUpAgain(stack, order);
    await stack.api.complete(out_order_no, rentalEnd(500));
    assertNotAllowed(await lower());
    await takenUpAgain(stack, order);
    assertNotAllowed(await lower());
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('another body is refused as such', async () => {
    const { stack } = stage;
    const order = await paying(stack);
    const { out_order_no } = order;
    await stack.api.modify(out_order_no, correction(300), keyed('lower'));
    await takenUpAgain(stack, order);
    const other = await stack.api.modify(out_order_no, correction(200), keyed('lower'));
    assert.equal(other.status, 422);
    assert.equal(other.body.type, 'urn:payscore-orders:key-reused');
  });

  it('what was left behind unfinished is asked for anew by the same, and by nothing else', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    const { out_order_no } = order;
    await strike(stack, out_order_no, 'complete', 'throttled', { times: 4 });
    const end = (total: number) => stack.api.complete(out_order_no, rentalEnd(total), keyed('end'));
    const first = await stack.hasty.complete(out_order_no, rentalEnd(500), keyed('end'));
    assert.equal(first.status, 202);
    await takenUpAgain(stack, order);
    assert.equal((await end(300)).body.type, 'urn:payscore-orders:key-reused');
    assert.equal((await known(() => end(500))).status, 200);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });
});

describe('a hundred keys', () => {
  const stage = useStack();

  it('are known across runs, and the oldest is new again where there are more', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    const { out_order_no } = order;
    const lower = (key: string) => stack.api.modify(out_order_no, correction(300), keyed(key));
    for (let n = 0; n < 100; n++) assertNotAllowed(await lower(`key-${n}`));
    await takenUpAgain(stack, order);
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await shown(stack, out_order_no, { phase: 'paying' });
    assertNotAllowed(await lower('key-0'));
    const higher = (key: string) => stack.api.modify(out_order_no, correction(600), keyed(key));
    for (const key of ['one-more', 'and-one-more']) assertNotAllowed(await higher(key));
    assertNotAllowed(await lower('key-99'));
    assert.equal((await higher('key-99')).body.type, 'urn:payscore-orders:key-reused');
    assertNotAllowed(await higher('key-0'));
  });
});

describe('what only means “send it again”', () => {
  const stage = useStack({ simulator: { policies: { cancel_while_paying: 'allowed' } } });

  it('is not the outcome of a key', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'slow', { delay_seconds: 9 });
    const leave = () => stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    for (let n = 0; n < 20; n++) assert.equal((await leave()).status, 202);
    const busy = await stack.api.once.cancel(out_order_no, CANCELLATION, keyed('cancel'));
    assert.deepEqual([busy.status, busy.body.type], [429, 'urn:payscore-orders:busy']);
    await shown(stack, out_order_no, { phase: 'paying' });
    const cancel = () => stack.api.cancel(out_order_no, CANCELLATION, keyed('cancel'));
    assert.equal((await known(cancel)).status, 200);
    assert.equal((await stack.run(out_order_no).result()).phase, 'cancelled');
  });
});
