/** When who was refused is told to come again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { retryAfterSeconds } from '../../../api/admission/retry-after.ts';
import { holds } from '../../properties/holds.ts';

const rate = fc.double({ min: 0, max: 10_000, noNaN: true });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('it is whole seconds from 1 to 30, whatever is measured', async () => {
  await holds(
    1_000,
    fc.asyncProperty(rate, rate, chance, async (refused, served, random) => {
      const seconds = retryAfterSeconds({ refused, served }, () => random);
      assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 30, String(seconds));
    }),
  );
});

test('the more were refused, and the fewer are served, the later', async () => {
  await holds(
    1_000,
    fc.asyncProperty(rate, rate, rate, chance, async (refused, served, more, random) => {
      const of = (rates: { refused: number; served: number }) =>
        retryAfterSeconds(rates, () => random);
      const seconds = of({ refused, served });
      assert.ok(of({ refused: refused + more, served }) >= seconds);
      assert.ok(of({ refused, served: served + more }) <= seconds);
    }),
  );
});

test('who was refused together does not come back together', () => {
  const told = Array.from({ length: 200 }, () => retryAfterSeconds({ refused: 20, served: 20 }));
  assert.ok(new Set(told).size >= 5, [...new Set(told)].join(' '));
});
