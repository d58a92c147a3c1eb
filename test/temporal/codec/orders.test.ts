/** Orders whose payloads are encrypted, under keys that come and go, beside orders that were begun in clear. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import proto from '@temporalio/proto';
import { isEncrypted } from '../../../temporal/codec/payload-codec.ts';
import { missingKeyId } from '../../../temporal/codec/keys-in-use.ts';
import { SECRET, testCodec } from '../../support/codec.ts';
import { eventually } from '../../support/eventually.ts';
import { rentalEnd } from '../../support/orders.ts';
import { inService, shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

const { EventType } = proto.temporal.api.enums.v1;
const ASYNC = { prefer: 'respond-async' };
const NEWER = randomBytes(32);

describe('an order that is encrypted', () => {
  const stage = useStack();

  it('waits where no worker has its key, and goes on when the key is back', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stage.startWorker({ codec: testCodec({ secrets: [NEWER] }) });
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    const failure = await eventually('a task that fails', async () => {
      const { events } = await stack.run(out_order_no).fetchHistory();
      return events?.find(
        ({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
      );
    });
    assert.ok(!JSON.stringify(failure).includes(out_order_no));
    await stage.startWorker();
    await shown(stack, out_order_no, { phase: 'paying' }, 60_000);
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });

  it('goes on under the newer key, where the older one is kept', async () => {
    const { stack } = stage;
    await stage.startWorker();
    const { out_order_no } = await inService(stack);
    const client = { client: stack.client, taskQueue: stack.temporal.taskQueue };
    const both = testCodec({ secrets: [NEWER, SECRET] });
    await stage.startWorker({ codec: both });
    const { keyId } = testCodec();
    const missing = async (ids: readonly string[]) =>
      await missingKeyId(client.client, client.taskQueue, ids);
    const older = await eventually('what is listed', async () => missing([both.keyId ?? '']));
    assert.equal(older, keyId);
    assert.equal(await missing([]), keyId);
    assert.equal(await missing(both.keyIds), undefined);
    // The API has not heard of the newer key: whatever was written under it cannot be read there.
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    const answer = await eventually('an answer under the newer key', async () => {
      const read = await stack.api.once.read(out_order_no);
      return read.status === 503 && read;
    });
    assert.match(answer.body.detail, new RegExp(`codec key ${both.keyId}`));
    await stage.startWorker();
  });
});

describe('an order that was begun in clear', () => {
  const stage = useStack({ codec: testCodec({ encrypts: false }) });

  it('goes on encrypted, and in clear again', async () => {
    const { stack } = stage;
    await stage.startWorker({ codec: testCodec({ encrypts: false }) });
    const { out_order_no } = await inService(stack);
    assert.deepEqual(await kinds(out_order_no), ['clear']);
    await stage.startWorker();
    await stack.api.complete(out_order_no, rentalEnd(500));
    await shown(stack, out_order_no, { phase: 'paying' });
    assert.deepEqual(await kinds(out_order_no), ['clear', 'encrypted']);
    await stage.startWorker({ codec: testCodec({ encrypts: false }) });
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });

  async function kinds(out_order_no: string): Promise<string[]> {
    const { events } = await stage.stack.run(out_order_no).fetchHistory();
    const inputs = (events ?? []).flatMap((event) => [
      ...(event.workflowExecutionStartedEventAttributes?.input?.payloads ?? []),
      ...(event.activityTaskScheduledEventAttributes?.input?.payloads ?? []),
    ]);
    return [...new Set(inputs.map((payload) => (isEncrypted(payload) ? 'encrypted' : 'clear')))];
  }
});
