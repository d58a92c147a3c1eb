/** An order's name for people. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameOf } from '../../../payscore/order/name.ts';
import { adoption, opening } from './orders.ts';

test('an order is named by what it is about, and its number', () => {
  assert.equal(nameOf(opening, 'adopted'), '充电宝租借 · R1');
});

test('of an order that nobody opened here it is not known what it is about', () => {
  assert.equal(nameOf(adoption, 'adopted'), 'adopted · R1');
});
