/** What killed attempts left behind is cleared away a day later, and nothing else. */
import assert from 'node:assert/strict';
import { lutimes, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { removeStaleFolders } from '../../../reconciliation/matching/stale-folders.ts';

test('removes folders with all that is in them, and keeps what is young or is to be kept', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-stale-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const name of ['old', 'kept', 'young']) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'rows'), '');
  }
  const twoDaysAgo = new Date(Date.now() - 48 * 3_600_000);
  for (const name of ['old', 'kept']) await utimes(join(folder, name), twoDaysAgo, twoDaysAgo);
  await removeStaleFolders(folder, ['kept']);
  assert.deepEqual((await readdir(folder)).toSorted(), ['kept', 'young']);
});

test('leaves alone what somebody else has cleared away meanwhile', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-stale-'));
  t.after(() => rm(folder, { recursive: true }));
  // It is listed, and leads to nothing.
  await symlink(join(folder, 'gone'), join(folder, 'link'));
  await lutimes(join(folder, 'link'), 0, 0);
  await removeStaleFolders(folder, []);
  assert.deepEqual(await readdir(folder), ['link']);
});
