/** A message that an order is paid, and that does not settle it: WeChat is asked until it has told, whatever it answers first. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { RefusalName } from '../../../simulator/transport/refusals.ts';
import { beijingTimeOf } from '../../../payscore/times/beijing-time.ts';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import {
  inService,
  known,
  losesNotifications,
  shown,
  strike,
  timesScheduled,
  type PlayedOrder,
} from '../../support/play.ts';
import { runsOf, type Stack } from '../../support/stack.ts';
import { useStack } from '../../support/stage.ts';
import { useLongStack } from '../../support/time-skipping.ts';
import { workflowIdOf } from '../../../workflows/contract.ts';

const LONG_MS = 60_000;

/** Completes it at WeChat behind the order's back: the order cannot know the amount. */
async function completedElsewhere(stack: Stack, { out_order_no }: PlayedOrder): Promise<void> {
  const { appid, service_id } = stack.merchant;
  const { now } = await stack.people.clock();
  const end_time = beijingTimeOf(new Date(Date.parse(now) - 1_000), 14);
  const wechatpay = clientOf(stack.merchant);
  const body = { ...rentalEnd(700), appid, service_id, time_range: { end_time } };
  await wechatpay.completeServiceOrder(out_order_no, body);
  await wechatpay.close();
}

/** As a message of the charge would say it. */
function charged(total_amount: number) {
  const detail = { seq: 1, amount: total_amount, paid_type: 'NEWTON' };
  return {
    ...{ state: 'DONE', state_description: null, total_amount },
    collection: {
      ...{ state: 'USER_PAID', total_amount, paid_amount: total_amount, paying_amount: 0 },
      details: [{ ...detail, paid_time: '20261001120000', transaction_id: '4200000001' }],
    },
  };
}

const asked = (stack: Stack, { out_order_no }: PlayedOrder) =>
  timesScheduled(stack, out_order_no, 'getServiceOrder');

const doesNotTell = (words: unknown) =>
  /is to be asked \(.*notification of a payment.*does not tell/.test(String(words));

describe('a payment that its message does not settle', { concurrency: 6 }, () => {
  const stage = useStack();

  for (const [words, refusal] of [
    ['refuses', 'parameter'],
    ['forbids', 'noPermission'],
    ['answers with 401', 'signature'],
    ['does not know the order at', 'orderNotFound'],
  ] as [string, RefusalName][]) {
    it(`is found out though WeChat ${words} the first question`, async () => {
      const { stack } = stage;
      const order = await inService(stack);
      const { out_order_no } = order;
      await completedElsewhere(stack, order);
      await strike(stack, out_order_no, 'query', 'refused', { refusal });
      await stack.people.pay(out_order_no);
      const paid = await shown(stack, out_order_no, { phase: 'paid' }, LONG_MS);
      assert.deepEqual([paid.total_amount, paid.trouble], [700, undefined]);
      const [notification] = await stack.people.notifications(out_order_no);
      assert.deepEqual(
        notification?.attempts.map(({ status }) => status),
        [204],
        'it was acknowledged, so WeChat says it no more',
      );
    });
  }

  it('shows trouble, in words, as long as the question is refused, and none afterwards', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    const { out_order_no } = order;
    await completedElsewhere(stack, order);
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'parameter', times: 4 });
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { trouble: 'unresolved', unresolved: doesNotTell });
    const paid = await shown(stack, out_order_no, { phase: 'paid' }, LONG_MS);
    assert.deepEqual([paid.trouble, paid.unresolved], [undefined, undefined]);
  });

  it('is asked about once more where the message says too little and WeChat refuses', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    await strike(stack, order.out_order_no, 'query', 'refused', { refusal: 'parameter' });
    await stack.people.announce(order.out_order_no, { state: 'OF_TOMORROW' });
    await shown(stack, order.out_order_no, { trouble: 'unresolved', unresolved: doesNotTell });
    const body = await shown(stack, order.out_order_no, { trouble: undefined });
    assert.equal(body.phase, 'in_service');
    const times = await asked(stack, order);
    await delay(5_000);
    assert.equal(await asked(stack, order), times, 'WeChat has told: nothing is left to ask');
  });

  it('does not hinder what business code asks for meanwhile', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    const { out_order_no } = order;
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'parameter', times: 3 });
    await stack.people.announce(out_order_no, charged(700));
    await shown(stack, out_order_no, { trouble: 'unresolved' });
    const { status } = await known(() => stack.api.complete(out_order_no, rentalEnd(500)));
    assert.equal(status, 200);
    await stack.people.pay(out_order_no);
    const { phase, total_amount, trouble } = await stack.run(out_order_no).result();
    assert.deepEqual([phase, total_amount, trouble], ['paid', 500, undefined]);
  });

  it('is asked about by the next worker where the first was stopped', async () => {
    const { stack } = stage;
    const other = await inService(stack);
    await completedElsewhere(stack, other);
    await strike(stack, other.out_order_no, 'query', 'refused', { refusal: 'parameter', times: 3 });
    await stack.people.pay(other.out_order_no);
    await shown(stack, other.out_order_no, { trouble: 'unresolved' });
    await stage.startWorker();
    await shown(stack, other.out_order_no, { phase: 'paid' }, LONG_MS);
  });
});

describe('a payment that must be queried', () => {
  const stage = useStack({
    temporal: { dynamicConfig: ['limit.historyCount.suggestContinueAsNew=50'] },
  });

  it('goes on in the order’s next run, until WeChat has told', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    const { out_order_no } = order;
    await completedElsewhere(stack, order);
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'parameter', times: 7 });
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { phase: 'paid' }, 120_000);
    const id = workflowIdOf(stack.merchant.mchid, out_order_no);
    await eventually('a second run', async () => {
      return (await runsOf(stack, `WorkflowId = '${id}'`)).length > 1;
    });
  });
});

describe('a payment of which WeChat’s account says nothing', () => {
  const stage = useLongStack();

  async function inServiceLong(): Promise<PlayedOrder> {
    const { stack } = stage;
    const order = rental();
    await stack.people.authorise(order.openid);
    assert.equal((await stack.api.open(order)).status, 201);
    await stage.pass(10);
    return order;
  }

  it('is looked for until the account shows it', async () => {
    const { stack } = stage;
    const order = await inServiceLong();
    const { out_order_no } = order;
    await stack.people.announce(out_order_no, charged(700));
    await eventually('a question', async () => (await asked(stack, order)) > 0);
    await losesNotifications(stack, out_order_no);
    await completedElsewhere(stack, order);
    await stack.people.pay(out_order_no);
    await stage.pass(120);
    const paid = await shown(stack, out_order_no, { phase: 'paid' });
    assert.equal(paid.total_amount, 700);
  });

  it('is looked for during ten minutes, ever more rarely, and then not any more', async () => {
    const { stack } = stage;
    const order = await inServiceLong();
    await stack.people.announce(order.out_order_no, charged(700));
    await stage.pass(540);
    const during = await asked(stack, order);
    assert.ok(during >= 5 && during <= 12, `${during}`);
    await stage.pass(1_200);
    const afterwards = await asked(stack, order);
    assert.ok(afterwards > during, 'it is asked once more at the end');
    await stage.pass(7_200);
    assert.equal(await asked(stack, order), afterwards);
    await shown(stack, order.out_order_no, { phase: 'in_service', trouble: undefined });
  });

  it('is trouble where WeChat does not answer for ten minutes, and found when it does', async () => {
    const { stack } = stage;
    const order = await inServiceLong();
    const { out_order_no } = order;
    await completedElsewhere(stack, order);
    await strike(stack, out_order_no, 'query', 'unsigned-502', { times: 100_000 });
    await stack.people.pay(out_order_no);
    await eventually('a question', async () => (await asked(stack, order)) > 0);
    await stage.pass(700);
    await shown(stack, out_order_no, { trouble: 'unresolved', unresolved: doesNotTell });
    await stack.people.clearFaults();
    await stage.pass(120);
    const paid = await shown(stack, out_order_no, { phase: 'paid' });
    assert.equal(paid.trouble, undefined);
  });

  it('costs few questions while these are refused for a day', async () => {
    const { stack } = stage;
    const order = await inServiceLong();
    const { out_order_no } = order;
    await completedElsewhere(stack, order);
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'parameter', times: 100_000 });
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { trouble: 'unresolved' });
    await stage.pass(86_400);
    const times = await asked(stack, order);
    assert.ok(times >= 20 && times <= 45, `${times}`);
    assert.equal((await stack.api.read(out_order_no)).body.trouble, 'unresolved');
    await stack.people.clearFaults();
    await stage.pass(3_700);
    await shown(stack, out_order_no, { phase: 'paid' });
  });
});
