/** Whoever opens an order while WeChat Pay does not take our calls (401) keeps its number: nothing was created. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Call } from '../../../simulator/transport/call.ts';
import { eventually } from '../../support/eventually.ts';
import { CANCELLATION, rental, rentalEnd } from '../../support/orders.ts';
import { executedOn, known, losesNotifications, shown, strike } from '../../support/play.ts';
import { useStack, type Stage } from '../../support/stage.ts';
import { useLongStack } from '../../support/time-skipping.ts';
import { workflowIdOf } from '../../../workflows/contract.ts';

const LONG_MS = 60_000;
const ALWAYS = { refusal: 'signature', times: 1_000 } as const;
const SHORT = { deadlines: { creation_seconds: 10 } };
const MINUTES_MS = 600_000;

/** The order, once its run has failed. */
async function failed({ stack }: Stage, out_order_no: string) {
  const id = workflowIdOf(stack.merchant.mchid, out_order_no);
  await eventually(
    'a run that has failed',
    async () => (await stack.client.workflow.getHandle(id).describe()).status.name === 'FAILED',
    LONG_MS,
  );
  const { body } = await stack.api.read(out_order_no);
  assert.equal(body.trouble, 'misconfigured');
  assert.match(
    body.explanation,
    /401 SIGN_ERROR.*Request-ID \w+.*Nothing was created.*same request/s,
  );
  await assert.rejects(stack.people.order(out_order_no), { status: 404 });
  return body;
}

async function opensAnew({ stack }: Stage, order: ReturnType<typeof rental>): Promise<void> {
  const { status } = await known(() => stack.api.open(order));
  assert.ok([200, 201].includes(status), String(status));
  await shown(stack, order.out_order_no, { phase: 'in_service', trouble: undefined });
  assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0']);
}

/** Of a user who has authorised. */
async function wanted({ stack }: Stage, change = SHORT) {
  const order = rental(change);
  await stack.people.authorise(order.openid);
  return order;
}

const refuse = async ({ stack }: Stage, out_order_no: string, call: Call) =>
  await strike(stack, out_order_no, call, 'refused', ALWAYS);

// Faults of questions about users strike everybody's: those who plan them have a stack of their own.
describe('while WeChat Pay answers 401', { concurrency: true }, () => {
  describe('an order that is opened', { concurrency: 1 }, () => {
    const stage = useStack();

    it('to its first question fails at its deadline, and the same request opens it anew', async () => {
      const { api, people } = stage.stack;
      await people.planFault({ call: 'permission', fault: 'refused', ...ALWAYS });
      const [order, other, unwanted] = await Promise.all([
        wanted(stage),
        wanted(stage),
        wanted(stage),
      ]);
      await Promise.all([order, other, unwanted].map((one) => api.once.open(one)));
      await api.cancel(unwanted.out_order_no, CANCELLATION, { prefer: 'respond-async' });
      const { last_refusal } = await failed(stage, order.out_order_no);
      assert.deepEqual([last_refusal.status, last_refusal.reason], [401, 'signature']);
      await failed(stage, other.out_order_no);

      const changed = await api.open({ ...other, service_introduction: '别的' });
      assert.equal(changed.status, 409);
      const ended = await api.complete(other.out_order_no, rentalEnd(500));
      assert.equal(ended.status, 409, 'there is nothing to complete');

      const cancelled = await shown(stage.stack, unwanted.out_order_no, { phase: 'cancelled' });
      assert.equal(cancelled.operations[0].state, 'done');

      const listed = await eventually('the list', async () => {
        const { body: list } = await api.call('GET', '/v1/service-orders?trouble=misconfigured');
        const numbers = list.orders.map((one: { out_order_no: string }) => one.out_order_no);
        return numbers.includes(order.out_order_no) && list;
      });
      assert.ok(listed.orders.every((one: { phase: string }) => one.phase === 'creating'));

      await people.clearFaults();
      await Promise.all([opensAnew(stage, order), opensAnew(stage, other)]);
    });

    it('stays open where the outcome of its creation is unknown, and asks on', async () => {
      const { api } = stage.stack;
      const order = await wanted(stage);
      const { out_order_no } = order;
      await strike(stage.stack, out_order_no, 'create', 'executed-then-cut');
      await refuse(stage, out_order_no, 'query');
      await refuse(stage, out_order_no, 'create');
      await losesNotifications(stage.stack, out_order_no);
      await api.once.open(order);
      await delay(15_000);
      const body = await shown(stage.stack, out_order_no, { trouble: 'misconfigured' });
      assert.equal(body.phase, 'creating');
      assert.equal(body.explanation, undefined);
      assert.equal(body.pending_operation.is_unknown, true);
    });
  });

  describe(
    'an order that is opened by a worker of a wrong clock, or is known to be permitted',
    { concurrency: 1 },
    () => {
      const stage = useStack();

      it('that nothing proves to be WeChat Pay’s does so too, and names the clocks where they differ', async () => {
        const { api } = stage.stack;
        // By its clock WeChat’s answers are ten minutes old, so that it cannot believe them.
        await stage.startWorker({ wechatpay: { now: () => new Date(Date.now() + MINUTES_MS) } });
        const order = await wanted(stage);
        await api.once.open(order);
        const { last_refusal, explanation } = await failed(stage, order.out_order_no);
        assert.equal(last_refusal, undefined, 'what is not proven is nobody’s refusal');
        assert.match(explanation, /clock is (599|60\d) s ahead of WeChat Pay’s/);
        await stage.startWorker();
        await opensAnew(stage, order);
      });

      it('to the creation, or to the invitation, does so too', async () => {
        const { api, people } = stage.stack;
        const [order, uninvited] = [await wanted(stage), rental(SHORT)];
        await refuse(stage, order.out_order_no, 'create');
        await people.planFault({ call: 'prepare', fault: 'refused', ...ALWAYS });
        await Promise.all([order, uninvited].map((one) => api.once.open(one)));
        await Promise.all([order, uninvited].map((one) => failed(stage, one.out_order_no)));
        await people.authorise(uninvited.openid);
        await people.clearFaults();
        await Promise.all([order, uninvited].map((one) => opensAnew(stage, one)));
      });
    },
  );

  describe('an order whose user is to authorise', { concurrency: 1 }, () => {
    const stage = useLongStack();

    it('fails when the time for that is over, and is not called unauthorised', async () => {
      const { api, people } = stage.stack;
      const order = rental({ deadlines: { authorization_seconds: 600 } });
      await api.once.open(order);
      await shown(stage.stack, order.out_order_no, { phase: 'authorizing' });
      await people.planFault({ call: 'permission-by-code', fault: 'refused', ...ALWAYS });
      await stage.pass(700);
      await failed(stage, order.out_order_no);
      await people.clearFaults();
    });

    it('keeps its number too where nothing proves a 401 to its creation, once that cannot arrive any more', async () => {
      const { api, people } = stage.stack;
      const order = rental(SHORT);
      await people.authorise(order.openid);
      await strike(stage.stack, order.out_order_no, 'create', 'sign-error-unsigned', {
        times: 1_000,
      });
      await api.once.open(order);
      await eventually(
        'a creation that is not taken',
        async () => (await people.faults()).injected.calls['sign-error-unsigned'],
        LONG_MS,
      );
      await stage.pass(700);
      await failed(stage, order.out_order_no);
    });
  });
});
