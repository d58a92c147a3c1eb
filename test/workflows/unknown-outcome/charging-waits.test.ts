/** While WeChat is charging at this very moment, it refuses: the same again every 3 minutes, on a server that skips time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { CANCELLATION, correction, rental, rentalEnd } from '../../support/orders.ts';
import { chargedOn, executedOn, owing, shown, timesScheduled } from '../../support/play.ts';
import { useLongStack } from '../../support/time-skipping.ts';

const ASYNC = { prefer: 'respond-async' };

describe('while a charge is under way', () => {
  // Its last word, where a cancellation is refused for as long as anything is to be paid, is no matter of waiting.
  const stage = useLongStack({ simulator: { policies: { cancel_while_paying: 'allowed' } } });

  /** An order of which WeChat is trying to charge 500 fen for so long. */
  async function charging(seconds: number): Promise<string> {
    const { stack } = stage;
    const order = rental();
    await stack.people.authorise(order.openid);
    assert.equal((await stack.api.open(order)).status, 201);
    await stage.pass(10);
    await stack.api.complete(order.out_order_no, rentalEnd(500), ASYNC);
    await shown(stack, order.out_order_no, { phase: 'paying' });
    await stack.people.openChargingWindow(order.out_order_no, seconds);
    return order.out_order_no;
  }

  const sent = (out_order_no: string, activity: string, times: number) =>
    eventually(`${times} × ${activity}`, async () => {
      return (await timesScheduled(stage.stack, out_order_no, activity)) === times;
    });

  it('a cancel is sent again in 3 minutes and no sooner, until WeChat takes it', async () => {
    const { stack } = stage;
    const out_order_no = await charging(300);
    await stack.api.cancel(out_order_no, CANCELLATION, ASYNC);
    await sent(out_order_no, 'cancelServiceOrder', 1);
    await stage.pass(150);
    await sent(out_order_no, 'cancelServiceOrder', 1);
    await stage.pass(40);
    await sent(out_order_no, 'cancelServiceOrder', 2);
    await shown(stack, out_order_no, { phase: 'paying' });
    await stage.pass(185);
    const cancelled = await shown(stack, out_order_no, { phase: 'cancelled' });
    assert.equal(cancelled.trouble, undefined);
    await sent(out_order_no, 'cancelServiceOrder', 3);
    assert.deepEqual((await executedOn(stack, out_order_no)).slice(2), ['cancelled 0']);
  });

  it('a cancel is overtaken by that charge: paid, and the money is due', async () => {
    const { stack } = stage;
    const out_order_no = await charging(300);
    await stack.api.cancel(out_order_no, CANCELLATION, ASYNC);
    await sent(out_order_no, 'cancelServiceOrder', 1);
    await stack.people.pay(out_order_no);
    const paid = await owing(stack, out_order_no);
    assert.equal(paid.phase, 'paid');
    assert.equal(paid.refund_due?.amount, 500);
    assert.equal(paid.refund_due?.because, 'cancel');
    assert.equal(await chargedOn(stack, out_order_no), 500);
  });

  it('a cancel is refused after ten more attempts, with WeChat’s words, and the order goes on', async () => {
    const { stack } = stage;
    const out_order_no = await charging(36_000);
    await stack.api.cancel(out_order_no, CANCELLATION, ASYNC);
    await sent(out_order_no, 'cancelServiceOrder', 1);
    await stage.pass(1_700);
    const held = (words: unknown) => /is charging/.test(String(words));
    await shown(stack, out_order_no, { trouble: 'unresolved', unresolved: held });
    await stage.pass(400);
    const body = await shown(stack, out_order_no, { trouble: 'operation_refused' });
    assert.equal(body.last_refusal.reason, 'charging');
    assert.equal(body.operations.at(-1).state, 'refused');
    await sent(out_order_no, 'cancelServiceOrder', 11);
    await stack.people.openChargingWindow(out_order_no, 0);
    await stack.people.pay(out_order_no);
    const paid = await stack.run(out_order_no).result();
    assert.equal(paid.refund_due, undefined, 'the caller was told that it was not cancelled');
  });

  it('a modify is sent again in 3 minutes, and lowers the amount', async () => {
    const { stack } = stage;
    const out_order_no = await charging(100);
    await stack.api.modify(out_order_no, correction(300), ASYNC);
    await sent(out_order_no, 'modifyServiceOrder', 1);
    await stage.pass(185);
    await shown(stack, out_order_no, { total_amount: 300 });
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).trouble, undefined);
    assert.equal(await chargedOn(stack, out_order_no), 300);
  });

  it('a cancel before the completion is not hindered by it', async () => {
    const { stack } = stage;
    const order = rental();
    await stack.people.authorise(order.openid);
    await stack.api.open(order);
    await stack.people.openChargingWindow(order.out_order_no, 3_600);
    await stack.api.cancel(order.out_order_no, CANCELLATION, ASYNC);
    await shown(stack, order.out_order_no, { phase: 'cancelled' });
  });
});
