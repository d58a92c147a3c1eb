/** No operation hangs unseen: what keeps it from its outcome for ten minutes is trouble, with its reason in words. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { rfc3339Of } from '../../../payscore/times/beijing-time.ts';
import { eventually } from '../../support/eventually.ts';
import type { Call } from '../../../simulator/transport/call.ts';
import type { RefusalName } from '../../../simulator/transport/refusals.ts';
import { CANCELLATION, correction, rental, rentalEnd } from '../../support/orders.ts';
import {
  executedOn,
  inService,
  paying,
  shown,
  strike,
  timesScheduled,
} from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { useLongStack } from '../../support/time-skipping.ts';

const ASYNC = { prefer: 'respond-async' };
const FOR_EVER = { times: 100_000 };

const saying = (words: RegExp) => (unresolved: unknown) => words.test(String(unresolved));

describe('an operation that is held for long', () => {
  const stage = useLongStack({ simulator: { policies: { cancel_while_paying: 'allowed' } } });
  afterEach(() => stage.stack.people.clearFaults());

  async function inServiceLong(): Promise<string> {
    const { stack } = stage;
    const order = rental();
    await stack.people.authorise(order.openid);
    await stack.api.open(order);
    await shown(stack, order.out_order_no, { phase: 'in_service' });
    await stage.pass(10);
    return order.out_order_no;
  }

  const attempts = (out_order_no: string, activity: string, times: number) =>
    eventually(`${times} × ${activity}`, async () => {
      return (await timesScheduled(stage.stack, out_order_no, activity)) >= times;
    });

  it('by 429 without end is trouble after ten minutes, and done when that ends', async () => {
    const { stack } = stage;
    const out_order_no = await inServiceLong();
    await strike(stack, out_order_no, 'complete', 'throttled', FOR_EVER);
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await attempts(out_order_no, 'completeServiceOrder', 1);
    await stage.pass(540);
    await shown(stack, out_order_no, { phase: 'in_service', trouble: undefined });
    await stage.pass(120);
    const held = saying(/not sent, or not taken: .*429 FREQUENCY_LIMITED/);
    const body = await shown(stack, out_order_no, { trouble: 'unresolved', unresolved: held });
    assert.match(JSON.stringify(body.timeline), /trouble: unresolved .*429 FREQUENCY_LIMITED/);
    await stack.people.clearFaults();
    await stage.pass(700);
    const done = await shown(stack, out_order_no, { phase: 'paying' });
    assert.deepEqual([done.trouble, done.unresolved], [undefined, undefined]);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('shows what a cancel waits for that came after it', async () => {
    const { stack } = stage;
    const out_order_no = await inServiceLong();
    await strike(stack, out_order_no, 'complete', 'throttled-by-gateway', FOR_EVER);
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await attempts(out_order_no, 'completeServiceOrder', 1);
    await stack.api.cancel(out_order_no, CANCELLATION, ASYNC);
    await stage.pass(660);
    const body = await shown(stack, out_order_no, { trouble: 'unresolved' });
    assert.equal(body.pending_operation.operation, 'complete');
    await stack.people.clearFaults();
    await stage.pass(700);
    await shown(stack, out_order_no, { phase: 'cancelled', trouble: undefined });
  });

  it('is counted from its own first attempt, not from when it was asked for', async () => {
    const { stack } = stage;
    const out_order_no = await inServiceLong();
    await strike(stack, out_order_no, 'complete', 'throttled', { times: 10 });
    await strike(stack, out_order_no, 'cancel', 'throttled', FOR_EVER);
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await attempts(out_order_no, 'completeServiceOrder', 1);
    await stack.api.cancel(out_order_no, CANCELLATION, ASYNC);
    await stage.pass(660);
    await shown(stack, out_order_no, { trouble: 'unresolved', phase: 'in_service' });
    await stage.pass(600);
    await shown(stack, out_order_no, { phase: 'paying', trouble: undefined });
    await attempts(out_order_no, 'cancelServiceOrder', 1);
    await stage.pass(700);
    await shown(stack, out_order_no, { phase: 'paying', trouble: 'unresolved' });
  });

  it('tells what holds it now, where that changes', async () => {
    const { stack } = stage;
    const out_order_no = await inServiceLong();
    await strike(stack, out_order_no, 'complete', 'throttled', { times: 11 });
    await strike(stack, out_order_no, 'complete', 'unsigned-502', FOR_EVER);
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await attempts(out_order_no, 'completeServiceOrder', 1);
    await stage.pass(660);
    await shown(stack, out_order_no, { unresolved: saying(/not sent, or not taken/) });
    await stage.pass(3_600);
    await shown(stack, out_order_no, {
      ...{ trouble: 'unresolved', unresolved: saying(/Whether WeChat Pay did it is not known/) },
    });
  });

  it('by a refusal after which WeChat does not tell how the order stands is trouble', async () => {
    const { stack } = stage;
    const out_order_no = await inServiceLong();
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'totalAboveCap' });
    await strike(stack, out_order_no, 'query', 'unsigned-502', FOR_EVER);
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await attempts(out_order_no, 'getServiceOrder', 1);
    await stage.pass(660);
    const refused = saying(/refused \(PARAM_ERROR 总金额超过此服务的服务风险金额\).*does not say/);
    await shown(stack, out_order_no, { trouble: 'unresolved', unresolved: refused });
    await stack.people.clearFaults();
    await stage.pass(120);
    const body = await shown(stack, out_order_no, { trouble: 'operation_refused' });
    assert.equal(body.unresolved, undefined);
  });

  it('by a yes that WeChat’s account of the order never shows is trouble', async () => {
    const { stack } = stage;
    const out_order_no = await inServiceLong();
    await strike(stack, out_order_no, 'query', 'refused', {
      refusal: 'orderNotFound',
      ...FOR_EVER,
    });
    await stack.api.cancel(out_order_no, CANCELLATION, ASYNC);
    await attempts(out_order_no, 'getServiceOrder', 1);
    await stage.pass(660);
    const taken = saying(/has said yes, and its account of the order does not show it/);
    await shown(stack, out_order_no, { trouble: 'unresolved', unresolved: taken });
    await stack.people.clearFaults();
    await stage.pass(1_200);
    await shown(stack, out_order_no, { phase: 'cancelled', trouble: undefined });
  });

  it('by a charge is trouble, and lowers the amount when that is over', async () => {
    const { stack } = stage;
    const out_order_no = await inServiceLong();
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await shown(stack, out_order_no, { phase: 'paying' });
    await stack.people.openChargingWindow(out_order_no, 1_000);
    await stack.api.modify(out_order_no, correction(300), ASYNC);
    await attempts(out_order_no, 'modifyServiceOrder', 1);
    await stage.pass(660);
    const charging = saying(/is charging/);
    await shown(stack, out_order_no, { trouble: 'unresolved', unresolved: charging });
    await stage.pass(600);
    await shown(stack, out_order_no, { total_amount: 300, trouble: undefined });
  });

  it('is the creation, where that is held', async () => {
    const { stack } = stage;
    const order = rental({ deadlines: { creation_seconds: 3_600 } });
    const { out_order_no } = order;
    await stack.people.authorise(order.openid);
    await strike(stack, out_order_no, 'create', 'throttled', FOR_EVER);
    void stack.api.open(order).catch(() => undefined);
    await eventually('the run', async () => (await stack.api.read(out_order_no)).status === 200);
    await attempts(out_order_no, 'createServiceOrder', 1);
    await stage.pass(660);
    const held = saying(/not sent, or not taken: .*429 FREQUENCY_LIMITED/);
    await shown(stack, out_order_no, {
      phase: 'creating',
      trouble: 'unresolved',
      unresolved: held,
    });
    await stack.people.clearFaults();
    await stage.pass(700);
    await shown(stack, out_order_no, { phase: 'in_service', trouble: undefined });
  });

  it('by a refusal that may be about an earlier attempt is over after 330 s, though WeChat knows no order', async () => {
    const { stack } = stage;
    const out_order_no = await inServiceLong();
    await strike(stack, out_order_no, 'complete', 'cut');
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'riskRefused' });
    await strike(stack, out_order_no, 'query', 'refused', {
      refusal: 'orderNotFound',
      ...FOR_EVER,
    });
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await attempts(out_order_no, 'completeServiceOrder', 2);
    await stage.pass(300);
    const pending = await shown(stack, out_order_no, { phase: 'in_service', trouble: undefined });
    assert.equal(pending.pending_operation?.operation, 'complete');
    await stage.pass(60);
    const body = await shown(stack, out_order_no, { trouble: 'operation_refused' });
    assert.equal(body.last_refusal.message, '综合评估不通过');
    assert.equal(body.pending_operation, undefined);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0']);
  });
});

describe('a refusal while WeChat says that it knows no such order', { concurrency: 6 }, () => {
  const stage = useStack();

  const isNotKnown = (out_order_no: string) =>
    strike(stage.stack, out_order_no, 'query', 'refused', { refusal: 'orderNotFound', times: 20 });

  for (const [call, refusal, play, bodyNow] of [
    ['complete', 'riskRefused', inService, () => rentalEnd(500)],
    ['cancel', 'notCancellable', inService, () => CANCELLATION],
    ['modify', 'modifiedBefore', paying, () => correction(300)],
    ['sync', 'paidTime', paying, () => ({ paid_time: rfc3339Of(new Date()) })],
  ] as [Call, RefusalName, typeof inService, () => object][]) {
    it(`is the outcome of ${call}, told to whoever waits`, async () => {
      const { stack } = stage;
      const { out_order_no } = await play(stack);
      // A payment elsewhere is later than the completion, by whole seconds.
      await delay(1_100);
      await isNotKnown(out_order_no);
      await strike(stack, out_order_no, call, 'refused', { refusal });
      const refused = await stack.api.on(out_order_no, call, bodyNow());
      assert.equal(refused.status, 422);
      assert.equal(refused.body.type, 'urn:payscore-orders:refused-by-wechat-pay');
      const { operations, pending_operation } = (await stack.api.read(out_order_no)).body;
      assert.equal(operations.at(-1).state, 'refused');
      assert.equal(pending_operation, undefined);
    });
  }

  it('lets the next one have its turn', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await isNotKnown(out_order_no);
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'riskRefused' });
    const completing = stack.api.complete(out_order_no, rentalEnd(500));
    await shown(stack, out_order_no, { operations: ({ length }: unknown[]) => length === 1 });
    const cancelled = await stack.api.cancel(out_order_no, CANCELLATION);
    const completed = await completing;
    // On a busy machine either may take longer than its caller waits.
    assert.ok([422, 202].includes(completed.status), String(completed.status));
    const isRefused = (operations: any) => operations[0]?.state === 'refused';
    await shown(stack, out_order_no, { operations: isRefused });
    // It is done; that WeChat shows it takes as long as its account is missing.
    assert.ok([200, 202].includes(cancelled.status), String(cancelled.status));
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'cancelled 0']);
  });
});
