/** What happened to an order, when and why. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newOrder } from '../../payscore/order.ts';
import { notesOn } from '../../payscore/timeline.ts';
import { AT, later, opening } from './orders.ts';

const opened = newOrder(opening, AT);
const wordsOf = ({ timeline }: typeof opened) => timeline.map(({ event }) => event);

test('a note has its time in Beijing, and what it changes', () => {
  const order = notesOn(opened, later(1))('in service', { phase: 'in_service' });
  assert.deepEqual(order.timeline.at(-1), { at: '2026-10-01T12:00:01+08:00', event: 'in service' });
  assert.equal(order.phase, 'in_service');
});

test('the timeline keeps the opening and the latest 49 entries', () => {
  let order = opened;
  for (let second = 1; second <= 200; second++) order = notesOn(order, later(second))(`${second}`);
  assert.deepEqual(wordsOf(order), [
    'opened',
    ...Array.from({ length: 49 }, (_, n) => `${n + 152}`),
  ]);
});

test('of what repeats itself the last time is kept', () => {
  let order = notesOn(opened, later(1))('before');
  for (let second = 2; second <= 200; second++) order = notesOn(order, later(second))('the same');
  assert.deepEqual(wordsOf(order), ['opened', 'before', 'the same']);
  assert.equal(order.timeline.at(-1)?.at, '2026-10-01T12:03:20+08:00');
});

test('what happens in turns is no repetition', () => {
  let order = opened;
  for (const event of ['a', 'b', 'a', 'b']) order = notesOn(order, AT)(event);
  assert.deepEqual(wordsOf(order), ['opened', 'a', 'b', 'a', 'b']);
});

test('the timeline is told in the order of what happened, also where a clock jumps back', () => {
  const order = notesOn(notesOn(opened, later(60))('first'), later(-60))('second');
  assert.deepEqual(wordsOf(order), ['opened', 'first', 'second']);
});
