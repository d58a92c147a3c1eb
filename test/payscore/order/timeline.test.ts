/** What happened to an order, when and why. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newOrder } from '../../../payscore/order/order.ts';
import type { Happening } from '../../../payscore/order/timeline.ts';
import { notesOn } from '../../../payscore/order/note.ts';
import { EN } from '../../../words/en.ts';
import { linesOf } from '../../support/words.ts';
import { AT, later, opening } from './orders.ts';

const opened = newOrder(opening, AT);

/** Something that may happen as often as it is needed. */
const permission = (authorization_state: string): Happening => ({
  code: 'permission',
  authorization_state,
});
const linesAbout = (...states: string[]) => [
  'opened',
  ...states.map((state) => EN.happening(permission(state))),
];

test('a note has its time in Beijing, and what it changes', () => {
  const order = notesOn(opened, later(1))({ code: 'taken_up' }, { phase: 'in_service' });
  assert.deepEqual(order.timeline.at(-1), {
    at: '2026-10-01T12:00:01+08:00',
    event: { code: 'taken_up' },
  });
  assert.equal(order.phase, 'in_service');
});

test('the timeline keeps the opening and the latest 49 entries', () => {
  let order = opened;
  for (let second = 1; second <= 200; second++)
    order = notesOn(order, later(second))(permission(`${second}`));
  const latest = Array.from({ length: 49 }, (_, n) => `${n + 152}`);
  assert.deepEqual(linesOf(order), linesAbout(...latest));
});

test('of what repeats itself the last time is kept', () => {
  let order = notesOn(opened, later(1))(permission('before'));
  for (let second = 2; second <= 200; second++)
    order = notesOn(order, later(second))(permission('the same'));
  assert.deepEqual(linesOf(order), linesAbout('before', 'the same'));
  assert.equal(order.timeline.at(-1)?.at, '2026-10-01T12:03:20+08:00');
});

test('what happens in turns is no repetition', () => {
  let order = opened;
  for (const state of ['a', 'b', 'a', 'b']) order = notesOn(order, AT)(permission(state));
  assert.deepEqual(linesOf(order), linesAbout('a', 'b', 'a', 'b'));
});

test('the timeline is told in the order of what happened, also where a clock jumps back', () => {
  const first = notesOn(opened, later(60))(permission('first'));
  const order = notesOn(first, later(-60))(permission('second'));
  assert.deepEqual(linesOf(order), linesAbout('first', 'second'));
});
