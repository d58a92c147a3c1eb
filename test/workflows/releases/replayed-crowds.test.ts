/** Orders that are read, asked about and told of at the same moment: whatever comes in between, their histories replay. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { orderPaid, refreshRequested } from '../../../workflows/contract.ts';
import { workflowBundle } from '../../support/bundle.ts';
import { paying } from '../../support/play.ts';
import { replay } from '../../support/replays.ts';
import { useStack } from '../../support/stage.ts';

/** So many that the worker is busy: what comes in between comes while it answers. */
const ORDERS = 60;
const MESSAGES = 3;
const NONSENSE = { headers: {}, body: 'e30=' };

describe('an order to which everything comes at once', () => {
  const stage = useStack();

  it('has a history that replays', async () => {
    const { stack } = stage;
    const orders = await Promise.all(Array.from({ length: ORDERS }, () => paying(stack)));
    await Promise.all(
      orders.map(async ({ out_order_no }, index) => {
        await stack.people.planFault({
          ...{ call: 'query', fault: 'refused', refusal: 'signature' },
          ...{ out_order_no, times: 4 * MESSAGES },
        });
        const run = stack.run(out_order_no);
        for (let n = 0; n < MESSAGES; n++) {
          await Promise.all([
            run.signal(orderPaid, NONSENSE),
            stack.api.read(out_order_no),
            run.signal(refreshRequested, {}),
            delay((index + n) % 10).then(() => stack.api.read(out_order_no)),
            delay((index * n) % 20).then(() => run.signal(refreshRequested, {})),
          ]);
        }
      }),
    );
    // Questions of a busy machine are fewer: refusals that are left would be repeated for minutes.
    await stack.people.clearFaults();
    await Promise.all(
      orders.map(async ({ out_order_no }) => {
        await Promise.all([stack.people.pay(out_order_no), stack.api.read(out_order_no)]);
        await stack.run(out_order_no).result();
      }),
    );
    const histories = await Promise.all(
      orders.map(async ({ out_order_no }) => ({
        workflowId: out_order_no,
        history: await stack.run(out_order_no).fetchHistory(),
      })),
    );
    const { count, failures } = await replay(await workflowBundle(), histories);
    assert.deepEqual([count, failures], [ORDERS, []]);
  });
});
