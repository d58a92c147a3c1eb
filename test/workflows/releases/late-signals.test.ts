/**
 * A signal that led to nothing, and an update while no worker runs: the next worker is handed both at once, and takes up the signal
 * at a later hour than the one at which it is replayed (`find_end_index_of_next_wft_seq` in the SDK's Core takes the task between
 * them for a heartbeat as long as nothing follows). No decision may hang on it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { Worker } from '@temporalio/worker';
import { refreshRequested } from '../../../workflows/contract.ts';
import { requestOf, USER } from '../../../api/service-orders/refresh.ts';
import { workflowBundle } from '../../support/bundle.ts';
import { TEST_CONVERTER } from '../../support/codec.ts';
import { eventually } from '../../support/eventually.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { strike } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('somebody who waits, told just before a worker is lost', () => {
  const stage = useStack();

  it('is replayed as it was taken up', async () => {
    const { stack } = stage;
    const order = rental({ deadlines: { creation_seconds: 20 } });
    const { out_order_no } = order;
    await stack.people.authorise(order.openid);
    await strike(stack, out_order_no, 'create', 'sign-error', { times: 1_000 });
    const openedAt = Date.now();
    const at = (seconds: number) => delay(openedAt + seconds * 1_000 - Date.now());
    void stack.api.open(order).catch(() => undefined);

    // After the fifth attempt; the next one is sent when the time is over, and somebody waits.
    await at(17);
    await stack.run(out_order_no).signal(refreshRequested, {});
    await at(17.5);
    await stack.run(out_order_no).signal(refreshRequested, requestOf(USER));
    await at(18);
    await stage.stopWorker();
    const asked = stack.api.complete(out_order_no, rentalEnd(500));
    await at(21.5);
    await stage.startWorker();
    await asked;

    const run = stack.run(out_order_no);
    await eventually('its end', async () => (await run.describe()).status.name === 'FAILED');
    const { events } = await run.fetchHistory();
    await Worker.runReplayHistory(
      { workflowBundle: await workflowBundle(), dataConverter: TEST_CONVERTER },
      { events: events ?? [] },
      run.workflowId,
    );
  });
});
