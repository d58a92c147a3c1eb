/** Decimal text to whole numbers, without a float on the way. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decimalOf, decimalText } from '../../../reconciliation/bill/decimal.ts';

// text, decimals, units
const NUMBERS: readonly [string, number, number][] = [
  ['12.30', 2, 1230],
  ['12.3', 2, 1230],
  ['12', 2, 1200],
  ['0.0', 2, 0],
  ['0.07', 2, 7],
  ['1.10', 2, 110],
  ['4.35', 2, 435],
  ['1.005', 3, 1005],
  ['12.3000', 2, 1230],
  ['45.0', 0, 45],
  ['45', 0, 45],
  ['0.05000', 5, 5000],
  ['-0.05000', 5, -5000],
  ['-0.02', 5, -2000],
  ['-0.00', 2, 0],
  ['007.10', 2, 710],
  ['90071992547409.91', 2, Number.MAX_SAFE_INTEGER],
  ['-90071992547409.91', 2, -Number.MAX_SAFE_INTEGER],
];
for (const [text, decimals, units] of NUMBERS) {
  test(`${text} is ${units} of ${decimals} decimals`, () => {
    assert.ok(Object.is(decimalOf(text, decimals), units), String(decimalOf(text, decimals)));
  });
}

const NONE = [
  ...['', '-', '.', '-.', '12.', '.5', '-.5', '1.2.3', '--1', '1-', '+1', '1e2', '0x1', ' 1', '1 '],
  ...['1,000', '1_000', 'NaN', 'Infinity', '１２', '12.345', '0.001', '¥1', '12.3元', '1\n'],
  ...['90071992547409.92', '-90071992547409.92', '9'.repeat(400)],
];
for (const text of NONE) {
  test(`'${text.slice(0, 20)}' is no number of fen`, () => {
    assert.equal(decimalOf(text, 2), undefined);
  });
}

test('a number may begin within the text', () => {
  assert.equal(decimalOf('`12.30', 2, 1), 1230);
  assert.equal(decimalOf('`-12.30', 2, 1), -1230);
  assert.equal(decimalOf('`', 2, 1), undefined);
});

test('every whole number is read back from its text', () => {
  const units = fc.maxSafeInteger().map((it) => it || 0);
  fc.assert(
    fc.property(units, fc.integer({ min: 0, max: 6 }), fc.nat(4), (it, decimals, zeros) => {
      const text = decimalText(it, decimals);
      const longer = decimals > 0 ? text + '0'.repeat(zeros) : text;
      assert.equal(decimalOf(longer, decimals), it);
    }),
  );
});

test('text has all its decimals', () => {
  assert.deepEqual(
    [decimalText(1230, 2), decimalText(-7, 2), decimalText(0, 2), decimalText(4, 0)],
    ['12.30', '-0.07', '0.00', '4'],
  );
});
