/** Long waits, on a server that skips time. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { leaveRequest } from '../../api/orders/operate.ts';
import { openOrder } from '../../api/orders/open.ts';
import type { Temporal } from '../../api/orders/temporal.ts';
import { timeSkippingServer } from '../../local/time-skipping-server.ts';
import { CompleteServiceOrder } from '../../schemas/complete-service-order.ts';
import { OpenServiceOrder } from '../../schemas/open-service-order.ts';
import { createControl } from '../../simulator/control.ts';
import { startSimulator, type Simulator } from '../../simulator/create.ts';
import { order as orderQuery, TASK_QUEUE, workflowIdOf } from '../../workflows/contract.ts';
import { registerSearchAttributes } from '../../worker/namespace.ts';
import { eventually } from '../support/eventually.ts';
import { happened } from '../support/events.ts';
import { rental, rentalEnd } from '../support/orders.ts';
import { startWorker } from '../support/worker.ts';

describe('a long wait', () => {
  let environment: TestWorkflowEnvironment;
  let simulator: Simulator;
  let people: ReturnType<typeof createControl>;
  let worker: Awaited<ReturnType<typeof startWorker>>;
  let temporal: Temporal;
  before(async () => {
    environment = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: await timeSkippingServer() } },
    });
    await registerSearchAttributes(environment.connection, 'default');
    simulator = await startSimulator();
    people = createControl(simulator.url);
    const { merchant } = simulator;
    worker = await startWorker({ address: environment.address, merchant });
    const { mchid, appid, service_id } = merchant;
    const notify_url = 'http://127.0.0.1:1/never'; // no callback ever arrives
    const service = { mchid, appid, service_id, notify_url };
    temporal = { client: environment.client, taskQueue: TASK_QUEUE, service };
  });
  after(async () => {
    await worker.stop();
    await simulator.stop();
    await environment.teardown();
  });

  const runOf = (out_order_no: string) =>
    environment.client.workflow.getHandle(workflowIdOf(simulator.merchant.mchid, out_order_no));
  const eventsOf = async (out_order_no: string) =>
    (await runOf(out_order_no).fetchHistory()).events ?? [];
  /** Empty as long as there is no run. */
  const happenedTo = async (out_order_no: string) =>
    happened(await eventsOf(out_order_no).catch(() => []));

  it('of 30 days for a payment adds no event, and the payment is then found', async () => {
    const order = rental();
    await people.authorise(order.openid);
    await openOrder(temporal, OpenServiceOrder.parse(order));
    await leaveRequest(temporal, {
      operation: 'complete',
      out_order_no: order.out_order_no,
      body: CompleteServiceOrder.parse(rentalEnd(500)),
      key: 'end',
    });
    await eventually(
      'paying',
      async () => (await runOf(order.out_order_no).query(orderQuery)).phase === 'paying',
    );
    await eventually(
      'the poll',
      async () => (await happenedTo(order.out_order_no)).at(-1) === 'ACTIVITY_TASK_SCHEDULED',
    );
    const eventsBefore = (await eventsOf(order.out_order_no)).length;

    await environment.sleep('30 days');
    assert.equal((await eventsOf(order.out_order_no)).length, eventsBefore);
    const { raw } = await runOf(order.out_order_no).describe();
    const [pending] = raw.pendingActivities ?? [];
    assert.ok((pending?.attempt ?? 0) > 50, `${pending?.attempt} attempts`);

    await people.pay(order.out_order_no);
    const result = (await runOf(order.out_order_no).result()) as { phase: string };
    assert.equal(result.phase, 'paid');
  });

  it('of 330 s precedes the belief in a refusal that follows an unknown attempt', async () => {
    const order = rental();
    await people.authorise(order.openid);
    await people.planFault({ call: 'create', fault: 'cut' });
    const opening = openOrder(temporal, OpenServiceOrder.parse(order));
    await eventually('the first attempt', async () =>
      (await happenedTo(order.out_order_no)).includes('ACTIVITY_TASK_FAILED'),
    );
    await people.revoke(order.openid); // so the second attempt is refused
    await opening;

    const result = (await runOf(order.out_order_no).result()) as {
      phase: string;
      last_refusal: { code: string };
    };
    assert.equal(result.phase, 'rejected');
    assert.equal(result.last_refusal.code, 'NO_AUTH');
    const timers = (await eventsOf(order.out_order_no))
      .map((event) => Number(event.timerStartedEventAttributes?.startToFireTimeout?.seconds ?? 0))
      .filter((seconds) => seconds > 300);
    assert.equal(timers.length, 1);
    assert.ok((timers[0] ?? 0) >= 329, `${timers[0]} s`);
  });
});
