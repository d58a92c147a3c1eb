/** As long as a message may still arrive, nothing else is sent in its place and nothing is believed: on a server that skips time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { correction, rental, rentalEnd } from '../../support/orders.ts';
import { executedOn, shown, strike, timesScheduled } from '../../support/play.ts';
import { useLongStack } from '../../support/time-skipping.ts';

const ASYNC = { prefer: 'respond-async' };

describe('within 330 s of an attempt', () => {
  const stage = useLongStack({ simulator: { policies: { modify_limit: 'none' } } });

  /** The creation is begun, and its answer not waited for. */
  async function opening(change: Record<string, unknown> = {}) {
    const order = rental(change);
    await stage.stack.people.authorise(order.openid);
    return { ...order, open: () => stage.stack.api.open(order) };
  }

  const attempts = (out_order_no: string, activity: string, times: number) =>
    eventually(`${times} × ${activity}`, async () => {
      const scheduled = await timesScheduled(stage.stack, out_order_no, activity).catch(() => 0);
      return scheduled >= times;
    });

  async function inService() {
    const order = await opening();
    assert.equal((await order.open()).status, 201);
    await stage.pass(10);
    return order.out_order_no;
  }

  it('a refusal of another attempt is not believed: the user revokes, and the order is rejected only then', async () => {
    const { stack } = stage;
    const { out_order_no, openid, open } = await opening();
    await strike(stack, out_order_no, 'create', 'cut');
    const opened = open();
    await attempts(out_order_no, 'createServiceOrder', 1);
    await stack.people.revoke(openid);
    await attempts(out_order_no, 'createServiceOrder', 2);
    await opened;
    await stage.pass(300);
    await shown(stack, out_order_no, { phase: 'creating' });
    await stage.pass(40);
    const body = await shown(stack, out_order_no, { phase: 'rejected' });
    assert.equal(body.last_refusal.code, 'NO_AUTH');
    await assert.rejects(stack.people.order(out_order_no), { status: 404 });
  });

  it('of its deadline, an order that does not appear is not called rejected; afterwards it is, and nothing more is sent', async () => {
    const { stack } = stage;
    const { out_order_no, open } = await opening({ deadlines: { creation_seconds: 10 } });
    await strike(stack, out_order_no, 'create', 'cut', { times: 99 });
    const opened = open();
    await attempts(out_order_no, 'createServiceOrder', 1);
    await stage.pass(30);
    const sent = await timesScheduled(stack, out_order_no, 'createServiceOrder');
    await stage.pass(280);
    await shown(stack, out_order_no, { phase: 'creating' });
    await stage.pass(80);
    await shown(stack, out_order_no, { phase: 'rejected' });
    await opened;
    assert.equal(await timesScheduled(stack, out_order_no, 'createServiceOrder'), sent);
    assert.equal((await stack.api.open({ ...rental(), out_order_no })).status, 409);
    await assert.rejects(stack.people.order(out_order_no), { status: 404 });
  });

  it('of its deadline, an order that appears is cancelled at WeChat, and rejected', async () => {
    const { stack } = stage;
    const { out_order_no, open } = await opening({ deadlines: { creation_seconds: 10 } });
    await strike(stack, out_order_no, 'create', 'executed-late', { delay_seconds: 6 });
    await strike(stack, out_order_no, 'create', 'cut', { times: 3 });
    const opened = open();
    await attempts(out_order_no, 'createServiceOrder', 1);
    await stage.pass(30);
    await shown(stack, out_order_no, { phase: 'creating' });
    await delay(6_000);
    await stage.pass(330);
    const body = await shown(stack, out_order_no, { phase: 'rejected' });
    await opened;
    assert.match(body.explanation, /cancelled at WeChat Pay/);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'cancelled 0']);
  });

  it('an order that was created, and of which nothing could be learnt before its deadline, is cancelled and rejected', async () => {
    const { stack } = stage;
    const { out_order_no, open } = await opening({ deadlines: { creation_seconds: 10 } });
    await strike(stack, out_order_no, 'create', 'executed-then-500');
    await strike(stack, out_order_no, 'query', 'cut', { times: 8 });
    const opened = open();
    await attempts(out_order_no, 'createServiceOrder', 1);
    await stage.pass(300);
    await shown(stack, out_order_no, { phase: 'rejected' });
    await opened;
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'cancelled 0']);
  });

  it('a completion with another amount waits, and is sent when the first is proven not to come', async () => {
    const { stack } = stage;
    const out_order_no = await inService();
    await strike(stack, out_order_no, 'complete', 'cut');
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'totalAboveCap' });
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await stack.api.complete(out_order_no, rentalEnd(300), ASYNC);
    await attempts(out_order_no, 'completeServiceOrder', 1);
    await stage.pass(300);
    await attempts(out_order_no, 'completeServiceOrder', 2);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0']);
    await stage.pass(60);
    await shown(stack, out_order_no, { phase: 'paying' });
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 300']);
  });

  it('a completion that lands is found, and the one with another amount refused with it', async () => {
    const { stack } = stage;
    const out_order_no = await inService();
    await strike(stack, out_order_no, 'complete', 'executed-late', { delay_seconds: 5 });
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'totalAboveCap' });
    await stack.api.complete(out_order_no, rentalEnd(500), { ...ASYNC, 'idempotency-key': 'a' });
    await stack.api.complete(out_order_no, rentalEnd(300), { ...ASYNC, 'idempotency-key': 'b' });
    await attempts(out_order_no, 'completeServiceOrder', 1);
    await stage.pass(100);
    await delay(5_000);
    await stage.pass(300);
    const { operations, trouble } = await shown(stack, out_order_no, { phase: 'paying' });
    const states = operations.map(({ state }: { state: string }) => state);
    assert.deepEqual(states, ['done', 'not_allowed']);
    assert.equal(trouble, 'operation_refused');
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('a second correction waits, so that a late arrival of the first cannot undo it', async () => {
    const { stack } = stage;
    const out_order_no = await inService();
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await shown(stack, out_order_no, { phase: 'paying' });
    await strike(stack, out_order_no, 'modify', 'executed-late', { delay_seconds: 5 });
    await stack.api.modify(out_order_no, correction(400), ASYNC);
    await attempts(out_order_no, 'modifyServiceOrder', 1);
    await stage.pass(20);
    await shown(stack, out_order_no, { total_amount: 400 });
    await stack.api.modify(out_order_no, correction(300), ASYNC);
    await delay(6_000);
    assert.deepEqual((await executedOn(stack, out_order_no)).at(-1), 'modified 400');
    await stage.pass(330);
    await shown(stack, out_order_no, { total_amount: 300 });
    const { order } = await stack.people.order(out_order_no);
    assert.equal(order['total_amount'], 300);
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).trouble, undefined);
  });

  it('of a terminated run, an order that WeChat does not know is not given up when it is adopted; afterwards it is', async () => {
    const { stack } = stage;
    const { out_order_no, open } = await opening();
    await strike(stack, out_order_no, 'create', 'cut', { times: 99 });
    const opened = open();
    await attempts(out_order_no, 'createServiceOrder', 1);
    await stack.run(out_order_no).terminate('pressed by mistake');
    await opened;
    const adopting = stack.api.adopt(out_order_no);
    await shown(stack, out_order_no, { phase: 'creating' });
    await adopting;
    await stage.pass(200);
    await shown(stack, out_order_no, { phase: 'creating' });
    await stage.pass(3_600);
    await shown(stack, out_order_no, { phase: 'rejected' });
  });
});
