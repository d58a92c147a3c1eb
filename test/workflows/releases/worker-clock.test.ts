/** A worker whose clock is wrong sends what is due all the same: what is too late is decided by Temporal’s clock. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { registerSearchAttributes } from '../../../worker/namespace.ts';
import { eventually } from '../../support/eventually.ts';
import { CANCELLATION, correction, rental, rentalEnd } from '../../support/orders.ts';
import { executedOn, inService, shown, timesScheduled } from '../../support/play.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { useStack } from '../../support/stage.ts';
import { skippingEnvironment, type Skipping } from '../../support/skipping-environment.ts';

const ASYNC = { prefer: 'respond-async' };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Within which WeChat takes signatures. */
const MINUTES_MS = 4 * MINUTE_MS;
const LONG_MS = 60_000;

describe('a worker', () => {
  const stage = useStack({ simulator: { policies: { cancel_while_paying: 'allowed' } } });

  /** The worker’s clock, so far ahead of the machine’s; to be set by the test. */
  async function clock(aheadMs: number) {
    const its = { aheadMs };
    await stage.startWorker({ systemNow: () => Date.now() + its.aheadMs });
    return its;
  }

  async function lives(): Promise<void> {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await shown(stack, out_order_no, { phase: 'paying' }, LONG_MS);
    await stack.api.modify(out_order_no, correction(300), ASYNC);
    await stack.api.cancel(out_order_no, CANCELLATION, ASYNC);
    await shown(stack, out_order_no, { phase: 'cancelled' }, LONG_MS);
    assert.deepEqual(await executedOn(stack, out_order_no), [
      ...['created 0', 'completed 500', 'modified 300', 'cancelled 0'],
    ]);
  }

  for (const [words, aheadMs] of [
    ['45 s ahead', 45_000],
    ['4 minutes ahead', MINUTES_MS],
    ['4 minutes behind', -MINUTES_MS],
  ] as const) {
    it(`whose clock is ${words} does everything that is asked of it`, async () => {
      await clock(aheadMs);
      await lives();
      await lives();
    });
  }

  for (const [words, from, to] of [
    ['goes ahead by a minute while it runs', 0, MINUTE_MS],
    ['was a minute behind and is put right', -MINUTE_MS, 0],
    ['was 4 minutes ahead and is put right', MINUTES_MS, 0],
    ['goes from 4 minutes behind to 4 minutes ahead', -MINUTES_MS, MINUTES_MS],
  ] as const) {
    it(`whose clock ${words} goes on`, async () => {
      const its = await clock(from);
      await lives();
      its.aheadMs = to;
      await lives();
    });
  }
});

describe('a worker whose clock runs away', () => {
  let aheadMs = 0;
  let skipping: Skipping;
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  before(async () => {
    skipping = await skippingEnvironment();
    const { address, connection } = skipping.environment;
    const prepare = () => registerSearchAttributes(connection, 'default');
    stack = await startStack({ server: { address, prepare, stop: async () => {} } });
    const systemNow = () => Date.now() + (aheadMs += HOUR_MS);
    worker = await stack.startWorker({ systemNow, wechatpay: { now: () => new Date() } });
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
    await skipping.stop();
  });

  it('is told by the orders that it holds, with both times, and sends nothing', async () => {
    const order = rental({ deadlines: { creation_seconds: 3_600 } });
    const { out_order_no } = order;
    await stack.people.authorise(order.openid);
    void stack.api.open(order).catch(() => undefined);
    await eventually('an attempt', async () => {
      const { status } = await stack.api.read(out_order_no);
      return (
        status === 200 && (await timesScheduled(stack, out_order_no, 'createServiceOrder')) > 0
      );
    });
    await skipping.environment.sleep('11 minutes');
    const time = String.raw`\d{4}-\d{2}-\d{2}T[\d:.]+Z`;
    const both = new RegExp(`in hand too late \\(its clock says ${time}, Temporal’s ${time}\\)`);
    await shown(stack, out_order_no, {
      ...{ phase: 'creating', trouble: 'unresolved' },
      unresolved: (words: unknown) => both.test(String(words)),
    });
    await assert.rejects(stack.people.order(out_order_no), { status: 404 });
  });
});
