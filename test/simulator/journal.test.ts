/** The journal: what survives, and what a kill may leave behind. */
import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { openJournal } from '../../simulator/journal.ts';

function file(t: { after(fn: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'state.jsonl');
}

test('the last snapshot of a key wins, also after a kill that closed nothing', (t) => {
  const path = file(t);
  const orders = openJournal(path).collection<number>('order');
  orders.put('a', 1);
  orders.put('b', 2);
  orders.put('a', 3);
  const again = openJournal(path).collection<number>('order');
  assert.deepEqual([again.get('a'), again.get('b')], [3, 2]);
});

test('a last line that was cut is dropped, and what follows is kept', (t) => {
  const path = file(t);
  openJournal(path).collection('order').put('a', 1);
  appendFileSync(path, '["order","b",{"half');
  openJournal(path).collection('order').put('c', 3);
  const orders = openJournal(path).collection('order');
  assert.deepEqual([orders.get('a'), orders.get('b'), orders.get('c')], [1, undefined, 3]);
});

test('opening compacts the file to one line per key', (t) => {
  const path = file(t);
  const orders = openJournal(path).collection('order');
  for (let i = 0; i < 10; i++) orders.put('a', i);
  openJournal(path).close();
  assert.equal(readFileSync(path, 'utf8'), '["order","a",9]\n');
});

test('kinds of the same key are kept apart', (t) => {
  const path = file(t);
  const journal = openJournal(path);
  journal.collection('order').put('a', 1);
  journal.collection('notification').put('a', 2);
  assert.equal(openJournal(path).collection('order').get('a'), 1);
});

test('a damaged line in the middle is an error that names it, and the file is left as it is', (t) => {
  const path = file(t);
  writeFileSync(path, '["order","a",1]\n["ord\n["order","b",2]\n');
  assert.throws(() => openJournal(path), /state\.jsonl:2/);
  assert.match(readFileSync(path, 'utf8'), /\["ord\n/);
});

test('finds the values of many keys again, in the order of their first writing, old and new', (t) => {
  const path = file(t);
  const numbers = openJournal(path).collection<{ n: number; text: string }>('order');
  const text = '充电宝'.repeat(100);
  for (let n = 0; n < 3000; n++) numbers.put(`R${n}`, { n, text });
  numbers.put('R1', { n: -1, text: '"quotes\\ and\nlines"' });
  const expected = Array.from({ length: 3000 }, (_, n) => (n === 1 ? -1 : n));
  const again = openJournal(path).collection<{ n: number; text: string }>('order');
  for (const orders of [numbers, again, again]) {
    assert.deepEqual(
      [...orders.each()].map(({ n }) => n),
      expected,
    );
    assert.equal(orders.get('R1')?.text, '"quotes\\ and\nlines"');
    assert.deepEqual(orders.get('R2999'), { n: 2999, text });
    assert.deepEqual(orders.get('R0'), { n: 0, text });
  }
});

test('two collections of one kind show the same values', (t) => {
  const journal = openJournal(file(t));
  const [one, other] = [journal.collection<number>('order'), journal.collection<number>('order')];
  one.put('a', 1);
  assert.equal(other.get('a'), 1);
  one.put('a', 2);
  assert.equal(other.get('a'), 2);
});

test('keys with quotes and backslashes are found again', (t) => {
  const path = file(t);
  const orders = openJournal(path).collection<number>('"a\\');
  orders.put('"\\","b\\\\', 1);
  orders.put('c', 2);
  const again = openJournal(path).collection<number>('"a\\');
  assert.deepEqual([again.get('"\\","b\\\\'), again.get('c')], [1, 2]);
});

test('a journal without a name keeps values, and leaves no file behind', (t) => {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = dirname(file(t));
  t.after(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });
  const journal = openJournal(undefined);
  const orders = journal.collection<number>('order');
  for (let n = 0; n < 3000; n++) orders.put(String(n), n);
  assert.equal(orders.get('7'), 7);
  assert.deepEqual(readdirSync(tmpdir()), []);
  journal.close();
});

test('announces what was put, once it is kept', () => {
  const told: unknown[] = [];
  const journal = openJournal(undefined, ({ kind, key }) =>
    told.push([kind, key, journal.collection<number>(kind).get(key)]),
  );
  journal.collection<number>('order').put('a', 1);
  journal.collection<number>('order').put('a', 2);
  assert.deepEqual(told, [
    ['order', 'a', 1],
    ['order', 'a', 2],
  ]);
});

test('tells the keys that were put first last, the newest one first', () => {
  const journal = openJournal(undefined);
  const orders = journal.collection<number>('order');
  for (const key of ['a', 'b', 'c', 'a']) orders.put(key, 1);
  assert.deepEqual(journal.latestKeys('order', 2), ['c', 'b']);
  assert.deepEqual(journal.latestKeys('order', 9), ['c', 'b', 'a']);
  assert.deepEqual(journal.latestKeys('refund', 2), []);
});
