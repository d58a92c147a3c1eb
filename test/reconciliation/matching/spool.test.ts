/** What is set aside comes back, as it was and in its order, however much it is. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { batchesIn, createSpool, valuesIn } from '../../../reconciliation/matching/spool.ts';

async function folderOf(t: { after(hook: () => unknown): void }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-spool-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function allOf<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

async function spooled(path: string, values: readonly unknown[]): Promise<void> {
  const spool = createSpool(path);
  for (const value of values) await spool.add(value);
  await spool.close();
}

for (const count of [0, 1, 2_500, 20_000]) {
  test(`${count} values come back as they were`, async (t) => {
    const path = join(await folderOf(t), 'values');
    const values = Array.from({ length: count }, (_, nth) => ({ nth, name: '租金\n'.repeat(5) }));
    await spooled(path, values);
    assert.deepEqual(await allOf(valuesIn(path)), values);
  });
}

test('come so many at a time, and what is left at last', async (t) => {
  const path = join(await folderOf(t), 'values');
  await spooled(path, [1, 2, 3, 4, 5]);
  assert.deepEqual(await allOf(batchesIn(path, 2)), [[1, 2], [3, 4], [5]]);
  assert.deepEqual(await allOf(batchesIn(path, 5)), [[1, 2, 3, 4, 5]]);
});

test('whoever adds waits for the disk only where it is behind', async (t) => {
  const spool = createSpool(join(await folderOf(t), 'values'));
  assert.equal(spool.add('x'), undefined);
  const waits = Array.from({ length: 20 }, () => spool.add('x'.repeat(70_000)));
  assert.ok(waits.some((it) => it instanceof Promise));
  for (const it of waits) await it;
  await spool.close();
});

test('are for their owner alone', async (t) => {
  const path = join(await folderOf(t), 'values');
  await spooled(path, [1]);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test('tells what the disk says', async (t) => {
  const spool = createSpool(join(await folderOf(t), 'is not there', 'values'));
  await assert.rejects(() => spool.close(), { code: 'ENOENT' });
  assert.throws(() => spool.add(1), { code: 'ENOENT' });
  await assert.rejects(() => spool.close(), { code: 'ENOENT' });
});
