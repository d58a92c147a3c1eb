/** The queue of what is due: earliest first, whatever was set, set anew or removed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draw } from '../../simulator/faults/generator.ts';
import { createDueQueue } from '../../simulator/notifications/due-queue.ts';

test('gives out what is due in the order of times, and nothing that is not yet', () => {
  const queue = createDueQueue();
  const times = draw(500, 9).numbers.map((number) => Math.floor(number * 1000));
  times.forEach((time, i) => queue.set(String(i), time));
  assert.equal(queue.next(), Math.min(...times));
  const taken = [];
  for (let id = queue.take(700); id !== undefined; id = queue.take(700))
    taken.push(times[Number(id)]);
  assert.deepEqual(
    taken,
    times.filter((time) => time <= 700).toSorted((a, b) => a - b),
  );
  assert.ok((queue.next() ?? 0) > 700);
});

test('the last time set for an id counts, also when it is earlier, and each is given out once', () => {
  const queue = createDueQueue();
  queue.set('a', 5);
  queue.set('a', 9);
  queue.set('b', 7);
  assert.equal(queue.next(), 7);
  queue.set('a', 5);
  assert.deepEqual([queue.take(9), queue.take(9), queue.take(9)], ['a', 'b', undefined]);
});

test('what was removed is not given out', () => {
  const queue = createDueQueue();
  queue.set('a', 1);
  queue.set('b', 2);
  queue.remove('a');
  assert.deepEqual([queue.next(), queue.take(9), queue.next()], [2, 'b', undefined]);
});
