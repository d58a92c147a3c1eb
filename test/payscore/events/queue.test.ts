import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BusinessEvent } from '../../../payscore/events/event.ts';
import {
  EMPTY,
  withFirstDelivered,
  withPublished,
  withResent,
} from '../../../payscore/events/queue.ts';

function event(sequence: number, kilobytes = 0): BusinessEvent {
  const order = { filler: 'x'.repeat(kilobytes * 1_000) };
  const data = { out_order_no: 'P1', phase: 'paid', order };
  const at = '2026-11-30T10:00:00+08:00';
  return { id: `P1:run:${sequence}`, type: 'service_order.paid', at, sequence, data };
}
const numbers = (events: readonly BusinessEvent[]) => events.map(({ sequence }) => sequence);

describe('the queue of a lane', () => {
  it('takes an event once, whether it still waits or was delivered', () => {
    const queue = withPublished(withPublished(EMPTY, [event(1), event(2)]), [event(2), event(3)]);
    assert.deepEqual(numbers(queue.waiting), [1, 2, 3]);
    const later = withPublished(withFirstDelivered(queue), [event(1)]);
    assert.deepEqual(numbers(later.waiting), [2, 3]);
  });

  it('sends again what is asked for again, behind those that wait', () => {
    const queue = withFirstDelivered(withPublished(EMPTY, [event(1), event(2)]));
    assert.deepEqual(numbers(withResent(queue, event(1)).waiting), [2, 1]);
    assert.deepEqual(numbers(withResent(queue, event(2)).waiting), [2]);
  });

  it('keeps the last 20 that were delivered, each once', () => {
    let queue = withPublished(
      EMPTY,
      Array.from({ length: 25 }, (_, index) => event(index + 1)),
    );
    for (let count = 0; count < 25; count++) queue = withFirstDelivered(queue);
    assert.deepEqual(queue.waiting, []);
    assert.deepEqual(
      numbers(queue.delivered),
      Array.from({ length: 20 }, (_, index) => index + 6),
    );
    const again = withFirstDelivered(withResent(queue, event(6)));
    assert.equal(again.delivered.length, 20);
    assert.equal(again.delivered.at(-1)?.sequence, 6);
  });

  it('is parked no more when its first was delivered', () => {
    const parked = { ...withPublished(EMPTY, [event(1)]), parkedSince: 'now', why: 'no' };
    const { parkedSince, why } = withFirstDelivered(parked);
    assert.deepEqual([parkedSince, why], [undefined, undefined]);
  });

  it('stays under 1.1 MB, however many wait: older ones lose their order, and none is lost', () => {
    let queue = EMPTY;
    for (let sequence = 1; sequence <= 200; sequence++) {
      queue = withPublished(queue, [event(sequence, 30)]);
    }
    assert.deepEqual(
      numbers(queue.waiting),
      Array.from({ length: 200 }, (_, index) => index + 1),
    );
    assert.equal('order' in (queue.waiting[0]?.data ?? {}), false);
    assert.equal('order' in (queue.waiting.at(-1)?.data ?? {}), true);
    assert.deepEqual(queue.waiting[0]?.data, { out_order_no: 'P1', phase: 'paid' });
    for (let count = 0; count < 150; count++) queue = withFirstDelivered(queue);
    for (let sequence = 201; sequence <= 260; sequence++) {
      queue = withFirstDelivered(withPublished(queue, [event(sequence, 30)]));
    }
    assert.ok(JSON.stringify(queue).length < 1_100_000);
  });
});
