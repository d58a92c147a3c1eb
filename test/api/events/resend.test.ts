/** `POST /v1/events/{id}/resend` */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { paying } from '../../support/play.ts';
import { answering, TAKE, useReceiver } from '../../support/receiver.ts';
import { useStack } from '../../support/stage.ts';

const HOUR_MS = 3_600_000;

describe('resending an event', () => {
  const stage = useStack({ events: ['paying'] });
  const receiver = useReceiver(stage, { deliveryDelaysMs: [HOUR_MS] });
  beforeEach(() => receiver.behave(TAKE));

  const resend = async (id: string) =>
    await stage.stack.api.call('POST', `/v1/events/${encodeURIComponent(id)}/resend`);
  const drained = async (out_order_no: string) =>
    void (await stage.stack.lane(out_order_no).result());

  it('sends one that was delivered again, under the same id: 202', async () => {
    const { out_order_no } = await paying(stage.stack);
    const [first] = await receiver.arrived(out_order_no, 1);
    await drained(out_order_no);
    const { status, body } = await resend(first!.id);
    assert.equal(status, 202);
    assert.deepEqual(body, { id: first!.id });
    const [, again] = await receiver.arrived(out_order_no, 2);
    assert.equal(again?.id, first?.id);
    assert.deepEqual(again?.data, first?.data);
  });

  it('finds one that an earlier run of the lane delivered', async () => {
    const { out_order_no } = await paying(stage.stack);
    const [first] = await receiver.arrived(out_order_no, 1);
    await drained(out_order_no);
    await stage.stack.people.pay(out_order_no);
    await receiver.arrived(out_order_no, 2);
    await drained(out_order_no);
    await eventually('found', async () => (await resend(first!.id)).status === 202);
    const came = await receiver.arrived(out_order_no, 3);
    assert.equal(came.at(-1)?.id, first?.id);
  });

  it('tries one that waits at once, in place of in an hour', async () => {
    receiver.behave(answering(500));
    const { out_order_no } = await paying(stage.stack);
    const [first] = await receiver.arrived(out_order_no, 1);
    receiver.behave(TAKE);
    assert.equal((await resend(first!.id)).status, 202);
    await receiver.arrived(out_order_no, 2);
    await drained(out_order_no);
  });

  it('answers 404 for one that is not held, and says since when others are', async () => {
    const { out_order_no } = await paying(stage.stack);
    const [first] = await receiver.arrived(out_order_no, 1);
    await drained(out_order_no);
    const other = await resend(first!.id.replace(/\d+$/, '77'));
    assert.equal(other.status, 404);
    assert.equal(other.body.type, 'urn:payscore-orders:no-such-event');
    assert.ok(String(other.body.detail).includes(`those since ${first!.timestamp} are held`));

    const nobody = await resend(first!.id.replace(out_order_no, 'NOBODY'));
    assert.equal(nobody.status, 404);
    assert.match(nobody.body.detail, /delivered before \d{4}-\d\d-\d\dT[\d:]+\+08:00 are not kept/);
  });

  it('answers 404 for what is no id of an event', async () => {
    const { status, body } = await resend('paid');
    assert.equal(status, 404);
    assert.match(body.detail, /webhook-id/);
  });
});
