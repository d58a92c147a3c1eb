/** The same opening over a run that was ended from outside, or that our store has lost, takes up what WeChat has. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { executedOn, losesNotifications, shown, strike } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import type { Stack } from '../../support/stack.ts';

/** As short as it can be asked for: WeChat is silent for longer. */
const SHORT = { deadlines: { creation_seconds: 10 } };

/** In service here, and then its run was ended from outside. */
async function terminated(stack: Stack, change: Record<string, unknown> = SHORT) {
  const order = rental(change);
  await stack.people.authorise(order.openid);
  await stack.api.open(order);
  await shown(stack, order.out_order_no, { phase: 'in_service' });
  await stack.run(order.out_order_no).terminate('pressed by mistake');
  return order;
}

/** WeChat has it, opened with the same body, and no run of it is known here. */
async function lost(stack: Stack, change: Record<string, unknown> = SHORT) {
  const { merchant, people, url } = stack;
  const { appid, service_id } = merchant;
  const order = rental(change);
  await people.authorise(order.openid);
  const { out_order_no, openid, service_introduction, risk_fund } = order;
  const wechatpay = clientOf(merchant);
  await wechatpay.createServiceOrder({
    ...{ out_order_no, openid, service_introduction, risk_fund, appid, service_id },
    ...{ need_user_confirm: false, time_range: { start_time: 'OnAccept' } },
    notify_url: `${url}/wechatpay/notifications`,
  });
  await wechatpay.close();
  return order;
}

/** WeChat answers no question for a quarter of a minute, and cuts the first creation. */
async function isSilent(stack: Stack, out_order_no: string): Promise<void> {
  await strike(stack, out_order_no, 'create', 'cut');
  await strike(stack, out_order_no, 'query', 'unsigned-502', { times: 4 });
}

/** What comes of it, once WeChat has told. */
async function toldPhase({ api }: Stack, out_order_no: string): Promise<string> {
  return await eventually(
    'WeChat’s word',
    async () => {
      const { phase } = (await api.read(out_order_no)).body;
      return phase !== 'creating' && (phase as string);
    },
    60_000,
  );
}

async function activitiesOf({ historyOf }: Stack, out_order_no: string) {
  return (await historyOf(out_order_no)).flatMap(
    (event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? [],
  );
}

const WAYS = [
  ['a run that was ended from outside', terminated],
  ['a store that was lost', lost],
] as const;

for (const [what, begun] of WAYS) {
  describe(`an opening over ${what}`, { concurrency: 6 }, () => {
    const stage = useStack({ openingsMayExist: begun === lost });

    it('does not cancel what is in service, however late WeChat tells of it', async () => {
      const { stack } = stage;
      const order = await begun(stack);
      await isSilent(stack, order.out_order_no);
      await stack.api.open(order);
      assert.equal(await toldPhase(stack, order.out_order_no), 'in_service');
      assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0']);
      const { status } = await stack.api.complete(order.out_order_no, rentalEnd(500));
      assert.ok([200, 202].includes(status), String(status));
      await shown(stack, order.out_order_no, { phase: 'paying' });
      assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0', 'completed 500']);
    });

    it('asks WeChat before it creates anything, and does not ask for the permission of what exists', async () => {
      const { stack } = stage;
      const order = await begun(stack);
      await stack.people.revoke(order.openid);
      await stack.api.open(order);
      await shown(stack, order.out_order_no, { phase: 'in_service' });
      assert.deepEqual(await activitiesOf(stack, order.out_order_no), ['getServiceOrder']);
    });

    it('over and over, while WeChat is silent, does not cancel it either', async () => {
      const { stack } = stage;
      const order = await begun(stack);
      await strike(stack, order.out_order_no, 'query', 'unsigned-502');
      const opening = stack.api.open(order);
      await eventually('a question', async () => {
        const run = await stack
          .run(order.out_order_no)
          .describe()
          .catch(() => undefined);
        if (run?.status.name !== 'RUNNING') return false;
        return (await activitiesOf(stack, order.out_order_no)).length > 0;
      });
      await stack.run(order.out_order_no).terminate('pressed by mistake, again');
      await opening;
      await isSilent(stack, order.out_order_no);
      await stack.api.open(order);
      assert.equal(await toldPhase(stack, order.out_order_no), 'in_service');
      assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0']);
    });

    it('finds what was paid meanwhile, and of which no word came', async () => {
      const { stack } = stage;
      const order = await begun(stack);
      const { appid, service_id } = stack.merchant;
      await losesNotifications(stack, order.out_order_no);
      const wechatpay = clientOf(stack.merchant);
      await eventually('the completion', async () => {
        const end_time = beijingNow();
        const body = { ...rentalEnd(700), appid, service_id, time_range: { end_time } };
        return await wechatpay.completeServiceOrder(order.out_order_no, body).then(
          () => true,
          () => false,
        );
      });
      await wechatpay.close();
      await stack.people.pay(order.out_order_no);
      await isSilent(stack, order.out_order_no);
      await stack.api.open(order);
      assert.equal(await toldPhase(stack, order.out_order_no), 'paid');
      const { body } = await stack.api.read(order.out_order_no);
      assert.deepEqual([body.total_amount, body.trouble], [700, undefined]);
      assert.equal(
        (await activitiesOf(stack, order.out_order_no)).includes('createServiceOrder'),
        false,
      );
    });
  });
}

describe('an opening over a run that was ended before it sent anything', { concurrency: 6 }, () => {
  const stage = useStack();

  /** A terminated run that has sent nothing: WeChat answered none of its questions for the permission. */
  async function unsent(change: Record<string, unknown> = {}) {
    const { stack } = stage;
    const order = rental(change);
    await stack.people.authorise(order.openid);
    await stage.stopWorker();
    const opening = stack.api.open(order);
    await eventually('the run', async () =>
      stack
        .run(order.out_order_no)
        .describe()
        .then(
          () => true,
          () => false,
        ),
    );
    await stack.run(order.out_order_no).terminate('pressed by mistake');
    await opening;
    await stage.startWorker();
    return order;
  }

  it('creates the order once WeChat has said that there is none, and not before', async () => {
    const { stack } = stage;
    const order = await unsent();
    await strike(stack, order.out_order_no, 'query', 'unsigned-502', { times: 3 });
    const opening = stack.api.open(order);
    await shown(stack, order.out_order_no, { phase: 'in_service' });
    await opening;
    assert.deepEqual(await activitiesOf(stack, order.out_order_no), [
      'getServiceOrder',
      'getPermission',
      'createServiceOrder',
    ]);
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0']);
  });
});

/** Two seconds ago, as WeChat writes it. */
function beijingNow(): string {
  const shifted = new Date(Date.now() + 8 * 3_600_000 - 2_000);
  return shifted.toISOString().replaceAll(/\D/g, '').slice(0, 14);
}
