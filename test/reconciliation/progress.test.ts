/** Whoever watches is told how far it is, and nothing twice the same object. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgress, type Progress } from '../../reconciliation/progress.ts';

test('tells every step, and what has come on', () => {
  const told: Progress[] = [];
  const progress = createProgress((it) => void told.push(it));
  progress.step('orders');
  progress.orders(7);
  progress.step('bill');
  progress.read(10_000, 4_000_000);
  progress.step('findings');
  progress.unmatched();
  const [none, some] = [
    { orders: 0, rows: 0, bytes: 0 },
    { orders: 7, rows: 0, bytes: 0 },
  ];
  const read = { orders: 7, rows: 10_000, bytes: 4_000_000 };
  assert.deepEqual(told, [
    { step: 'orders', ...none },
    { step: 'orders', ...some },
    { step: 'bill', ...some },
    { step: 'bill', ...read },
    { step: 'findings', ...read },
    { step: 'findings', ...read },
  ]);
});
