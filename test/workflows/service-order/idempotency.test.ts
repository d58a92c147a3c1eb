/** The same request twice is done once: under its key, and where it has none, by what it would do. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CANCELLATION, correction, rentalEnd } from '../../support/orders.ts';
import { executedOn, inService, paying, shown, strike } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

const keyed = (key: string) => ({ 'idempotency-key': key });

describe('the same request', { concurrency: 6 }, () => {
  const stage = useStack({ simulator: { policies: { cancel_while_paying: 'allowed' } } });

  it('under one key, at once and later, is done once and answered alike', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    const end = () => stack.api.complete(out_order_no, rentalEnd(500), keyed('end'));
    const answers = [...(await Promise.all([end(), end(), end()])), await end()];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 200],
    );
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
    const { operations } = await shown(stack, out_order_no, { phase: 'paying' });
    assert.deepEqual(
      operations.map(({ idempotency_key, state }: Record<string, string>) => [
        idempotency_key,
        state,
      ]),
      [['end', 'done']],
    );
  });

  it('under one key while its outcome is unknown waits for that outcome', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'executed-then-cut');
    await strike(stack, out_order_no, 'query', 'cut');
    const end = () => stack.api.complete(out_order_no, rentalEnd(500), keyed('end'));
    const first = end();
    await shown(stack, out_order_no, { phase: 'in_service' });
    const second = end();
    assert.equal((await first).status, 200);
    assert.equal((await second).status, 200);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('left without waiting and then waited for under its key gets the outcome of the first', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    const async = { ...keyed('end'), prefer: 'respond-async' };
    assert.equal((await stack.api.complete(out_order_no, rentalEnd(500), async)).status, 202);
    assert.equal((await stack.api.complete(out_order_no, rentalEnd(500), async)).status, 202);
    const { status } = await stack.api.complete(out_order_no, rentalEnd(500), keyed('end'));
    assert.equal(status, 200);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('with another body under the same key is refused as such, and nothing is done', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stack.api.complete(out_order_no, rentalEnd(500), keyed('end'));
    for (const answer of [
      await stack.api.complete(out_order_no, rentalEnd(300), keyed('end')),
      await stack.api.modify(out_order_no, correction(300), keyed('end')),
      await stack.api.cancel(out_order_no, CANCELLATION, keyed('end')),
    ]) {
      assert.equal(answer.status, 422);
      assert.equal(answer.body.type, 'urn:payscore-orders:key-reused');
    }
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('with another body under the same key is refused while the first is unknown, and after the end', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'slow', { delay_seconds: 3 });
    const first = stack.api.complete(out_order_no, rentalEnd(500), keyed('end'));
    await shown(stack, out_order_no, { phase: 'in_service' });
    const during = await stack.api.complete(out_order_no, rentalEnd(300), keyed('end'));
    assert.equal((await first).status, 200);
    await stack.people.pay(out_order_no);
    await stack.run(out_order_no).result();
    const after = await stack.api.complete(out_order_no, rentalEnd(300), keyed('end'));
    for (const { status, body } of [during, after]) {
      assert.equal(status, 422);
      assert.equal(body.type, 'urn:payscore-orders:key-reused');
    }
  });

  it('that was refused by WeChat stays refused under its key, and another key tries again', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'riskRefused' });
    const end = (key: string) => stack.api.complete(out_order_no, rentalEnd(500), keyed(key));
    for (const attempt of ['first', 'repeated']) {
      const { status, body } = await end('a');
      assert.equal(status, 422, attempt);
      assert.equal(body.message, '综合评估不通过');
      assert.match(body.request_id, /-271300099$/);
    }
    assert.equal((await end('b')).status, 200);
    assert.equal((await end('a')).status, 422);
    await stack.people.pay(out_order_no);
    await stack.run(out_order_no).result();
    assert.equal((await end('a')).status, 422);
    assert.equal((await end('b')).status, 200);
    assert.equal((await end('c')).status, 200, 'its effect is there with the same values');
  });

  it('that waited and was then refused by a rule gets that again, after the end as well', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'slow', { delay_seconds: 3 });
    const first = stack.api.complete(out_order_no, rentalEnd(500), keyed('a'));
    await shown(stack, out_order_no, { phase: 'in_service' });
    const end = () => stack.api.complete(out_order_no, rentalEnd(300), keyed('b'));
    assert.equal((await end()).status, 409);
    assert.equal((await first).status, 200);
    assert.match((await end()).body.detail, /total_amount 500/);
    await stack.people.pay(out_order_no);
    await stack.run(out_order_no).result();
    assert.equal((await end()).status, 409);
  });

  it('of a cancelled order is told how it ended; its own key gets its first outcome', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await stack.api.modify(out_order_no, correction(300), keyed('lower'));
    await stack.api.cancel(out_order_no, CANCELLATION, keyed('cancel'));
    await stack.run(out_order_no).result();
    assert.equal((await stack.api.cancel(out_order_no, CANCELLATION, keyed('cancel'))).status, 200);
    assert.equal(
      (await stack.api.modify(out_order_no, correction(300), keyed('lower'))).status,
      200,
    );
    const late = await stack.api.complete(out_order_no, rentalEnd(500), keyed('late'));
    assert.equal(late.status, 409);
    assert.match(late.body.detail, /it is cancelled/);
    const async = { prefer: 'respond-async' };
    const left = await stack.api.complete(out_order_no, rentalEnd(500), async);
    assert.equal(left.status, 409);
  });

  it('left without waiting, and asked again after the end, gets its first outcome, whatever came then', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    const left = { ...keyed('lower'), prefer: 'respond-async' };
    await stack.api.modify(out_order_no, correction(300), left);
    await shown(stack, out_order_no, { total_amount: 300 });
    await stack.api.cancel(out_order_no, CANCELLATION);
    await stack.run(out_order_no).result();
    const again = await stack.api.modify(out_order_no, correction(300), keyed('lower'));
    assert.equal(again.status, 200);
    assert.equal(again.body.phase, 'cancelled');
  });

  for (const key of ['a/b', 'x'.repeat(65), 'mit leer', '']) {
    it(`has no key like ${JSON.stringify(key.slice(0, 10))}: 400`, async () => {
      const { status, body } = await stage.stack.api.complete('any', rentalEnd(5), keyed(key));
      assert.equal(status, 400);
      assert.match(body.detail, /Idempotency-Key/);
    });
  }
});
