/** An order taken up again, by "Reset", by its payment or by adoption, stands as WeChat and business code know it. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import proto from '@temporalio/proto';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { simulatorFolder } from '../../support/notification.ts';
import { newNumber, rental, rentalEnd } from '../../support/orders.ts';
import { inService, known, owing, paying } from '../../support/play.ts';
import { reset } from '../../support/reset.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const { EventType } = proto.temporal.api.enums.v1;

describe('an order taken up again', () => {
  let stack: Stack;
  let wechat: Awaited<ReturnType<typeof simulatorFolder>>;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  before(async () => {
    wechat = await simulatorFolder();
    stack = await startStack({ pollDelaysMs: [500], simulator: { folder: wechat.folder } });
    worker = await stack.startWorker();
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
    await wechat.remove();
  });
  afterEach(() => stack.people.clearFaults());

  const change = (out_order_no: string, operation: string, body: object = {}, key?: string) =>
    stack.api.call('POST', `/v1/service-orders/${out_order_no}/${operation}`, body, {
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    });

  const phaseOf = async (out_order_no: string) =>
    (await stack.api.read(out_order_no)).body.phase as string;

  async function notify(resource: unknown): Promise<number> {
    const { body, headers } = await wechat.notification({ resource });
    const answer = await fetch(`${stack.url}/wechatpay/notifications`, {
      method: 'POST',
      headers,
      body,
    });
    return answer.status;
  }

  async function resetTo(out_order_no: string, beforeEvent?: number): Promise<void> {
    const tasks = (await stack.historyOf(out_order_no)).filter(
      ({ eventType, eventId }) =>
        eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED &&
        (beforeEvent === undefined || Number(eventId) < beforeEvent),
    );
    await reset(stack, out_order_no, beforeEvent === undefined ? tasks[0] : tasks.at(-1));
  }

  it('Reset of an order whose time for the creation is long over does not end it', async () => {
    const order = rental({ deadlines: { creation_seconds: 10 } });
    await stack.people.authorise(order.openid);
    assert.equal((await stack.api.open(order)).status, 201);
    await delay(12_000);
    await resetTo(order.out_order_no);
    await eventually('news', async () => (await phaseOf(order.out_order_no)) !== 'creating');
    assert.equal(await phaseOf(order.out_order_no), 'in_service');
  });

  it('Reset keeps an operation whose caller was told 202 and has gone', async () => {
    const { out_order_no } = await inService(stack);
    await stack.people.planFault({ call: 'complete', fault: 'cut', out_order_no, times: 20 });
    const key = { 'idempotency-key': 'end' };
    const answer = await stack.hasty.complete(out_order_no, rentalEnd(500), key);
    assert.equal(answer.status, 202);
    await stack.people.clearFaults();
    const accepted = (await stack.historyOf(out_order_no)).findLast(
      ({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
    );
    await resetTo(out_order_no, Number(accepted!.eventId));
    await eventually('paying', async () => (await phaseOf(out_order_no)) === 'paying');
  });

  it('money that is owed stays owed when the payment is told once more, differently', async () => {
    const { out_order_no, openid } = await paying(stack);
    await stack.people.openChargingWindow(out_order_no, 600);
    const cancelling = change(out_order_no, 'cancel', { reason: '用户投诉' }, 'cancel');
    await eventually('the refusal', async () => wasRefused(await stack.historyOf(out_order_no)));
    await stack.people.pay(out_order_no);
    await cancelling;
    const result = await owing(stack, out_order_no);
    assert.deepEqual([result.phase, result.refund_due?.amount], ['paid', 500]);
    const { mchid, appid, service_id } = stack.merchant;
    await notify({
      mchid,
      appid,
      service_id,
      out_order_no,
      openid,
      state: 'DONE',
      total_amount: 500,
    });
    await delay(3_000);
    const { body } = await stack.api.read(out_order_no);
    assert.deepEqual(
      [body.phase, body.trouble, body.refund_due?.amount],
      ['paid', 'refund_due', 500],
    );
  });

  it('an order that was asked for too early, and then taken up and completed, owes nothing', async () => {
    const order = rental();
    assert.equal((await known(() => change(order.out_order_no, 'adopt'))).status, 404);
    await stack.people.authorise(order.openid);
    const older = clientOf(stack.merchant);
    const { appid, service_id } = stack.merchant;
    await older.createServiceOrder({
      ...order,
      appid,
      service_id,
      notify_url: `${stack.url}/wechatpay/notifications`,
      time_range: { start_time: 'OnAccept' },
      need_user_confirm: false,
    });
    await delay(2_100);
    const adopted = await known(() => change(order.out_order_no, 'adopt'));
    assert.equal(adopted.body.phase, 'in_service');
    const completed = await known(() => change(order.out_order_no, 'complete', rentalEnd(500)));
    assert.equal(completed.status, 200);
    await stack.people.pay(order.out_order_no);
    const result = await stack.run(order.out_order_no).result();
    await older.close();
    assert.equal(result.trouble, undefined);
  });

  it('the detail link of a number that nobody knows is not found', async () => {
    const number = newNumber();
    assert.equal((await known(() => change(number, 'adopt'))).status, 404);
    const { status } = await change(number, 'detail-link');
    assert.equal(status, 404);
  });

  it('adopting does not say that WeChat knows no such order when it did not let us ask', async () => {
    await stack.people.planFault({
      call: 'query',
      fault: 'refused',
      refusal: 'signature',
      times: 5,
    });
    const { status } = await stack.api.once.adopt(newNumber());
    assert.notEqual(status, 404);
  });

  it('adopting answers within 8 s, also without a worker', async () => {
    const { out_order_no } = await inService(stack);
    await stack.run(out_order_no).terminate();
    await worker.stop();
    const from = Date.now();
    await stack.api.once.adopt(out_order_no);
    const took = Date.now() - from;
    worker = await stack.startWorker();
    assert.ok(took < 8_500, `${took}`);
  });
});

/** WeChat Pay has said no to the cancellation: sent a moment later, it would be taken. */
function wasRefused(events: Awaited<ReturnType<Stack['historyOf']>>): boolean {
  const sent = events.find(
    (event) =>
      event.activityTaskScheduledEventAttributes?.activityType?.name === 'cancelServiceOrder',
  );
  return events.some(
    ({ activityTaskFailedEventAttributes: failed }) =>
      failed && String(failed.scheduledEventId) === String(sent?.eventId),
  );
}
