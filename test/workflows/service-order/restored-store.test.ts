/** Temporal's store was restored from a backup: what WeChat Pay has done since is taken up, whatever a run had been about to do. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { storeRestored } from '../../../workflows/contract.ts';
import { clientOf } from '../../support/merchant.ts';
import { rental } from '../../support/orders.ts';
import { executedOn, inService, invited, shown, strike } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { eventually } from '../../support/eventually.ts';
import type { Stack } from '../../support/stack.ts';

describe('an order that went on while its run stood still', () => {
  const stage = useStack();

  /** What the lost store knew: WeChat Pay has the order. */
  async function createdSince(stack: Stack, order: ReturnType<typeof rental>): Promise<void> {
    const { appid, service_id } = stack.merchant;
    const wechatpay = clientOf(stack.merchant);
    await wechatpay.createServiceOrder({
      ...order,
      ...{ appid, service_id, need_user_confirm: false, time_range: { start_time: 'OnAccept' } },
      notify_url: `${stack.url}/wechatpay/notifications`,
    });
    await wechatpay.close();
  }

  it('is not given up for having been created too late', async () => {
    const { stack } = stage;
    const deadlines = { creation_seconds: 10 };
    const { deadlines: _, ...order } = rental({ deadlines }) as ReturnType<typeof rental> & {
      deadlines: object;
    };
    await stack.people.authorise(order.openid);
    await strike(stack, order.out_order_no, 'create', 'cut', { times: 100 });
    assert.equal((await stack.api.open({ ...order, deadlines })).status, 202);
    await shown(stack, order.out_order_no, { phase: 'creating' });
    await stage.stopWorker();
    await stack.people.clearFaults();
    await createdSince(stack, order);
    await delay(11_000);

    await stack.run(order.out_order_no).signal(storeRestored);
    await stage.startWorker();
    await shown(stack, order.out_order_no, { phase: 'in_service' });
    // Whatever else it had been about to do would have been done by then.
    await delay(3_000);
    await shown(stack, order.out_order_no, { phase: 'in_service' });
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0']);
  });

  it('does not wait any more for a user who authorised it long ago', async () => {
    const { stack } = stage;
    const { order } = await invited(stack);
    await stage.stopWorker();
    await stack.people.authorise(order.openid);
    await createdSince(stack, order);

    await stack.run(order.out_order_no).signal(storeRestored);
    await stage.startWorker();
    await shown(stack, order.out_order_no, { phase: 'in_service' });
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0']);
  });

  it('is asked about, and else as it was, where nothing had happened', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    const { order: waiting } = await invited(stack);
    for (const number of [out_order_no, waiting.out_order_no]) {
      await stack.run(number).signal(storeRestored);
      await eventually('WeChat Pay to be asked', async () => {
        const { body } = await stack.api.read(number);
        const events = body.timeline.map(({ event }: { event: string }) => event) as string[];
        const since = events.findIndex((event) => event.startsWith('taken up again'));
        return since >= 0 && since < events.length;
      });
    }
    await shown(stack, out_order_no, { phase: 'in_service' });
    await shown(stack, waiting.out_order_no, { phase: 'authorizing' });
    await stack.people.authorise(waiting.openid);
    assert.equal((await stack.api.refresh(waiting.out_order_no)).status, 200);
    await shown(stack, waiting.out_order_no, { phase: 'in_service' });
  });
});
