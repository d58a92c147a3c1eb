/** An order's name for people. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { yuanOf } from '../../../payscore/money.ts';
import { summaryOf } from '../../../payscore/order/summary.ts';
import { adoption, opening } from './orders.ts';

test('an order is named by what it is about, and its number', () => {
  assert.equal(summaryOf(opening), '充电宝租借 · R1');
});

test('of an order that nobody opened here it is not known what it is about', () => {
  assert.equal(summaryOf(adoption), 'adopted · R1');
});

test('fen are told in yuan, to the fen', () => {
  for (const [fen, words] of [
    [0, '0.00 yuan'],
    [5, '0.05 yuan'],
    [80_000, '800.00 yuan'],
  ] as const) {
    assert.equal(yuanOf(fen), words);
  }
});
