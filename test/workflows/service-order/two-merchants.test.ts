/** Two merchants in one namespace: each merchant's workers do what is that merchant's, and nothing else. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Simulator } from '../../../simulator/create.ts';
import { startTestSimulator } from '../../support/simulator.ts';
import { prepareDailySchedule } from '../../../temporal/daily-schedule.ts';
import { dailyScheduleIdOf, taskQueueOf } from '../../../workflows/contract.ts';
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../../support/day.ts';
import { eventually } from '../../support/eventually.ts';
import { CANCELLATION, newNumber, rental, rentalEnd } from '../../support/orders.ts';
import { executedOn, inService, known, shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { startStack, type Stack } from '../../support/stack.ts';

describe('a merchant’s worker', () => {
  const stage = useStack();
  let simulator: Simulator;
  before(async () => {
    simulator = await startTestSimulator();
  });
  after(() => simulator.stop());

  /** With keys and a WeChat Pay of its own. */
  const other = () => ({ ...simulator.merchant, mchid: '1900009999' });

  it('does not take the orders of another merchant in the same namespace', async () => {
    const { stack } = stage;
    const worker = await stack.startWorker({ merchant: other() });
    await stage.stopWorker();
    const order = rental();
    await stack.people.authorise(order.openid);
    // Nobody who could take it runs, though a worker does.
    const { status, body } = await stack.api.open(order);
    assert.deepEqual([status, body.phase], [202, 'creating']);
    const types = (await stack.historyOf(order.out_order_no)).filter(
      (event) => event.workflowTaskStartedEventAttributes,
    );
    assert.equal(types.length, 0);
    await worker.stop();
    await stage.startWorker();
  });

  it('that is led to another’s task queue refuses before anything is signed, and the order says so', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stage.startWorker({
      merchant: { ...other(), base_url: stack.merchant.base_url },
      taskQueue: taskQueueOf(stack.merchant.mchid),
    });
    await stack.api.complete(out_order_no, rentalEnd(500), { prefer: 'respond-async' });
    const body = await shown(stack, out_order_no, { trouble: 'misconfigured' });
    assert.match(JSON.stringify(body.timeline), /this worker is merchant 1900009999’s/);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0']);
    await stage.startWorker();
    await shown(stack, out_order_no, { phase: 'paying', trouble: undefined });
  });
});

describe('two merchants, each with its API and worker,', () => {
  const stage = useStack({ pollDelaysMs: [3_600_000] });
  let other: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  before(async () => {
    const { temporalServer } = stage.stack;
    const server = { ...temporalServer, stop: async () => undefined };
    other = await startStack({ server, pollDelaysMs: [3_600_000] });
    worker = await other.startWorker();
  });
  after(async () => {
    await worker.stop();
    await other.stop();
  });
  const both = () => [stage.stack, other] as const;

  it('have orders of one number, which have nothing to do with each other', async () => {
    const out_order_no = newNumber();
    for (const stack of both()) {
      const order = rental({ out_order_no });
      await stack.people.authorise(order.openid);
      const { status } = await known(() => stack.api.open(order));
      assert.equal(status, 201);
    }
    const [one, two] = both();
    const ended = await known(() => two.api.cancel(out_order_no, CANCELLATION));
    assert.deepEqual([ended.status, ended.body.phase], [200, 'cancelled']);
    await shown(one, out_order_no, { phase: 'in_service' });
    for (const stack of both()) {
      const { body } = await stack.api.read(out_order_no);
      assert.equal(body.mchid, stack.merchant.mchid);
    }
  });

  it('are charged, called back, listed and reconciled each by itself', async () => {
    const bill_date = daysAgo(1);
    const numbers: string[] = [];
    for (const stack of both()) {
      await play(stack, bill_date);
      const { out_order_no } = await payingThen(stack);
      await stack.people.pay(out_order_no);
      // Nobody polls: it is the callback, to the merchant's own API.
      await shown(stack, out_order_no, { phase: 'paid' });
      numbers.push(out_order_no);
      await comeMorning(stack);
    }
    for (const [nth, stack] of both().entries()) {
      const { report } = await reconciled(stack, bill_date);
      assert.deepEqual([report?.result, report?.ours.count], ['balanced', 1]);
      const listed = await eventually('the order in the list', async () => {
        const { body } = await stack.api.call('GET', '/v1/service-orders?phase=paid');
        const orders = body.orders as { out_order_no: string }[];
        return orders.length > 0 && orders.map((order) => order.out_order_no);
      });
      assert.deepEqual(listed, [numbers[nth]]);
    }
  });

  it('have a schedule each', async () => {
    for (const { client, services } of both()) await prepareDailySchedule(client, services);
    for (const { client, merchant, services } of both()) {
      const id = dailyScheduleIdOf(merchant.mchid);
      const { action } = await client.schedule.getHandle(id).describe();
      assert.equal(action.taskQueue, taskQueueOf(merchant.mchid));
      assert.deepEqual(action.args, services);
    }
  });
});
