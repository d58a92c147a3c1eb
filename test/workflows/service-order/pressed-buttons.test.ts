/** What people press in Temporal's web UI on a running order: nothing at WeChat Pay gets lost by it. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import proto from '@temporalio/proto';
import { eventually } from '../../support/eventually.ts';
import { correction, rental, rentalEnd } from '../../support/orders.ts';
import { inService, known, paying } from '../../support/play.ts';
import { reset } from '../../support/reset.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const { EventType } = proto.temporal.api.enums.v1;

describe('a button pressed in the web UI', () => {
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  before(async () => {
    stack = await startStack({ pollDelaysMs: [500] });
    worker = await stack.startWorker();
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
  });
  afterEach(() => stack.people.clearFaults());

  const change = (out_order_no: string, operation: string, body: object = {}, key?: string) =>
    stack.api.call(
      'POST',
      `/v1/service-orders/${out_order_no}/${operation}`,
      body,
      key === undefined ? {} : { 'idempotency-key': key },
    );

  async function executedOn(out_order_no: string) {
    const { ledger } = await stack.people.order(out_order_no);
    return ledger.map(({ event, total_amount }) => `${event} ${total_amount}`);
  }

  it('Request Cancellation does not end an order in any phase', async () => {
    const invited = rental();
    assert.equal((await stack.api.open(invited)).body.phase, 'authorizing');
    const { out_order_no } = await inService(stack);
    for (const number of [invited.out_order_no, out_order_no]) await stack.run(number).cancel();
    await stack.people.authorise(invited.openid);
    assert.equal((await change(invited.out_order_no, 'refresh')).status, 200);
    await eventually(
      'creation',
      async () => (await stack.api.read(invited.out_order_no)).body.phase === 'in_service',
    );
    assert.equal((await stack.api.complete(out_order_no, rentalEnd(500))).status, 200);
    await stack.run(out_order_no).cancel();
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });

  it('Terminate leaves an order that POST …/adopt takes up, with what had been asked of it', async () => {
    const { out_order_no } = await inService(stack);
    await change(out_order_no, 'complete', rentalEnd(100_001), 'refused');
    await stack.run(out_order_no).terminate('pressed by mistake');
    const late = await change(out_order_no, 'complete', rentalEnd(500));
    assert.equal(late.status, 409);
    assert.match(late.body.detail, /adopt/);

    const adopted = await change(out_order_no, 'adopt');
    assert.deepEqual([adopted.status, adopted.body.phase], [200, 'in_service']);
    const again = await change(out_order_no, 'complete', rentalEnd(100_001), 'refused');
    assert.equal(again.status, 422);
    assert.equal((await change(out_order_no, 'complete', rentalEnd(500))).status, 200);
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });

  it('Terminate leaves an order that its payment takes up', async () => {
    const { out_order_no } = await paying(stack);
    await stack.run(out_order_no).terminate('pressed by mistake');
    await stack.people.pay(out_order_no);
    const result = await eventually('the recovery run', async () => {
      const { status } = await stack.run(out_order_no).describe();
      return status.name === 'COMPLETED' && (await stack.run(out_order_no).result());
    });
    assert.deepEqual([result.phase, result.trouble], ['paid', undefined]);
  });

  it('Terminate leaves a number under which another body is still refused', async () => {
    const order = rental();
    await stack.people.authorise(order.openid);
    await stack.api.open(order);
    await stack.run(order.out_order_no).terminate('pressed by mistake');
    const other = await stack.api.open({ ...order, service_introduction: '别的' });
    assert.equal(other.status, 409);
    const same = await stack.api.open(order);
    assert.deepEqual([same.status, same.body.phase], [201, 'in_service']);
    assert.deepEqual(await executedOn(order.out_order_no), ['created 0']);
  });

  it('Reset repeats nothing that WeChat has done, and keeps what was accepted', async () => {
    const { out_order_no } = await inService(stack);
    assert.equal((await change(out_order_no, 'complete', rentalEnd(500), 'end')).status, 200);
    await resetTo(out_order_no, 'first');
    await eventually(
      'paying',
      async () => (await stack.api.read(out_order_no)).body.phase === 'paying',
    );
    assert.deepEqual(await executedOn(out_order_no), ['created 0', 'completed 500']);
    assert.equal((await change(out_order_no, 'complete', rentalEnd(500), 'end')).status, 200);
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });

  it('Reset to just before a completion carries it out once', async () => {
    const { out_order_no } = await inService(stack);
    await stack.people.planFault({ call: 'complete', fault: 'cut' });
    const completing = change(out_order_no, 'complete', rentalEnd(500), 'end');
    await eventually('the attempt', async () => (await stack.people.faults()).faults.length === 0);
    await resetTo(out_order_no, 'last');
    await completing;
    await eventually(
      'paying',
      async () => (await stack.api.read(out_order_no)).body.phase === 'paying',
    );
    assert.deepEqual(await executedOn(out_order_no), ['created 0', 'completed 500']);
  });

  it('Reset to just before a correction that WeChat has taken finds it done', async () => {
    const { out_order_no } = await paying(stack, 500);
    await stack.people.planFault({ call: 'modify', fault: 'executed-then-cut' });
    const lowering = change(out_order_no, 'modify', correction(300), 'lower');
    await eventually('the attempt', async () => (await stack.people.faults()).faults.length === 0);
    await resetTo(out_order_no, 'before the last update');
    await lowering;
    const again = await known(() => change(out_order_no, 'modify', correction(300), 'lower'));
    assert.equal(again.status, 200, JSON.stringify(again.body));
    assert.deepEqual(await executedOn(out_order_no), [
      'created 0',
      'completed 500',
      'modified 300',
    ]);
  });

  /** To a workflow task that was completed: what an update brings about stands behind the one that accepted it. */
  async function resetTo(
    out_order_no: string,
    which: 'first' | 'last' | 'before the last update',
  ): Promise<void> {
    const events = await stack.historyOf(out_order_no);
    const isOf = (type: number) => (event: (typeof events)[number]) => event.eventType === type;
    const accepted = isOf(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED);
    const completed = isOf(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    const lastUpdate = events.findLastIndex(accepted);
    const tasks = events.filter(completed);
    const task = {
      first: tasks[0],
      last: tasks.at(-1),
      'before the last update': events.slice(0, lastUpdate).filter(completed).at(-2),
    }[which];
    await reset(stack, out_order_no, task);
  }
});
