/** A payment that the merchant got himself is told to WeChat, which then stops charging. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { rfc3339Of } from '../../../payscore/times/beijing-time.ts';
import { newNumber } from '../../support/orders.ts';
import { chargedOn, executedOn, inService, known, paying, strike } from '../../support/play.ts';
import type { Stack } from '../../support/stack.ts';
import { useStack } from '../../support/stage.ts';

const HOUR_MS = 3_600_000;
const paidAt = (ms: number) => ({ paid_time: rfc3339Of(new Date(ms)) });

describe('sync', { concurrency: 6 }, () => {
  const stage = useStack();

  /** Charged for a moment: WeChat takes no payment of the second of the completion. */
  async function owing(stack: Stack) {
    const order = await paying(stack);
    await delay(2_100);
    return order;
  }

  it('ends the order paid_elsewhere, once, however often it is asked', async () => {
    const { stack } = stage;
    const { out_order_no } = await owing(stack);
    const paid = paidAt(Date.now());
    const both = await Promise.all([
      stack.api.sync(out_order_no, paid),
      stack.api.sync(out_order_no, paid),
    ]);
    const later = await stack.api.sync(out_order_no, paid);
    for (const { status, body } of [...both, later]) {
      assert.equal(status, 200);
      assert.equal(body.phase, 'paid_elsewhere');
    }
    assert.deepEqual((await executedOn(stack, out_order_no)).slice(2), ['synced 500']);
    assert.equal(await chargedOn(stack, out_order_no), 0);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid_elsewhere');
  });

  it('in service is refused: nothing is owed yet', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    const { status, body } = await stack.api.sync(out_order_no, paidAt(Date.now()));
    assert.equal(status, 409);
    assert.match(body.detail, /paying.*in_service/);
  });

  it('of a payment before the completion is refused by the rule', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    const { status, body } = await stack.api.sync(out_order_no, paidAt(Date.now() - HOUR_MS));
    assert.equal(status, 409);
    assert.match(body.detail, /later than the completion/);
  });

  for (const [what, paid_time] of [
    ['to come', rfc3339Of(new Date(Date.now() + HOUR_MS))],
    ['without a zone', '2026-10-01T12:00:00'],
    ['of a day', '20261001'],
  ] as const) {
    it(`of a time ${what} is a fault of the body`, async () => {
      const { status, body } = await stage.stack.api.sync(newNumber(), { paid_time });
      assert.equal(status, 400);
      assert.equal(body.errors[0].pointer, '/paid_time');
    });
  }

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
      const { out_order_no } = await owing(stack);
      await strike(stack, out_order_no, 'sync', fault);
      const paid = paidAt(Date.now());
      const { status, body } = await known(() => stack.api.sync(out_order_no, paid));
      assert.equal(status, 200);
      assert.equal(body.phase, 'paid_elsewhere');
      assert.deepEqual((await executedOn(stack, out_order_no)).slice(2), ['synced 500']);
    });
  }

  it('of a paid order is refused, and the order stays paid', async () => {
    const { stack } = stage;
    const { out_order_no } = await owing(stack);
    await stack.people.pay(out_order_no);
    await stack.run(out_order_no).result();
    const { status, body } = await stack.api.sync(out_order_no, paidAt(Date.now()));
    assert.equal(status, 409);
    assert.match(body.detail, /it is paid, total_amount 500/);
  });
});
