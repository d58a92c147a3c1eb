import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deliveryDelay, DELIVERY_DELAYS_MS } from '../../../payscore/times/delivery-delay.ts';

const THREE_DAYS_MS = 72 * 3_600_000;

describe('the delay before an event is sent again', () => {
  it('grows to hours', () => {
    const delays = [1, 2, 3, 8, 9, 30].map((attempt) => deliveryDelay({ attempt, random: 0.5 }));
    assert.deepEqual(delays, [5_000, 30_000, 120_000, 14_400_000, 14_400_000, 14_400_000]);
  });

  it('is spread by a tenth', () => {
    assert.equal(deliveryDelay({ attempt: 1, random: 0 }), 4_500);
    assert.equal(deliveryDelay({ attempt: 1, random: 1 }), 5_500);
  });

  it('leaves some twenty attempts within three days', () => {
    let ms = 0;
    let attempts = 0;
    while (ms < THREE_DAYS_MS) ms += deliveryDelay({ attempt: ++attempts, random: 0.5 });
    assert.ok(attempts > DELIVERY_DELAYS_MS.length && attempts < 40, String(attempts));
  });

  it('is as it is given', () => {
    assert.equal(deliveryDelay({ attempt: 7, random: 0.5, delaysMs: [10, 20] }), 20);
  });
});
