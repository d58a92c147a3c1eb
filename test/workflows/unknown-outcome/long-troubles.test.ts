/** What an operator is told when something stays broken for long, on a server that skips time. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { enqueueRequest } from '../../../api/service-orders/operate.ts';
import { openOrder } from '../../../api/service-orders/open.ts';
import { digestOf, startOf } from '../../../temporal/opening.ts';
import type { Service } from '../../../payscore/order/opening.ts';
import type { Temporal } from '../../../temporal/client.ts';
import { CompleteServiceOrder } from '../../../schemas/complete-service-order.ts';
import { OpenServiceOrder } from '../../../schemas/open-service-order.ts';
import { createControl } from '../../../simulator/control.ts';
import type { Simulator } from '../../../simulator/create.ts';
import { TEST_CONVERTER } from '../../support/codec.ts';
import { startTestSimulator } from '../../support/simulator.ts';
import {
  order as orderQuery,
  refreshRequested,
  SERVICE_ORDER,
  taskQueueOf,
  workflowIdOf,
  type ServiceOrderWorkflow,
} from '../../../workflows/contract.ts';
import { registerSearchAttributes } from '../../../worker/namespace.ts';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { startWorker } from '../../support/worker.ts';
import { skippingEnvironment, type Skipping } from '../../support/skipping-environment.ts';
import { EN } from '../../../words/en.ts';

const wanted = (order: object, service: Service) => ({
  service,
  request: OpenServiceOrder.parse(order),
  digest: digestOf(order),
  mayExist: false,
});

/** Ended from outside a moment ago, or by itself. */
const earlier = (phase: 'cancelled' | 'creating') => ({
  phase,
  endedAt: new Date().toISOString(),
  isBrokenOff: phase === 'creating',
  operations: [],
  notifications: [],
});

describe('a long trouble', () => {
  let skipping: Skipping;
  let simulator: Simulator;
  let people: ReturnType<typeof createControl>;
  let worker: Awaited<ReturnType<typeof startWorker>>;
  let temporal: Temporal;
  let service: Service;
  before(async () => {
    skipping = await skippingEnvironment({ dataConverter: TEST_CONVERTER });
    const { environment } = skipping;
    await registerSearchAttributes(environment.connection, 'default');
    simulator = await startTestSimulator();
    people = createControl(simulator.url);
    const { merchant } = simulator;
    worker = await startWorker({ address: environment.address, merchant });
    const { mchid, appid, service_id } = merchant;
    service = { mchid, appid, service_id, notify_url: 'http://127.0.0.1:1/never' };
    temporal = { client: environment.client, taskQueue: taskQueueOf(mchid), mchid, words: EN };
  });
  after(async () => {
    await worker.stop();
    await simulator.stop();
    await skipping.stop();
  });
  afterEach(() => people.clearFaults());

  const runOf = (n: string) =>
    skipping.environment.client.workflow.getHandle<ServiceOrderWorkflow>(
      workflowIdOf(simulator.merchant.mchid, n),
    );
  const eventsOf = async (n: string) => (await runOf(n).fetchHistory()).events ?? [];
  const viewOf = (n: string) => runOf(n).query(orderQuery);

  it('is told when WeChat took an operation and does not say where the order stands', async () => {
    const order = rental();
    const { out_order_no } = order;
    await people.authorise(order.openid);
    await openOrder(temporal, wanted(order, service));
    await eventually(
      'the creation',
      async () => (await runOf(out_order_no).query(orderQuery)).phase === 'in_service',
    );
    await people.planFault({ call: 'query', fault: 'unsigned-502', times: 100_000, out_order_no });
    await enqueueRequest(temporal, {
      operation: 'complete',
      out_order_no,
      body: CompleteServiceOrder.parse(rentalEnd(0)),
      digest: 'd',
      key: 'end',
      isKeyed: true,
    });
    await eventually('completed', async () => (await people.order(out_order_no)).ledger.length > 1);
    await delay(1_500);
    await skipping.environment.sleep('1 hour');
    assert.equal((await runOf(out_order_no).query(orderQuery)).trouble, 'unresolved');
  });

  it('of the keys while an order is taken up again adds few events', async () => {
    const order = rental();
    await people.planFault({
      call: 'query',
      fault: 'refused',
      refusal: 'signature',
      times: 100_000,
    });
    const opening = {
      service,
      request: OpenServiceOrder.parse(order),
      digest: 'd',
      takesUp: earlier('cancelled'),
    };
    await skipping.environment.client.workflow.start<ServiceOrderWorkflow>(SERVICE_ORDER, {
      ...startOf(temporal, opening),
    });
    await delay(3_000);
    await skipping.environment.sleep('6 hours');
    const counted = (await eventsOf(order.out_order_no)).length;
    await runOf(order.out_order_no).terminate();
    assert.ok(counted < 200, `${counted}`);
  });

  it('with an order in the wrong mode is told when it is taken up again', async () => {
    await people.setPolicies({ create_state: 'CREATED' });
    const order = rental();
    await people.authorise(order.openid);
    const older = clientOf(simulator.merchant);
    const { appid, service_id } = service;
    const request = OpenServiceOrder.parse(order);
    await older.createServiceOrder({
      ...request,
      appid,
      service_id,
      notify_url: 'http://127.0.0.1:1/n',
    });
    await older.close();
    await people.resetPolicies();
    const opening = {
      service,
      request,
      digest: 'd',
      takesUp: earlier('creating'),
    };
    await skipping.environment.client.workflow.start<ServiceOrderWorkflow>(SERVICE_ORDER, {
      ...startOf(temporal, opening),
    });
    await delay(3_000);
    await skipping.environment.sleep('6 hours');
    const view = await viewOf(order.out_order_no);
    assert.notEqual(view.trouble ?? view.phase, 'creating');
  });

  it('is told when neither the permission nor the order can be asked for', async () => {
    const order = rental();
    await people.planFault({
      call: 'query',
      fault: 'unsigned-502',
      times: 100_000,
      out_order_no: order.out_order_no,
    });
    await people.planFault({ call: 'permission', fault: 'unsigned-502', times: 5 });
    await openOrder(temporal, wanted(order, service));
    await skipping.environment.sleep('1 hour');
    const view = await viewOf(order.out_order_no);
    assert.equal(view.trouble, 'unresolved');
  });

  it('a user who authorises while his invitation is renewed is not turned away', async () => {
    const order = rental();
    const opened = await openOrder(temporal, wanted(order, service));
    const { invitation } = opened.order as any;
    await skipping.environment.sleep('57 minutes');
    await people.planFault({ call: 'prepare', fault: 'unsigned-502', times: 1 });
    await runOf(order.out_order_no).signal(refreshRequested, {});
    await eventually('the fault', async () => (await people.faults()).faults.length === 0);
    await people.authoriseByToken(invitation.apply_permissions_token, order.openid);
    await delay(4_000);
    const view = await viewOf(order.out_order_no);
    assert.notEqual(view.phase, 'unauthorized');
  });
});
