/** Unknown is not failed: whatever happens to an answer, the order ends up as WeChat has it, and only once. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Fault } from '../../simulator/control.ts';
import { eventually } from '../support/eventually.ts';
import { rental, rentalEnd } from '../support/orders.ts';
import { inService } from '../support/play.ts';
import { startStack, type Stack } from '../support/stack.ts';

const FAULTS: readonly Fault[] = [
  'executed-then-500',
  'executed-then-cut',
  'cut',
  'unsigned-502',
  'bad-signature',
];

describe('an unknown outcome', () => {
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  before(async () => {
    stack = await startStack();
    worker = await stack.startWorker();
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
  });
  afterEach(() => stack.people.clearFaults());

  async function executedOn(out_order_no: string) {
    const { ledger } = await stack.people.order(out_order_no);
    return ledger.map(({ event, total_amount }) => `${event} ${total_amount}`);
  }

  for (const fault of FAULTS) {
    it(`of a creation (${fault}) is asked about; the order is created once`, async () => {
      const order = rental();
      await stack.people.authorise(order.openid);
      await stack.people.planFault({ call: 'create', fault });
      const { status, body } = await stack.api.open(order);
      assert.equal(status, 201);
      assert.equal(body.phase, 'in_service');
      assert.deepEqual(await executedOn(order.out_order_no), ['created 0']);
    });

    it(`of a completion (${fault}) is asked about; the amount is asked for once`, async () => {
      const { out_order_no } = await inService(stack);
      await stack.people.planFault({ call: 'complete', fault });
      const { status, body } = await stack.api.complete(out_order_no, rentalEnd(500));
      assert.equal(status, 200);
      assert.equal(body.phase, 'paying');
      assert.deepEqual(await executedOn(out_order_no), ['created 0', 'completed 500']);
    });
  }

  it('is not believed to be a refusal only because a gateway said so twice', async () => {
    const order = rental();
    await stack.people.authorise(order.openid);
    await stack.people.planFault({ call: 'create', fault: 'unsigned-502', times: 2 });
    assert.equal((await stack.api.open(order)).status, 201);
  });

  it('outlasts queries that fail as well', async () => {
    const { out_order_no } = await inService(stack);
    await stack.people.planFault({ call: 'complete', fault: 'executed-then-cut' });
    await stack.people.planFault({ call: 'query', fault: 'bad-signature', times: 2 });
    const { status } = await stack.api.complete(out_order_no, rentalEnd(500));
    assert.equal(status, 200);
    assert.deepEqual(await executedOn(out_order_no), ['created 0', 'completed 500']);
  });

  it('ends with the callback that comes before it is resolved', async () => {
    const { out_order_no } = await inService(stack);
    await stack.people.planFault({ call: 'complete', fault: 'executed-then-cut' });
    await stack.people.planFault({ call: 'query', fault: 'cut', times: 20 });
    const completing = stack.api.complete(out_order_no, rentalEnd(500));
    await eventually('the completion', async () => (await executedOn(out_order_no)).length === 2);
    await stack.people.pay(out_order_no);
    const { status, body } = await completing;
    assert.equal(status, 200);
    assert.equal(body.phase, 'paid');
    assert.equal((await stack.run(out_order_no).describe()).status.name, 'COMPLETED');
    assert.deepEqual(await executedOn(out_order_no), ['created 0', 'completed 500', 'charged 500']);
  });

  it('blocks the next operation, which is then judged by what came out', async () => {
    const { out_order_no } = await inService(stack);
    await stack.people.planFault({ call: 'complete', fault: 'executed-then-cut' });
    await stack.people.planFault({ call: 'query', fault: 'cut', times: 1 });
    const [first, second] = await Promise.all([
      stack.api.complete(out_order_no, rentalEnd(500)),
      stack.api.complete(out_order_no, rentalEnd(300)),
    ]);
    assert.deepEqual([first.status, second.status].toSorted(), [200, 409]);
    assert.equal((await executedOn(out_order_no)).length, 2);
  });

  it('of the permission ends the order after five attempts, with nothing created', async () => {
    const order = rental();
    await stack.people.authorise(order.openid);
    await stack.people.planFault({ call: 'permission', fault: 'unsigned-502', times: 5 });
    await stack.api.open(order);
    const result = await stack.run(order.out_order_no).result();
    assert.equal(result.phase, 'rejected');
    assert.match(
      result.explanation ?? '',
      /permission could not be asked for.*Nothing was created/,
    );
    await assert.rejects(stack.people.order(order.out_order_no), { status: 404 });
  });

  it('survives "Request Cancellation" in the web UI, as the order does', async () => {
    const { out_order_no } = await inService(stack);
    await stack.people.planFault({ call: 'complete', fault: 'executed-then-cut' });
    await stack.people.planFault({ call: 'query', fault: 'cut', times: 1 });
    const completing = stack.api.complete(out_order_no, rentalEnd(500));
    await eventually('the completion', async () => (await executedOn(out_order_no)).length === 2);
    await stack.run(out_order_no).cancel();
    assert.equal((await completing).status, 200);
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });
});
