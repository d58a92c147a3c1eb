/** A creation whose outcome is unknown: at most one order at WeChat, and none that nobody asked for. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { rental } from '../../support/orders.ts';
import { executedOn, known, shown, strike } from '../../support/play.ts';
import type { Stack } from '../../support/stack.ts';
import { useStack } from '../../support/stage.ts';

describe('a creation', { concurrency: 6 }, () => {
  const stage = useStack();

  async function authorised({ people }: Stack) {
    const order = rental({ risk_fund: { amount: 2_000 } });
    await people.authorise(order.openid);
    return order;
  }

  for (const fault of [
    'executed-then-500',
    'executed-then-502-unsigned',
    'executed-then-cut',
    'cut',
    'accepted-202',
    'not-executed-500',
    'unavailable-503',
    'unsigned-502',
    'refused-unsigned',
    'bad-signature',
    'signtest',
    'unknown-serial',
    'half-json-signed',
    'not-json',
  ] as const) {
    it(`whose outcome is unknown (${fault}) is asked about, and the order created once`, async () => {
      const { stack } = stage;
      const order = await authorised(stack);
      await strike(stack, order.out_order_no, 'create', fault);
      // On a busy machine it may take longer than its caller waits.
      const { status, body } = await known(() => stack.api.open(order));
      assert.ok([200, 201].includes(status), String(status));
      assert.equal(body.phase, 'in_service');
      assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0']);
    });
  }

  for (const fault of ['throttled', 'throttled-by-gateway'] as const) {
    it(`that was ${fault} is sent again later`, async () => {
      const { stack } = stage;
      const order = await authorised(stack);
      await strike(stack, order.out_order_no, 'create', fault, { times: 2 });
      await stack.api.open(order);
      await shown(stack, order.out_order_no, { phase: 'in_service' });
      assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0']);
    });
  }

  it('is not believed to be refused because a gateway said so twice', async () => {
    const { stack } = stage;
    const order = await authorised(stack);
    await strike(stack, order.out_order_no, 'create', 'unsigned-502', { times: 2 });
    await stack.api.open(order);
    await shown(stack, order.out_order_no, { phase: 'in_service' });
  });

  it('that lands after its first 404 is one with the one that was sent again', async () => {
    const { stack } = stage;
    const order = await authorised(stack);
    await strike(stack, order.out_order_no, 'create', 'executed-late', { delay_seconds: 3 });
    const { status } = await known(() => stack.api.open(order));
    assert.ok([200, 201].includes(status), String(status));
    await delay(3_500);
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0']);
    await shown(stack, order.out_order_no, { phase: 'in_service' });
  });

  it('that lands while another attempt is refused is found, and the refusal not believed', async () => {
    const { stack } = stage;
    const order = await authorised(stack);
    const { out_order_no } = order;
    await strike(stack, out_order_no, 'create', 'executed-late', { delay_seconds: 5 });
    await strike(stack, out_order_no, 'create', 'refused', { refusal: 'riskRefused' });
    const { status } = await stack.hasty.open(order);
    assert.equal(status, 202);
    await shown(stack, out_order_no, { phase: 'in_service' }, 40_000);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0']);
    assert.equal((await stack.api.open(order)).status, 200);
  });

  it('that was executed is found, though WeChat denies it once and refuses the repetition to a user who has revoked', async () => {
    const { stack } = stage;
    const order = await authorised(stack);
    const { out_order_no } = order;
    await strike(stack, out_order_no, 'create', 'executed-then-500');
    await strike(stack, out_order_no, 'query', 'refused', { refusal: 'orderNotFound' });
    await strike(stack, out_order_no, 'create', 'refused', { refusal: 'noPermission' });
    const { status, body } = await known(() => stack.api.open(order));
    assert.ok([200, 201].includes(status), JSON.stringify(body));
    assert.equal(body.phase, 'in_service');
    assert.equal(body.last_refusal, undefined);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0']);
  });

  it('answered with CREATED is cancelled at WeChat and rejected, with what to ask WeChat for', async () => {
    const { stack } = stage;
    const order = await authorised(stack);
    await stack.people.setBehaviour(order.openid, { creation: 'stays_created' });
    const { status, body } = await known(() => stack.api.open(order));
    assert.equal(status, 422);
    assert.match(body.detail, /confirm mode \(state CREATED\).*cancelled at WeChat Pay/);
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0', 'cancelled 0']);
    assert.equal((await stack.run(order.out_order_no).result()).phase, 'rejected');
  });

  it('answered with CREATED is cancelled, however often WeChat refuses that at first', async () => {
    const { stack } = stage;
    const order = await authorised(stack);
    await stack.people.setBehaviour(order.openid, { creation: 'stays_created' });
    await strike(stack, order.out_order_no, 'cancel', 'refused', { refusal: 'notCancellable' });
    const opening = stack.api.open(order);
    await shown(stack, order.out_order_no, { phase: 'creating', trouble: 'operation_refused' });
    await opening;
    assert.equal((await stack.run(order.out_order_no).result()).phase, 'rejected');
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0', 'cancelled 0']);
  });

  for (const [creation, reason] of [
    ['risk_refused', 'risk'],
    ['open_orders', 'open_orders'],
    ['too_many_orders', 'open_orders'],
    ['overdue', 'open_orders'],
    ['no_auth', 'no_permission'],
  ] as const) {
    it(`that WeChat refuses (${creation}) is rejected with the reason ${reason}, and nothing exists`, async () => {
      const { stack } = stage;
      const order = await authorised(stack);
      await stack.people.setBehaviour(order.openid, { creation });
      const { status, body } = await known(() => stack.api.open(order));
      assert.equal(status, 422);
      assert.equal(body.reason, reason);
      assert.equal((await stack.run(order.out_order_no).result()).phase, 'rejected');
      await assert.rejects(stack.people.order(order.out_order_no), { status: 404 });
    });
  }
});
