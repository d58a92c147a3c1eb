/** A completion whose outcome is unknown: one amount, asked for once, and the one that the caller was told. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { rentalEnd } from '../../support/orders.ts';
import { executedOn, inService, known, shown, strike } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('a completion', { concurrency: 6 }, () => {
  const stage = useStack();

  for (const fault of [
    'executed-then-500',
    'executed-then-502-unsigned',
    'executed-then-cut',
    'cut',
    'accepted-202',
    'not-executed-500',
    'unavailable-503',
    'unsigned-502',
    'refused-unsigned',
    'bad-signature',
    'signtest',
    'stale-signature',
    'half-json-signed',
    'not-json',
  ] as const) {
    it(`whose outcome is unknown (${fault}) is asked about, and the amount asked for once`, async () => {
      const { stack } = stage;
      const { out_order_no } = await inService(stack);
      await strike(stack, out_order_no, 'complete', fault);
      const complete = () => stack.api.complete(out_order_no, rentalEnd(500));
      const { status, body } = await known(complete);
      assert.equal(status, 200);
      assert.equal(body.phase, 'paying');
      assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
    });
  }

  it('that is refused as a contradiction and takes effect later is called done, not refused', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'refused-executed-late', { delay_seconds: 5 });
    await stack.api.complete(out_order_no, rentalEnd(500), { prefer: 'respond-async' });
    const isOver = ([{ state }]: any) => state === 'done' || state === 'refused';
    const { operations, phase } = await shown(stack, out_order_no, { operations: isOver }, 90_000);
    assert.deepEqual([operations[0].state, phase], ['done', 'paying']);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('outlasts queries that fail as well', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'executed-then-cut');
    await strike(stack, out_order_no, 'query', 'bad-signature', { times: 2 });
    const complete = () => stack.api.complete(out_order_no, rentalEnd(500));
    assert.equal((await known(complete)).status, 200);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('whose answer is lost ends with the callback that comes first', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'executed-then-cut');
    await strike(stack, out_order_no, 'query', 'cut', { times: 20 });
    const completing = stack.api.complete(out_order_no, rentalEnd(500));
    await eventually(
      'the completion',
      async () => (await executedOn(stack, out_order_no)).length === 2,
    );
    await stack.people.pay(out_order_no);
    const { status, body } = await completing;
    assert.equal(status, 200);
    assert.equal(body.phase, 'paid');
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
    assert.deepEqual(await executedOn(stack, out_order_no), [
      'created 0',
      'completed 500',
      'charged 500',
    ]);
  });

  it('whose outcome is unknown makes the next one wait, which is then decided by what came out', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'executed-then-cut');
    await strike(stack, out_order_no, 'query', 'cut');
    const first = stack.api.complete(out_order_no, rentalEnd(500));
    await eventually(
      'the completion',
      async () => (await executedOn(stack, out_order_no)).length === 2,
    );
    const second = await stack.api.complete(out_order_no, rentalEnd(300));
    assert.equal((await first).status, 200);
    assert.equal(second.status, 409);
    assert.match(second.body.detail, /total_amount 500/);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('of 500 that lands while the caller already wants 300 is what counts, and 300 is refused with it', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'executed-late', { delay_seconds: 4 });
    // Sent again, it is refused: a belief in that would let 300 out while 500 is still on its way.
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'totalAboveCap' });
    const first = stack.hasty.complete(out_order_no, rentalEnd(500), { 'idempotency-key': 'a' });
    await shown(stack, out_order_no, { phase: 'in_service' });
    const second = stack.hasty.complete(out_order_no, rentalEnd(300), { 'idempotency-key': 'b' });
    assert.equal((await first).status, 202);
    // It came later, and on a busy machine the first may be known by the time its caller has waited.
    assert.ok([202, 409].includes((await second).status));

    await shown(stack, out_order_no, { phase: 'paying' }, 40_000);
    const wanted = async (total: number, key: string) =>
      await stack.api.complete(out_order_no, rentalEnd(total), { 'idempotency-key': key });
    assert.equal((await wanted(500, 'a')).status, 200);
    assert.equal((await wanted(300, 'b')).status, 409);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('taken but not known in time is answered 202, says that it is unknown, and is found out', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'executed-then-cut');
    await strike(stack, out_order_no, 'query', 'cut', { times: 4 });
    const answer = await stack.hasty.complete(out_order_no, rentalEnd(500));
    assert.equal(answer.status, 202);
    assert.equal(answer.headers.get('location'), `/v1/service-orders/${out_order_no}`);
    const { pending_operation } = await shown(stack, out_order_no, { phase: 'in_service' });
    assert.equal(pending_operation.operation, 'complete');
    assert.equal(pending_operation.is_unknown, true);
    const { pending_operation: none } = await shown(stack, out_order_no, { phase: 'paying' });
    assert.equal(none, undefined);
  });

  it('survives "Request Cancellation" in the web UI, as the order does', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'executed-then-cut');
    await strike(stack, out_order_no, 'query', 'cut');
    const completing = stack.api.complete(out_order_no, rentalEnd(500));
    await eventually(
      'the completion',
      async () => (await executedOn(stack, out_order_no)).length === 2,
    );
    await stack.run(out_order_no).cancel();
    assert.equal((await completing).status, 200);
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });
});
