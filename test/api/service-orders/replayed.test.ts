/** Whether an answer says that the same was asked for before. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApiAnswer } from '../../support/api-client.ts';
import { correction, newNumber, rental, rentalEnd } from '../../support/orders.ts';
import { inService, known, paying, shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

const saysSo = ({ headers }: ApiAnswer) => headers.get('idempotency-replayed');

describe('Idempotency-Replayed', { concurrency: true }, () => {
  const stage = useStack();

  it('is said of an opening that was opened before with the same body, and of no other answer', async () => {
    const { api, people } = stage.stack;
    const order = rental();
    await people.authorise(order.openid);
    const first = await api.open(order);
    assert.deepEqual([first.status, saysSo(first)], [201, null]);
    const again = await api.open(order);
    assert.deepEqual([again.status, saysSo(again)], [200, 'true']);
    const other = await api.open({ ...order, service_introduction: '雨伞' });
    assert.deepEqual([other.status, saysSo(other)], [409, null]);
    assert.equal(saysSo(await api.read(order.out_order_no)), null);
  });

  it('is said of an opening whose user is still to authorise', async () => {
    const { api } = stage.stack;
    const order = rental();
    const first = await api.open(order);
    assert.deepEqual([first.status, saysSo(first)], [202, null]);
    const again = await api.open(order);
    assert.deepEqual([again.status, saysSo(again)], [202, 'true']);
  });

  it('is said of a change that was asked for under the same key, while the order goes on and after', async () => {
    const { stack } = stage;
    const { api, people } = stack;
    const { out_order_no } = await inService(stack);
    const key = { 'idempotency-key': newNumber() };
    const complete = () => api.complete(out_order_no, rentalEnd(500), key);
    const first = await complete();
    assert.deepEqual([first.status, saysSo(first)], [200, null]);
    const again = await known(complete);
    assert.deepEqual([again.status, saysSo(again)], [200, 'true']);
    await people.pay(out_order_no);
    await shown(stack, out_order_no, { phase: 'paid' });
    const late = await known(complete);
    assert.deepEqual([late.status, saysSo(late)], [200, 'true']);
  });

  it('is not said where the effect was there, and the key is a new one or none', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack, 500);
    for (const headers of [{}, { 'idempotency-key': newNumber() }]) {
      const answer = await known(() => stack.api.complete(out_order_no, rentalEnd(500), headers));
      assert.deepEqual([answer.status, saysSo(answer)], [200, null]);
    }
  });

  it('is said of a refusal, by a rule or by WeChat Pay, and not of a key that was used otherwise', async () => {
    const { stack } = stage;
    const { api } = stack;
    const { out_order_no } = await inService(stack);
    const rule = { 'idempotency-key': newNumber() };
    const tooEarly = () => api.modify(out_order_no, correction(100), rule);
    const [first, again] = [await tooEarly(), await tooEarly()];
    assert.deepEqual([first.status, saysSo(first)], [409, null]);
    assert.deepEqual([again.status, saysSo(again)], [409, 'true']);
    const refused = { 'idempotency-key': newNumber() };
    const tooMuch = () => known(() => api.complete(out_order_no, rentalEnd(100_001), refused));
    const [once, twice] = [await tooMuch(), await tooMuch()];
    assert.deepEqual([once.status, saysSo(once)], [422, null]);
    assert.deepEqual([twice.status, saysSo(twice)], [422, 'true']);
    const otherwise = await api.complete(out_order_no, rentalEnd(1), refused);
    assert.equal(otherwise.body.type, 'urn:payscore-orders:key-reused');
    assert.equal(saysSo(otherwise), null);
  });

  it('is said of a refund that was asked for under the same number', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack, 500);
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { phase: 'paid' });
    const body = { out_refund_no: newNumber(), amount: 200 };
    const refund = (what = body) => stack.api.on(out_order_no, 'refunds', what);
    const first = await refund();
    assert.ok([200, 202].includes(first.status));
    assert.equal(saysSo(first), null);
    assert.equal(saysSo(await refund()), 'true');
    const different = await refund({ ...body, amount: 201 });
    assert.deepEqual([different.status, saysSo(different)], [409, null]);
  });
});
