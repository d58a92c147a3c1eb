/** What is said to be absent is: a payment that is overlooked would be nobody's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { absenceFrom } from '../../../reconciliation/matching/absence.ts';

test('nothing that is there is ever absent, whatever its name', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.stringMatching(/^4200\d{24}$/))), (names) => {
      const isAbsent = absenceFrom(names);
      assert.ok(names.every((name) => !isAbsent(name)));
    }),
  );
});

test('of other transactions nearly all are', () => {
  const numbered = (prefix: string) =>
    Array.from({ length: 10_000 }, (_, nth) => `${prefix}${String(nth * 7_919).padStart(24, '0')}`);
  const isAbsent = absenceFrom(numbered('4200'));
  const others = numbered('4201').map((id) => `${id.slice(0, -1)}${(Number(id.at(-1)) + 5) % 10}`);
  const known = others.filter((id) => !isAbsent(id)).length;
  assert.ok(known < 500, `${known} of 10,000 were not said to be absent`);
});
