/** A fault names the place, as far as there is one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BillFault, type BillPlace } from '../../../reconciliation/bill/fault.ts';

const PLACES: readonly [BillPlace, string][] = [
  [{}, 'is odd'],
  [{ line: 7 }, 'line 7: is odd'],
  [{ column: '费率' }, '费率: is odd'],
  [{ line: 7, column: '费率' }, 'line 7, 费率: is odd'],
];
for (const [place, message] of PLACES) {
  test(`a fault at ${JSON.stringify(place)} says ‘${message}’`, () => {
    const fault = new BillFault('cell', 'is odd', place);
    assert.equal(fault.message, message);
    assert.deepEqual([fault.line, fault.column], [place.line, place.column]);
  });
}
