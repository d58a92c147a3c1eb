/** Workers of two releases side by side, as in every deployment, harm no order. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { correction, rental, rentalEnd } from '../../support/orders.ts';
import { executedOn, inService, isOnItsWay, paying, shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

const ASYNC = { prefer: 'respond-async' };

const SIDE_BY_SIDE_MS = 3_000;
/** What the lacking worker had is sent again after growing pauses, or after the time limit of a call. */
const LONG_MS = 60_000;

describe('a worker that lacks an activity', () => {
  const stage = useStack();
  type Worker = Awaited<ReturnType<typeof stage.stack.startWorker>>;

  const taskFailures = async (out_order_no: string) =>
    (await stage.stack.historyOf(out_order_no)).filter(
      (event) => event.workflowTaskFailedEventAttributes,
    ).length;

  for (const [activity, play] of [
    ['completeServiceOrder', (number) => stage.stack.api.complete(number, rentalEnd(500), ASYNC)],
    ['cancelServiceOrder', (number) => stage.stack.api.cancel(number, { reason: '取消' }, ASYNC)],
  ] as [string, (number: string) => Promise<unknown>][]) {
    it(`(${activity}) leaves the order to the worker that comes after it`, async () => {
      const { stack } = stage;
      await stage.startWorker();
      const { out_order_no } = await inService(stack);
      await stage.startWorker({ without: activity });
      await play(out_order_no);
      await isOnItsWay(stack, out_order_no);
      await stage.startWorker();
      await shown(stack, out_order_no, {
        phase: (phase: unknown) => phase === 'paying' || phase === 'cancelled',
      });
      assert.equal(await taskFailures(out_order_no), 0);
      assert.equal((await executedOn(stack, out_order_no)).length, 2);
    });
  }

  it('(openPaidNotification) has WeChat asked for the payment', async () => {
    const { stack } = stage;
    await stage.startWorker();
    const { out_order_no } = await paying(stack);
    await stage.startWorker({ without: 'openPaidNotification' });
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
    assert.equal(await taskFailures(out_order_no), 0);
  });

  it('(terminateAuthorization) does not fail the ending of an authorization for good', async () => {
    const { stack } = stage;
    const { openid } = rental();
    await stack.people.authorise(openid);
    await stage.startWorker({ without: 'terminateAuthorization' });
    const body = { openid, reason: '用户要求' };
    const ending = stack.api.call('POST', '/v1/authorizations/terminate', body);
    await ending;
    await stage.startWorker();
    const isOver = async () => {
      const asked = await stack.api.call('POST', '/v1/authorizations/query', { openid });
      return asked.body.authorization_state === 'UNAVAILABLE';
    };
    await eventually('the end', isOver, LONG_MS);
  });

  for (const order of ['before', 'after'] as const) {
    it(`that runs beside a whole one for a while, started ${order} it, harms no order`, async () => {
      const { stack } = stage;
      await stage.stopWorker();
      const lacking = { without: 'modifyServiceOrder' };
      const settings = order === 'before' ? [lacking, {}] : [{}, lacking];
      const workers: Worker[] = [];
      try {
        for (const setting of settings) workers.push(await stack.startWorker(setting));
        const orders = await Promise.all(Array.from({ length: 5 }, () => paying(stack)));
        await Promise.all(
          orders.map(({ out_order_no }) => stack.api.modify(out_order_no, correction(300), ASYNC)),
        );
        await delay(SIDE_BY_SIDE_MS);
        const [ended] = workers.splice(settings.indexOf(lacking), 1);
        await ended?.stop();
        for (const { out_order_no } of orders) {
          await shown(stack, out_order_no, { total_amount: 300 }, LONG_MS);
          await stack.people.pay(out_order_no);
          const { phase, trouble } = await stack.run(out_order_no).result();
          assert.deepEqual([phase, trouble], ['paid', undefined]);
          assert.equal(await taskFailures(out_order_no), 0);
        }
      } finally {
        for (const worker of workers) await worker.stop();
      }
    });
  }
});
