/** Whoever has seen a genuine notification can send it again for 300 s, and WeChat Pay itself repeats them: an order hears each once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { newOpenid } from '../../support/orders.ts';
import { inService, shown } from '../../support/play.ts';
import { useSigningStack } from '../../support/stage.ts';

const OPENED = 'PAYSCORE.USER_OPEN_SERVICE';
const TIMES = 60;

describe('a notification that comes again', { concurrency: 3 }, () => {
  const signing = useSigningStack();
  const { stage } = signing;

  async function send(one: { headers: Record<string, string>; body: string }): Promise<number> {
    const url = `${stage.stack.url}/wechatpay/notifications`;
    return (await fetch(url, { method: 'POST', ...one })).status;
  }

  /** Sixty deliveries of it; all are acknowledged. */
  async function sendOften(next: () => Promise<{ headers: Record<string, string>; body: string }>) {
    for (let sent = 0; sent < TIMES; sent += 10) {
      const tens = await Promise.all(Array.from({ length: 10 }, async () => send(await next())));
      assert.deepEqual(
        tens.filter((status) => status !== 204),
        [],
      );
    }
  }

  function aboutAuthorization(authorization_code: string) {
    const { mchid, appid, service_id } = stage.stack.merchant;
    const resource = {
      ...{ mchid, appid, service_id, authorization_code, openid: newOpenid() },
      user_service_status: 'USER_OPEN_SERVICE',
      openorclose_time: '20261001120000',
    };
    return { resource, event_type: OPENED };
  }

  /** Signals that the order was given, and activities that it scheduled. */
  async function countsOf(out_order_no: string) {
    const events = await stage.stack.historyOf(out_order_no);
    return {
      signals: events.filter((event) => event.workflowExecutionSignaledEventAttributes).length,
      activities: events.filter((event) => event.activityTaskScheduledEventAttributes).length,
    };
  }

  it('byte by byte is taken by Temporal once', async () => {
    const { out_order_no } = await inService(stage.stack);
    const before = await countsOf(out_order_no);
    const one = await signing.wechat.notification(aboutAuthorization(out_order_no));
    await sendOften(async () => one);
    await shown(stage.stack, out_order_no, { phase: 'in_service' });
    await eventually('the signal', async () => (await countsOf(out_order_no)).signals > 0);
    assert.equal((await countsOf(out_order_no)).signals - before.signals, 1);
  });

  it('signed anew, as WeChat does, is seen once', async () => {
    const { out_order_no } = await inService(stage.stack);
    const { body } = await signing.wechat.notification(aboutAuthorization(out_order_no));
    await sendOften(() => signing.wechat.notification({ body, resource: {} }));
    const { activities, signals } = await eventually('all signals', async () => {
      const counts = await countsOf(out_order_no);
      return counts.signals === TIMES && counts;
    });
    // Permission and creation, and one question.
    assert.ok(activities <= 4, `${activities} activities of ${signals} signals`);
  });

  it('of a payment, signed anew, is opened once', async () => {
    const { out_order_no } = await inService(stage.stack);
    const { mchid, appid, service_id } = stage.stack.merchant;
    const resource = { mchid, appid, service_id, out_order_no, state: 'OF_TOMORROW' };
    const { body } = await signing.wechat.notification({ resource });
    const before = await countsOf(out_order_no);
    assert.equal(await send(await signing.wechat.notification({ body, resource })), 204);
    await eventually('the question', async () => {
      const { activities } = await countsOf(out_order_no);
      return activities >= before.activities + 2;
    });
    const once = await countsOf(out_order_no);
    await sendOften(() => signing.wechat.notification({ body, resource }));
    await shown(stage.stack, out_order_no, { phase: 'in_service' });
    assert.ok((await countsOf(out_order_no)).activities <= once.activities + 1);
  });
});
