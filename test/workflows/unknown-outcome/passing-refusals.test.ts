/** What WeChat Pay refuses and then does not: busy in the words of a refusal, or a copy that has not heard of an order yet. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { RefusalName } from '../../../simulator/transport/refusals.ts';
import { OFTEN } from '../../support/delays.ts';
import { clientOf } from '../../support/merchant.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import {
  executedOn,
  inService,
  known,
  losesNotifications,
  paying,
  shown,
  strike,
  timesScheduled,
} from '../../support/play.ts';
import { eventually } from '../../support/eventually.ts';
import { useStack } from '../../support/stage.ts';

const ABNORMAL = { refusal: 'abnormal' } as const;

describe('请求异常，请稍后重试', () => {
  const stage = useStack();

  it('to the question for a permission, the invitation or the creation burns no number', async () => {
    const { stack } = stage;
    const [first, second, invited] = [rental(), rental(), rental()];
    await stack.people.authorise(first.openid);
    await stack.people.authorise(second.openid);
    await stack.people.planFault({ call: 'permission', fault: 'refused', ...ABNORMAL });
    await stack.people.planFault({ call: 'prepare', fault: 'refused', ...ABNORMAL });
    await strike(stack, second.out_order_no, 'create', 'refused', ABNORMAL);
    for (const order of [first, second, invited]) await stack.api.open(order);
    for (const { out_order_no } of [first, second]) {
      await shown(stack, out_order_no, { phase: 'in_service' });
      assert.deepEqual(await executedOn(stack, out_order_no), ['created 0']);
    }
    await shown(stack, invited.out_order_no, { phase: 'authorizing' });
  });

  it('to a completion is not handed on as something to be corrected: the same is sent again', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'refused', ABNORMAL);
    const { status } = await known(() => stack.api.complete(out_order_no, rentalEnd(500)));
    assert.equal(status, 200);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });
});

describe('an order that another system has just created', { concurrency: 3 }, () => {
  const stage = useStack();

  for (const refusal of ['orderNotFound', 'abnormal', 'noPermission'] as RefusalName[]) {
    it(`is adopted though WeChat first answers ${refusal}`, async () => {
      const { stack } = stage;
      const { merchant, people, api } = stack;
      const { appid, service_id } = merchant;
      const order = rental();
      await people.authorise(order.openid);
      const wechatpay = clientOf(merchant);
      await wechatpay.createServiceOrder({
        ...{ ...order, appid, service_id, need_user_confirm: false },
        time_range: { start_time: 'OnAccept' },
        notify_url: 'https://pay.example/n',
      });
      await wechatpay.close();
      await strike(stack, order.out_order_no, 'query', 'refused', { refusal });
      const { status, body } = await known(() => api.adopt(order.out_order_no));
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(body.phase, 'in_service');
    });
  }

  it('is not said to have been created by nobody, where WeChat goes on refusing', async () => {
    const { stack } = stage;
    const { out_order_no } = rental();
    const always = { refusal: 'noPermission', times: 100 } as const;
    await strike(stack, out_order_no, 'query', 'refused', always);
    const { status, body } = await known(() => stack.api.adopt(out_order_no));
    assert.equal(status, 422);
    assert.doesNotMatch(body.detail, /Nothing was created|new out_order_no/);
  });
});

describe('an order that WeChat charges', () => {
  const stage = useStack({ pollDelaysMs: OFTEN });

  it('is in no trouble because one copy has not heard of it', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await losesNotifications(stack, out_order_no);
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'orderNotFound' });
    const looks = () => timesScheduled(stack, out_order_no, 'getServiceOrder');
    const before = await looks();
    await eventually('a second look', async () => (await looks()) > before);
    await delay(1_000);
    const { body } = await stack.api.read(out_order_no);
    assert.equal(body.trouble, undefined);
    assert.ok(!JSON.stringify(body.timeline).includes('unresolved'));
  });
});
