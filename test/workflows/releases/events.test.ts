/** Orders whose run was begun by a worker of a release that tells business code nothing, though its API wants it told. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { changedBundle } from '../../support/changed-bundle.ts';
import { rentalEnd } from '../../support/orders.ts';
import { inService } from '../../support/play.ts';
import { startReceiver, type TestReceiver } from '../../support/receiver.ts';
import { useStack } from '../../support/stage.ts';

describe('a release with events after one without', () => {
  const stage = useStack({ events: ['in_service'] });
  let receiver: TestReceiver;
  before(async () => {
    receiver = await startReceiver();
  });
  after(async () => await receiver.stop());

  it('goes on with the orders of the one before, and tells how they stand from then on', async () => {
    const bundle = await changedBundle({
      file: 'workflows/events/telling.ts',
      from: "return events !== undefined && patched('events');",
      to: 'return events === undefined && false;',
    });
    await stage.startWorker({ bundle });
    const { out_order_no } = await inService(stage.stack);
    const { url, secret } = receiver;
    await stage.startWorker({ receiver: { url, secrets: [secret] } });
    await stage.stack.api.complete(out_order_no, rentalEnd(500));
    await stage.stack.people.pay(out_order_no);
    assert.equal((await stage.stack.run(out_order_no).result()).phase, 'paid');
    const failures = (await stage.stack.historyOf(out_order_no)).filter(
      (event) => event.workflowTaskFailedEventAttributes,
    );
    assert.deepEqual(failures, []);
    const told = await receiver.arrived(out_order_no, 2);
    assert.deepEqual(
      told.map(({ type }) => type),
      ['service_order.in_service', 'service_order.paid'],
    );
  });
});
