/** A query that waits for a worker, while news come in: Temporal hands it over with events that no workflow task has started. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { order as orderQuery } from '../../../workflows/contract.ts';
import { workflowBundle } from '../../support/bundle.ts';
import { rentalEnd } from '../../support/orders.ts';
import { inService, shown, type PlayedOrder } from '../../support/play.ts';
import { replay } from '../../support/replays.ts';
import { useStack } from '../../support/stage.ts';

/** In which Temporal hands the query over first is by chance. */
const ORDERS = 12;
/** Temporal gives up a worker that has not asked for so long, and then lets whoever asks have the query. */
const WITHOUT_WORKER_MS = 11_000;
/** Until what was asked or told waits in Temporal. */
const ON_ITS_WAY_MS = 500;

describe('orders that are read and told of while no worker runs', () => {
  const stage = useStack();
  let orders: PlayedOrder[];
  let readings: Promise<number>[];
  let restartedAt: number;
  before(async () => {
    const { stack } = stage;
    orders = await Promise.all(Array.from({ length: ORDERS }, () => inService(stack)));
    await stage.stopWorker();
    await delay(WITHOUT_WORKER_MS);
    readings = orders.map(async ({ out_order_no }) => (await stack.api.read(out_order_no)).status);
    await delay(ON_ITS_WAY_MS);
    await Promise.all(
      orders.map(({ out_order_no }) =>
        stack.run(out_order_no).signal('serviceEnded', { body: rentalEnd(500) }),
      ),
    );
    await delay(ON_ITS_WAY_MS);
    restartedAt = Date.now();
    await stage.startWorker();
  });

  it('are shown to those who had asked', async () => {
    assert.deepEqual(new Set(await Promise.all(readings)), new Set([200]));
  });

  it('go on at the hour of their workers', async () => {
    for (const { out_order_no } of orders) {
      await shown(stage.stack, out_order_no, { phase: 'paying' });
      const { timeline } = await stage.stack.run(out_order_no).query(orderQuery);
      const asked = timeline.find(({ event }) => event.code === 'asked_for');
      assert.ok(asked);
      // Its hours are of whole seconds.
      assert.ok(Date.parse(asked.at) > restartedAt - 1_000, asked.at);
    }
  });

  it('have histories that replay', async () => {
    const histories = await Promise.all(
      orders.map(async ({ out_order_no }) => ({
        workflowId: out_order_no,
        history: await stage.stack.run(out_order_no).fetchHistory(),
      })),
    );
    const { count, failures } = await replay(await workflowBundle(), histories);
    assert.deepEqual([count, failures], [ORDERS, []]);
  });
});

describe('an order that was ended from outside with news that no worker had taken', () => {
  const stage = useStack();

  it('is shown as it is, since it never goes on', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stage.stopWorker();
    await stack.run(out_order_no).signal('serviceEnded', { body: rentalEnd(500) });
    await stack.run(out_order_no).terminate('by a test');
    await stage.startWorker();
    const { status, body } = await stack.api.read(out_order_no);
    assert.deepEqual([status, body.phase], [200, 'in_service']);
    // Whoever asks without knowing that it has ended is refused.
    await assert.rejects(stack.run(out_order_no).query(orderQuery));
  });
});
