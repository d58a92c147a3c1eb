/** What a run had accepted and owed when it was ended from outside, every later run of the order knows. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { WorkflowNotFoundError } from '@temporalio/client';
import { beijingTimeOf, rfc3339Of } from '../../../payscore/times/beijing-time.ts';
import type { OrderView } from '../../../payscore/order/view.ts';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { CANCELLATION, correction, rental, rentalEnd } from '../../support/orders.ts';
import { executedOn, inService, isOnItsWay, paying, shown, strike } from '../../support/play.ts';
import { useStack, type Stage } from '../../support/stage.ts';
import type { Stack } from '../../support/stack.ts';

const BY_MISTAKE = 'pressed by mistake';
const ASYNC = { prefer: 'respond-async' };
const keyed = (key: string) => ({ 'idempotency-key': key });

const OPERATIONS = [
  ['cancel', () => CANCELLATION, 500],
  ['modify', () => correction(300), 200],
  ['sync', () => ({ paid_time: rfc3339Of(new Date()) }), 500],
] as const;

const statesOf = ({ operations }: OrderView) =>
  operations.map(({ idempotency_key, state }) => [idempotency_key, state]);

/** Accepted under its key with 202, on its way, and WeChat has not heard of it. */
async function promised(
  stack: Stack,
  operation: (typeof OPERATIONS)[number][0],
  bodyOf: () => object,
): Promise<string> {
  const { out_order_no } = await paying(stack);
  await delay(2_000);
  await strike(stack, out_order_no, operation, 'cut', { times: 50 });
  await strike(stack, out_order_no, 'query', 'cut', { times: 50 });
  const { status } = await stack.api.on(out_order_no, operation, bodyOf(), {
    ...keyed(operation),
    ...ASYNC,
  });
  assert.equal(status, 202);
  await isOnItsWay(stack, out_order_no);
  return out_order_no;
}

async function owes(stack: Stack, out_order_no: string, amount: number, because: string) {
  const body = await shown(stack, out_order_no, { phase: 'paid' });
  const { trouble, refund_due } = body as OrderView;
  assert.deepEqual(
    [trouble, refund_due?.amount, refund_due?.because],
    ['refund_due', amount, because],
  );
  return body as OrderView;
}

describe('a run that is ended from outside', () => {
  const stage = useStack({ simulator: { policies: { cancel_while_paying: 'allowed' } } });

  async function ended(out_order_no: string): Promise<void> {
    await stage.stack.run(out_order_no).terminate(BY_MISTAKE);
    await stage.stack.people.clearFaults();
  }

  for (const [operation, bodyOf, owed] of OPERATIONS) {
    it(`with a ${operation} that was accepted leaves ${owed} fen to be paid back when the payment comes`, async () => {
      const { stack } = stage;
      const out_order_no = await promised(stack, operation, bodyOf);
      await ended(out_order_no);
      await stack.people.pay(out_order_no);
      const view = await owes(stack, out_order_no, owed, operation);
      assert.deepEqual(statesOf(view).at(-1), [operation, 'left_behind']);
    });

    it(`before a worker had heard of its ${operation} leaves ${owed} fen to be paid back as well`, async () => {
      const { stack } = stage;
      const { out_order_no } = await paying(stack);
      await delay(2_000);
      await stage.stopWorker();
      const headers = { ...keyed(operation), ...ASYNC };
      const { status } = await stack.api.on(out_order_no, operation, bodyOf(), headers);
      assert.equal(status, 202);
      await ended(out_order_no);
      await stage.startWorker();
      await stack.people.pay(out_order_no);
      const view = await owes(stack, out_order_no, owed, operation);
      assert.deepEqual(statesOf(view).slice(1), [[operation, 'left_behind']]);
    });
  }

  it('with an operation on its way keeps its key through a new opening, and the same again carries it out', async () => {
    const { stack } = stage;
    const order = rental();
    const { out_order_no } = order;
    await stack.people.authorise(order.openid);
    await stack.api.open(order);
    await shown(stack, out_order_no, { phase: 'in_service' });
    await delay(2_100);
    await stack.api.complete(out_order_no, rentalEnd(500), keyed('end'));
    await shown(stack, out_order_no, { phase: 'paying' });
    await strike(stack, out_order_no, 'cancel', 'cut', { times: 50 });
    await strike(stack, out_order_no, 'query', 'cut', { times: 50 });
    await stack.api.cancel(out_order_no, CANCELLATION, { ...keyed('cancel'), ...ASYNC });
    await isOnItsWay(stack, out_order_no);
    await ended(out_order_no);

    await stack.api.open(order);
    const view = await shown(stack, out_order_no, { phase: 'paying' });
    assert.deepEqual(statesOf(view), [
      ['end', 'done'],
      ['cancel', 'left_behind'],
    ]);
    const other = await stack.api.modify(out_order_no, correction(300), keyed('cancel'));
    assert.equal(other.body.type, 'urn:payscore-orders:key-reused');
    const repeated = await stack.api.complete(out_order_no, rentalEnd(500), keyed('end'));
    assert.equal(repeated.status, 200);
    const cancelled = await stack.api.cancel(out_order_no, CANCELLATION, keyed('cancel'));
    assert.deepEqual([cancelled.status, cancelled.body.phase], [200, 'cancelled']);
    assert.deepEqual(statesOf(await stack.run(out_order_no).result()), [
      ['end', 'done'],
      ['cancel', 'done'],
    ]);
    assert.deepEqual((await executedOn(stack, out_order_no)).slice(1), [
      'completed 500',
      'cancelled 0',
    ]);
  });

  it('with a completion on its way, taken up, says what had not been carried out, and the same again carries it out', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'cut', { times: 50 });
    await strike(stack, out_order_no, 'query', 'cut', { times: 50 });
    await stack.api.complete(out_order_no, rentalEnd(500), { ...keyed('end'), ...ASYNC });
    await isOnItsWay(stack, out_order_no);
    await ended(out_order_no);
    const { status, body } = await stack.api.adopt(out_order_no);
    assert.deepEqual([status, body.phase], [200, 'in_service']);
    assert.deepEqual(statesOf(body as unknown as OrderView), [['end', 'left_behind']]);
    const [told] = body.operations as { rule?: string }[];
    assert.match(told?.rule ?? '', /ended from outside; ask again/);
    assert.equal((await stack.api.complete(out_order_no, rentalEnd(500))).status, 200);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('again and again, by each taking up, still owes what the first had accepted', async () => {
    const { stack } = stage;
    const out_order_no = await promised(stack, 'cancel', () => CANCELLATION);
    await ended(out_order_no);
    for (let round = 0; round < 3; round++) {
      assert.equal((await stack.api.adopt(out_order_no)).body.phase, 'paying');
      await ended(out_order_no);
    }
    await stack.people.pay(out_order_no);
    const view = await owes(stack, out_order_no, 500, 'cancel');
    assert.deepEqual(statesOf(view).slice(1), [['cancel', 'left_behind']]);
  });

  it('with a cancel that was accepted owes nothing of what business code then has charged', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'cancel', 'cut', { times: 50 });
    await strike(stack, out_order_no, 'query', 'cut', { times: 50 });
    await stack.api.cancel(out_order_no, CANCELLATION, { ...keyed('cancel'), ...ASYNC });
    await isOnItsWay(stack, out_order_no);
    await ended(out_order_no);
    assert.equal((await stack.api.adopt(out_order_no)).body.phase, 'in_service');
    await stack.api.complete(out_order_no, rentalEnd(500), keyed('end'));
    await shown(stack, out_order_no, { phase: 'paying' });
    await stack.people.pay(out_order_no);
    const paid = await stack.run(out_order_no).result();
    assert.equal(paid.trouble, undefined);
    assert.deepEqual(statesOf(paid), [
      ['cancel', 'left_behind'],
      ['end', 'done'],
    ]);
  });
});

describe('a run that takes up an ended order for its payment, and is ended from outside', () => {
  const stage = useStack();

  it('before a worker saw it, leaves to the next what is owed', async () => {
    const { stack } = stage;
    const { out_order_no } = await paidAfterTheEnd(stage);
    await stack.run(out_order_no).terminate(BY_MISTAKE);
    await stage.startWorker();
    await stack.api.adopt(out_order_no);
    await owes(stack, out_order_no, 500, 'cancelled');
  });

  it('before a worker saw it, leaves it to the one that the repeated message starts', async () => {
    const { stack } = stage;
    const { out_order_no } = await paidAfterTheEnd(stage);
    await stack.run(out_order_no).terminate(BY_MISTAKE);
    await stage.startWorker();
    const [told] = await stack.people.notifications(out_order_no);
    await stack.people.resend(told?.id ?? '');
    await owes(stack, out_order_no, 500, 'cancelled');
  });

  it('twice before a worker saw it, leaves it as well', async () => {
    const { stack } = stage;
    const { out_order_no } = await paidAfterTheEnd(stage);
    await stack.run(out_order_no).terminate(BY_MISTAKE);
    await stack.api.adopt(out_order_no);
    await stack.run(out_order_no).terminate(BY_MISTAKE);
    await stage.startWorker();
    await stack.api.adopt(out_order_no);
    await owes(stack, out_order_no, 500, 'cancelled');
  });

  it('while WeChat was silent, leaves it as well, and is shown as the order had ended', async () => {
    const { stack } = stage;
    const { out_order_no } = await paidAfterTheEnd(stage);
    await strike(stack, out_order_no, 'query', 'cut', { times: 50 });
    await stage.startWorker();
    assert.equal((await stack.api.read(out_order_no)).body.phase, 'cancelled');
    // On a busy machine the payment's own message has ended it before.
    await stack.run(out_order_no).terminate(BY_MISTAKE).catch(unlessEnded);
    await stack.people.clearFaults();
    await stack.api.adopt(out_order_no);
    await owes(stack, out_order_no, 500, 'cancelled');
  });
});

describe('a run that found an ended order being charged after all, and is ended from outside', () => {
  const stage = useStack();

  it('leaves to the next what will be owed', async () => {
    const { stack } = stage;
    const { out_order_no } = await payingAfterTheEnd(stack);
    assert.equal((await stack.api.adopt(out_order_no)).body.phase, 'paying');
    await stack.run(out_order_no).terminate(BY_MISTAKE);
    await stack.people.pay(out_order_no);
    await owes(stack, out_order_no, 500, 'cancelled');
  });
});

/** Cancelled here; then another system brings it up to its payment, of which WeChat tells us while no worker runs. */
async function paidAfterTheEnd(stage: Stage): Promise<{ out_order_no: string }> {
  const { people, run } = stage.stack;
  await stage.startWorker();
  const { out_order_no } = await payingAfterTheEnd(stage.stack);
  const { runId } = await run(out_order_no).describe();
  await stage.stopWorker();
  await people.pay(out_order_no);
  await eventually('the new run', async () => {
    return (await run(out_order_no).describe()).runId !== runId;
  });
  return { out_order_no };
}

/** Cancelled here, and brought up to the charge by another system. */
async function payingAfterTheEnd({ api, merchant, people, run, url }: Stack) {
  const order = rental();
  const { out_order_no, openid } = order;
  await api.open(order);
  await api.cancel(out_order_no, CANCELLATION);
  assert.equal((await run(out_order_no).result()).phase, 'cancelled');

  const { appid, service_id } = merchant;
  await people.authorise(openid);
  const wechatpay = clientOf(merchant);
  await wechatpay.createServiceOrder({
    ...{ out_order_no, openid, appid, service_id, need_user_confirm: false },
    service_introduction: order.service_introduction,
    risk_fund: order.risk_fund,
    time_range: { start_time: 'OnAccept' },
    notify_url: `${url}/wechatpay/notifications`,
  });
  await delay(2_100);
  await wechatpay.completeServiceOrder(out_order_no, {
    ...rentalEnd(500),
    ...{ appid, service_id },
    time_range: { end_time: beijingTimeOf(new Date(Date.now() - 1_000), 14) },
  });
  await wechatpay.close();
  return { out_order_no };
}

function unlessEnded(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}
