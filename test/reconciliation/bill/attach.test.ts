/** Whose order an automatic charge was for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachOf } from '../../../reconciliation/bill/attach.ts';

const ORDER = '1000000000202610010000000000001';
const NUMBERS = ['T1', '20261001-a_b', 'a|b', '|', '*', 'wxzff|1|2', 'x'.repeat(32)];
for (const out_order_no of NUMBERS) {
  test(`the number ${out_order_no} is read whole, whatever it holds`, () => {
    assert.deepEqual(attachOf(`wxzff|${ORDER}|${out_order_no}`), { order_id: ORDER, out_order_no });
  });
}

const NONE = [
  ...['', 'wxzff', `wxzff|${ORDER}`, `wxzff|${ORDER}|`, 'wxzff||T1', `wxzf|${ORDER}|T1`],
  ...[`WXZFF|${ORDER}|T1`, ` wxzff|${ORDER}|T1`, `wxzff|${ORDER}|T1\n`, `wxzff|${ORDER}|T 1`],
  ...[`wxzff|${ORDER}|T\\\\1`, `wxzff|${ORDER}|T\\ 1`, `wxzff|${ORDER}|充电`, `wxzff|a\\'|T1`],
  ...[`wxzff|${ORDER}|${'x'.repeat(33)}`, `wxzff|${'1'.repeat(129)}|T1`, 'gift=1|2|3'],
];
for (const text of NONE) {
  test(`'${text.slice(0, 60)}' is no packet`, () => assert.equal(attachOf(text), undefined));
}
