/** What an ended run had promised must be read before another begins: where it cannot be, nothing begins. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { OrderView } from '../../../payscore/order/view.ts';
import { takenUp } from '../../../temporal/orders.ts';
import { eventually } from '../../support/eventually.ts';
import { CANCELLATION, rental } from '../../support/orders.ts';
import {
  executedOn,
  inService,
  isOnItsWay,
  owing,
  paying,
  shown,
  strike,
} from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import type { Stack } from '../../support/stack.ts';

const KEYED = { 'idempotency-key': 'cancel', prefer: 'respond-async' };

type Reading = 'getWorkflowExecutionHistory' | 'queryWorkflow';
type Calls = Record<Reading, (request: unknown) => Promise<unknown>>;

/** The next reading of this kind gets no answer of Temporal's in time; all that follow do. */
function failsOnce({ client: { connection } }: Stack, reading: Reading): void {
  const calls = connection.workflowService as unknown as Calls;
  const real = calls[reading];
  calls[reading] = async (request) => {
    calls[reading] = real;
    const isOver = Date.now() - 1;
    return await connection.withDeadline(isOver, async () => await real.call(calls, request));
  };
}

describe('a run that cannot be read', () => {
  const stage = useStack();
  afterEach(() => stage.stack.people.clearFaults());

  const runIdOf = async (out_order_no: string) =>
    (await stage.stack.run(out_order_no).describe()).runId;

  /** The user wanted it cancelled, was told 202, and WeChat has not heard of it. */
  async function leftToBeCancelled(): Promise<string> {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await strike(stack, out_order_no, 'cancel', 'cut', { times: 50 });
    await strike(stack, out_order_no, 'query', 'cut', { times: 50 });
    assert.equal((await stack.api.cancel(out_order_no, CANCELLATION, KEYED)).status, 202);
    await isOnItsWay(stack, out_order_no);
    return out_order_no;
  }

  async function refundDue(): Promise<string> {
    const { stack } = stage;
    const out_order_no = await leftToBeCancelled();
    await stack.people.pay(out_order_no);
    assert.equal((await owing(stack, out_order_no)).trouble, 'refund_due');
    await stack.people.clearFaults();
    return out_order_no;
  }

  async function terminated(out_order_no: string): Promise<string> {
    await stage.stack.run(out_order_no).terminate('pressed by mistake');
    await stage.stack.people.clearFaults();
    return out_order_no;
  }

  /** What the ended run had promised. */
  function isKnown({ operations }: Pick<OrderView, 'operations'>): void {
    const promised = operations.find(({ operation }) => operation === 'cancel');
    assert.equal(promised?.state, 'left_behind');
  }

  it('of a payment that is owed back is not adopted: 503, and what is owed stays', async () => {
    const { stack } = stage;
    const out_order_no = await terminated(await refundDue());
    const before = await runIdOf(out_order_no);
    failsOnce(stack, 'getWorkflowExecutionHistory');
    const { status } = await stack.api.once.adopt(out_order_no);
    assert.equal(status, 503);
    assert.equal(await runIdOf(out_order_no), before);
    const { status: later, body } = await stack.api.adopt(out_order_no);
    assert.deepEqual([later, body.phase, body.trouble], [200, 'paid', 'refund_due']);
    assert.deepEqual([body.refund_due.amount, body.refund_due.because], [500, 'cancel']);
  });

  it('of a cancelled order is not adopted, and its key keeps its outcome', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    const key = { 'idempotency-key': 'cancel' };
    await stack.api.cancel(out_order_no, CANCELLATION, key);
    await stack.run(out_order_no).result();
    const before = await runIdOf(out_order_no);
    failsOnce(stack, 'getWorkflowExecutionHistory');
    assert.equal((await stack.api.once.adopt(out_order_no)).status, 503);
    assert.equal(await runIdOf(out_order_no), before);
    const { body } = await stack.api.adopt(out_order_no);
    assert.equal(body.phase, 'cancelled');
    assert.deepEqual(
      body.operations.map(({ state }: { state: string }) => state),
      ['done'],
    );
  });

  for (const [name, take] of [
    ['adopted', ({ api }, { out_order_no }) => api.once.adopt(out_order_no)],
    ['opened again', ({ api }, order) => api.once.open(order)],
  ] as [
    string,
    (stack: Stack, order: ReturnType<typeof rental>) => Promise<{ status: number }>,
  ][]) {
    it(`because no worker runs is not ${name}: 503, and it is as soon as one does`, async () => {
      const { stack } = stage;
      const order = rental();
      const { out_order_no } = order;
      await stack.people.authorise(order.openid);
      await stack.api.open(order);
      await shown(stack, out_order_no, { phase: 'in_service' });
      await terminated(out_order_no);
      const before = await runIdOf(out_order_no);
      await stage.stopWorker();
      const { status } = await take(stack, order);
      const after = await runIdOf(out_order_no);
      await stage.startWorker();
      assert.deepEqual([status, after], [503, before]);
      assert.ok([200, 201].includes((await take(stack, order)).status));
      await shown(stack, out_order_no, { phase: 'in_service' });
      assert.deepEqual(await executedOn(stack, out_order_no), ['created 0']);
    });
  }

  it('for a moment is not adopted: 503, and what was promised is known afterwards', async () => {
    const { stack } = stage;
    const out_order_no = await terminated(await leftToBeCancelled());
    const before = await runIdOf(out_order_no);
    failsOnce(stack, 'queryWorkflow');
    assert.equal((await stack.api.once.adopt(out_order_no)).status, 503);
    assert.equal(await runIdOf(out_order_no), before);
    isKnown((await stack.api.adopt(out_order_no)).body);
  });

  it('for a moment is not taken up by the reconciliation, which tries again', async () => {
    const { stack } = stage;
    const out_order_no = await terminated(await leftToBeCancelled());
    const ended = await stack.run(out_order_no).describe();
    failsOnce(stack, 'queryWorkflow');
    await assert.rejects(takenUp(stack.temporal, ended));
    assert.equal(await runIdOf(out_order_no), ended.runId);
    isKnown(await takenUp(stack.temporal, ended));
  });

  it('because no worker runs takes no payment either: WeChat repeats it, and then it is owed back', async () => {
    const { stack } = stage;
    const out_order_no = await terminated(await leftToBeCancelled());
    const before = await runIdOf(out_order_no);
    await stage.stopWorker();
    await stack.people.pay(out_order_no);
    const attempts = async () => {
      const [told] = await stack.people.notifications(out_order_no);
      return { id: told?.id ?? '', statuses: told?.attempts.map(({ status }) => status) ?? [] };
    };
    const { id } = await eventually('an answer to WeChat', async () => {
      const told = await attempts();
      return told.statuses.length > 0 && told;
    });
    const after = await runIdOf(out_order_no);
    await stage.startWorker();
    assert.equal((await attempts()).statuses[0], 503);
    assert.equal(after, before);
    await stack.people.resend(id);
    const body = await shown(stack, out_order_no, { phase: 'paid' });
    assert.deepEqual([body.refund_due?.amount, body.refund_due?.because], [500, 'cancel']);
  });
});
