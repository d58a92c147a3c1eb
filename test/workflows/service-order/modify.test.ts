/** An amount is lowered while WeChat is charging, once per request, and the user is charged the lowered one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CANCELLATION, correction, rental, rentalEnd } from '../../support/orders.ts';
import { chargedOn, executedOn, inService, paying, shown, strike } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('modify', { concurrency: 6 }, () => {
  const stage = useStack();

  it('lowers what WeChat charges, and the order is paid with that', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    const { status, body } = await stack.api.modify(out_order_no, correction(300));
    assert.equal(status, 200);
    assert.equal(body.phase, 'paying');
    assert.equal(body.total_amount, 300);
    await stack.people.pay(out_order_no);
    const paid = await stack.run(out_order_no).result();
    assert.equal(paid.phase, 'paid');
    assert.equal(paid.trouble, undefined);
    assert.equal(await chargedOn(stack, out_order_no), 300);
  });

  for (const total_amount of [500, 501]) {
    it(`to ${total_amount} of 500 is refused by the rule, and WeChat is not asked`, async () => {
      const { stack } = stage;
      const { out_order_no } = await paying(stack);
      const { status, body } = await stack.api.modify(out_order_no, correction(total_amount));
      assert.equal(status, 409);
      assert.match(body.detail, /lower than the present 500/);
      assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
    });
  }

  it('is refused in service, where nothing is charged', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    const { status, body } = await stack.api.modify(out_order_no, correction(300));
    assert.equal(status, 409);
    assert.match(body.detail, /only while WeChat Pay is charging \(paying\); .* in_service/);
  });

  it('is refused while the user is to authorise', async () => {
    const { stack } = stage;
    const { out_order_no, ...order } = rental();
    await stack.api.open({ out_order_no, ...order });
    const { status, body } = await stack.api.modify(out_order_no, correction(300));
    assert.equal(status, 409);
    assert.match(body.detail, /authorizing/);
  });

  it('of a paid order is refused with the advice to refund', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await stack.people.pay(out_order_no);
    await stack.run(out_order_no).result();
    const { status, body } = await stack.api.modify(out_order_no, correction(300));
    assert.equal(status, 409);
    assert.match(body.detail, /it is paid, total_amount 500.*refund the difference/);
  });

  it('of a cancelled order is refused', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stack.api.cancel(out_order_no, CANCELLATION);
    const { status, body } = await stack.api.modify(out_order_no, correction(300));
    assert.equal(status, 409);
    assert.match(body.detail, /cancelled/);
  });

  it('asked twice at once and once more later is done once, with 200 each time', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    const both = await Promise.all([
      stack.api.modify(out_order_no, correction(300)),
      stack.api.modify(out_order_no, correction(300)),
    ]);
    const later = await stack.api.modify(out_order_no, correction(300));
    assert.deepEqual(
      [...both, later].map(({ status }) => status),
      [200, 200, 200],
    );
    assert.deepEqual((await executedOn(stack, out_order_no)).slice(2), ['modified 300']);
  });

  for (const fault of [
    'executed-then-500',
    'executed-then-cut',
    'cut',
    'accepted-202',
    'bad-signature',
    'unsigned-502',
  ] as const) {
    it(`whose outcome is unknown (${fault}) is asked about, and done once`, async () => {
      const { stack } = stage;
      const { out_order_no } = await paying(stack);
      await strike(stack, out_order_no, 'modify', fault);
      const { status, body } = await stack.api.modify(out_order_no, correction(300));
      assert.equal(status, 200);
      assert.equal(body.total_amount, 300);
      assert.deepEqual((await executedOn(stack, out_order_no)).slice(2), ['modified 300']);
    });
  }

  it('that WeChat refuses is answered with its words, and the order stays', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await strike(stack, out_order_no, 'modify', 'refused', { refusal: 'modifiedBefore' });
    const { status, body } = await stack.api.modify(out_order_no, correction(300));
    assert.equal(status, 422);
    assert.equal(body.message, '订单金额只能修改一次');
    const order = await shown(stack, out_order_no, { phase: 'paying' });
    assert.equal(order.total_amount, 500);
    assert.equal(order.last_refusal.operation, 'modify');
    assert.equal(order.trouble, undefined);
  });

  it('that WeChat refuses although it was done before is a success', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await strike(stack, out_order_no, 'modify', 'executed-then-cut');
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'system' });
    await strike(stack, out_order_no, 'modify', 'refused', { refusal: 'modifiedBefore' });
    assert.equal((await stack.api.modify(out_order_no, correction(300))).status, 200);
    assert.deepEqual((await executedOn(stack, out_order_no)).slice(2), ['modified 300']);
  });

  it('names the faults of a body', async () => {
    const { api } = stage.stack;
    const { status, body } = await api.modify('any', { ...rentalEnd(300), reason: '' });
    assert.equal(status, 400);
    assert.deepEqual(
      body.errors.map(({ pointer }: { pointer: string }) => pointer),
      ['/reason'],
    );
  });
});

describe('modify, where WeChat takes several and takes nothing for an amount', () => {
  const stage = useStack({
    simulator: { policies: { modify_limit: 'none', modify_to_zero: 'done' } },
  });

  it('may follow a modify, downwards', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    assert.equal((await stack.api.modify(out_order_no, correction(400))).status, 200);
    assert.equal((await stack.api.modify(out_order_no, correction(200))).status, 200);
    assert.equal((await stack.api.modify(out_order_no, correction(300))).status, 409);
    assert.deepEqual((await executedOn(stack, out_order_no)).slice(2), [
      'modified 400',
      'modified 200',
    ]);
  });

  it('to nothing ends the order free, by a query’s word', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    const { status, body } = await stack.api.modify(out_order_no, correction(0));
    assert.equal(status, 200);
    assert.equal(body.phase, 'free');
    assert.equal((await stack.run(out_order_no).result()).phase, 'free');
  });
});

describe('modify, where WeChat takes one only, and nothing for no amount', () => {
  const stage = useStack({
    simulator: {
      policies: { modify_limit: 'once', modify_to_zero: 'refused', modify_repeat: 'never' },
    },
  });

  it('leaves the order at the amount of the first, with the words about the second', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    const lower = (total: number) => stack.api.modify(out_order_no, correction(total));
    const toNothing = await lower(0);
    assert.deepEqual([toNothing.status, toNothing.body.message], [422, '修改后的总金额不能为0']);
    assert.equal((await lower(300)).status, 200);
    assert.equal((await lower(300)).status, 200);
    const second = await lower(200);
    assert.deepEqual([second.status, second.body.message], [422, '订单金额只能修改一次']);
    const { total_amount, trouble } = await shown(stack, out_order_no, { phase: 'paying' });
    assert.deepEqual([total_amount, trouble], [300, undefined]);
    assert.deepEqual((await executedOn(stack, out_order_no)).slice(2), ['modified 300']);
  });
});
