/** What an operator must see, and when it is over: refused with nobody waiting, keys that WeChat does not take. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CANCELLATION, correction, rental, rentalEnd } from '../../support/orders.ts';
import { executedOn, inService, shown, strike } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { inWords } from '../../support/words.ts';

const ASYNC = { prefer: 'respond-async' };

describe('trouble', { concurrency: 6 }, () => {
  const stage = useStack();

  it('operation_refused: a request that nobody waits for is refused by WeChat; the next success ends it', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'totalAboveCap' });
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    const body = await shown(stack, out_order_no, { trouble: 'operation_refused' });
    assert.equal(body.phase, 'in_service');
    assert.equal(body.last_refusal.operation, 'complete');
    assert.equal(body.last_refusal.reason, 'above_cap');
    const done = await stack.api.complete(out_order_no, rentalEnd(500));
    assert.equal(done.status, 200);
    assert.equal(done.body.trouble, undefined);
  });

  it('operation_refused: a request that nobody waits for is refused by a rule', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stack.api.modify(out_order_no, correction(300), ASYNC);
    const body = await shown(stack, out_order_no, { trouble: 'operation_refused' });
    assert.match(body.operations[0].rule, /in_service/);
  });

  it('operation_refused: a 202 is refused after its caller has left', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'throttled', { times: 4 });
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'totalAboveCap' });
    const { status } = await stack.hasty.complete(out_order_no, rentalEnd(500));
    assert.equal(status, 202);
    await shown(stack, out_order_no, { trouble: 'operation_refused' }, 40_000);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0']);
  });

  it('none: a request whose caller waits is refused', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'totalAboveCap' });
    assert.equal((await stack.api.complete(out_order_no, rentalEnd(500))).status, 422);
    const body = await shown(stack, out_order_no, { phase: 'in_service' });
    assert.equal(body.trouble, undefined);
  });

  it('misconfigured: an operation gets 401 until somebody mends the keys, then it is done and the trouble over', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'signature', times: 3 });
    await stack.api.complete(out_order_no, rentalEnd(500));
    const body = await shown(stack, out_order_no, { phase: 'paying' }, 40_000);
    assert.equal(body.trouble, undefined);
    const events = body.timeline.map(({ event }: { event: string }) => event);
    assert.ok(events.some((event: string) => event.startsWith('trouble: misconfigured')));
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('misconfigured: shown while WeChat answers 401 to every call, with its words', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'cancel', 'refused', { refusal: 'serial', times: 3 });
    const left = await stack.api.cancel(out_order_no, CANCELLATION, ASYNC);
    assert.equal(left.status, 202);
    const body = await shown(stack, out_order_no, { trouble: 'misconfigured' });
    assert.equal(body.last_refusal.status, 401);
    assert.match(body.last_refusal.message, /商户证书序列号有误/);
    assert.equal(body.pending_operation.operation, 'cancel');
    await stack.run(out_order_no).result();
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'cancelled 0']);
  });

  it('misconfigured: a creation that gets 401 is tried again within its deadline', async () => {
    const { stack } = stage;
    const order = rental();
    await stack.people.authorise(order.openid);
    const { out_order_no } = order;
    await strike(stack, out_order_no, 'create', 'refused', { refusal: 'signature', times: 2 });
    await stack.api.open(order);
    const body = await shown(stack, out_order_no, { phase: 'in_service' });
    assert.equal(body.trouble, undefined);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0']);
  });

  it('misconfigured: a 401 of a gateway proves nothing, so the order is not in it', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'refused-unsigned', { refusal: 'signature' });
    const { status, body } = await stack.api.complete(out_order_no, rentalEnd(500));
    assert.equal(status, 200);
    const events = body.timeline.map(({ event }: { event: string }) => event);
    assert.ok(!events.some((event: string) => event.includes('misconfigured')));
  });

  it('misconfigured: WeChat’s NO_AUTH for an operation that business code waits for is both answered and shown', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'refused', { refusal: 'noPermission' });
    const { status, body } = await stack.api.complete(out_order_no, rentalEnd(500));
    assert.equal(status, 422);
    assert.equal(body.reason, 'no_permission');
    await shown(stack, out_order_no, { phase: 'in_service', trouble: 'misconfigured' });
    const done = await stack.api.complete(out_order_no, rentalEnd(500));
    assert.equal(done.body.trouble, undefined);
  });
});

describe('a permission that cannot be asked for', () => {
  const stage = useStack();

  it('ends the order at its deadline, rejected, with nothing created', async () => {
    const { stack } = stage;
    const order = rental({ deadlines: { creation_seconds: 10 } });
    await stack.people.authorise(order.openid);
    await stack.people.planFault({ call: 'permission', fault: 'unsigned-502', times: 100 });
    await stack.api.open(order);
    const { phase, explanation } = await stack.run(order.out_order_no).result();
    assert.equal(phase, 'rejected');
    assert.match(inWords(explanation), /permission could not be asked for.*Nothing was created/);
    await assert.rejects(stack.people.order(order.out_order_no), { status: 404 });
    assert.equal((await stack.api.open(order)).status, 422);
    await stack.people.clearFaults();
  });

  it('is not called refused by WeChat Pay where nothing proves that it refused', async () => {
    const { stack } = stage;
    const order = rental({ deadlines: { creation_seconds: 10 } });
    const unproven = { fault: 'refused-unsigned', refusal: 'noPermission', times: 100 } as const;
    await stack.people.planFault({ call: 'permission', ...unproven });
    await stack.api.open(order);
    const { phase, explanation, last_refusal } = await stack.run(order.out_order_no).result();
    assert.equal(phase, 'rejected');
    assert.match(inWords(explanation), /NO_AUTH.*not proven/);
    assert.equal(last_refusal, undefined);
  });
});
