/** Trouble `misconfigured` goes with WeChat’s first answer, whatever it is and whoever asked. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rental, rentalEnd } from '../../support/orders.ts';
import { inService, paying, shown, strike, timesScheduled } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { useLongStack } from '../../support/time-skipping.ts';

const ASYNC = { prefer: 'respond-async' };
const LONG_MS = 90_000;

const names = (words: string) => (timeline: unknown) => JSON.stringify(timeline).includes(words);

describe('after a 401', { concurrency: 6 }, () => {
  const stage = useStack({ pollDelaysMs: [500] });

  it('of the poll, the trouble goes while the order still waits for its payment', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'signature' });
    await shown(stack, out_order_no, { trouble: 'misconfigured' });
    const body = await shown(stack, out_order_no, { trouble: undefined }, LONG_MS);
    assert.equal(body.phase, 'paying');
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).trouble, undefined);
  });

  it('of the poll, an answer that there is no such order is an answer', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'signature' });
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'orderNotFound', times: 100 });
    await shown(stack, out_order_no, { trouble: 'misconfigured' });
    const isOver = (trouble: unknown) => trouble !== 'misconfigured';
    await shown(stack, out_order_no, { phase: 'paying', trouble: isOver }, LONG_MS);
  });

  it('of a refresh, a later one that finds no order is an answer', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'signature' });
    await stack.api.refresh(out_order_no);
    await shown(stack, out_order_no, { trouble: 'misconfigured' });
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'orderNotFound' });
    await stack.api.refresh(out_order_no);
    await shown(stack, out_order_no, { phase: 'in_service', trouble: undefined });
  });

  it('of a refresh, a refusal of the next one for another reason is an answer', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'signature' });
    await stack.api.refresh(out_order_no);
    await shown(stack, out_order_no, { trouble: 'misconfigured' });
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'parameter' });
    assert.equal((await stack.api.refresh(out_order_no)).status, 422);
    await shown(stack, out_order_no, { phase: 'in_service', trouble: undefined });
  });

  it('while it is created, that WeChat does not show what is under its number is an answer', async () => {
    const { stack } = stage;
    const order = rental({ deadlines: { creation_seconds: 600 } });
    const { out_order_no } = order;
    await stack.people.authorise(order.openid);
    await strike(stack, out_order_no, 'create', 'cut', { times: 10_000 });
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'signature', times: 2 });
    await strike(stack, out_order_no, 'query', 'refused', {
      refusal: 'noPermission',
      times: 1_000,
    });
    await stack.api.open(order);
    const { timeline } = await shown(
      stack,
      out_order_no,
      {
        timeline: names('trouble: misconfigured'),
        trouble: (told: unknown) => told !== 'misconfigured',
      },
      LONG_MS,
    );
    assert.ok(names('SIGN_ERROR')(timeline));
  });

  it('of an operation, WeChat’s refusal of the next attempt is an answer', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'signature' });
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'totalAboveCap' });
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'orderNotFound', times: 100 });
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    const body = await shown(stack, out_order_no, { trouble: 'operation_refused' });
    assert.ok(names('trouble: misconfigured')(body.timeline));
  });
});

describe('after a 401 of the question whether the user has authorised', () => {
  const stage = useStack();

  it('the trouble goes while the order still waits for the user', async () => {
    const { stack } = stage;
    await stage.startWorker({ authorizationDelaysMs: [500] });
    const order = rental();
    assert.equal((await stack.api.open(order)).status, 202);
    await stack.people.planFault({
      ...{ call: 'permission-by-code', fault: 'refused', refusal: 'signature' },
    });
    await stack.people.planFault({ call: 'permission', fault: 'refused', refusal: 'signature' });
    await shown(stack, order.out_order_no, { trouble: 'misconfigured' });
    await stack.people.clearFaults();
    const body = await shown(stack, order.out_order_no, { trouble: undefined }, LONG_MS);
    assert.equal(body.phase, 'authorizing');
  });
});

describe('after several 401 of the poll', () => {
  const stage = useLongStack({ pollDelaysMs: [500] });

  it('WeChat is asked directly, ever more rarely, and the trouble goes with the first answer', async () => {
    const { stack } = stage;
    const order = rental();
    const { out_order_no } = order;
    await stack.people.authorise(order.openid);
    assert.equal((await stack.api.open(order)).status, 201);
    await stage.pass(10);
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await shown(stack, out_order_no, { phase: 'paying' });
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'serial', times: 4 });
    await stage.pass(20);
    await shown(stack, out_order_no, { trouble: 'misconfigured' });
    await stage.pass(100);
    await shown(stack, out_order_no, { phase: 'paying', trouble: 'misconfigured' });
    await stage.pass(400);
    await shown(stack, out_order_no, { phase: 'paying', trouble: undefined });
    const asked = await timesScheduled(stack, out_order_no, 'getServiceOrder');
    assert.ok(asked >= 4 && asked <= 6, `${asked}`);
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });
});
