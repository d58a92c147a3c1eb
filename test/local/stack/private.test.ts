/** The local stack's files are for their owner alone, those of earlier releases too. */
import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { keepPrivate } from '../../../local/stack/private.ts';
import { startTemporal } from '../../../local/servers/temporal-server.ts';
import { temporaryFolder } from '../support.ts';

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test('a folder that is made is 700', async (t) => {
  const folder = join(await temporaryFolder(t), 'a', 'state');
  await keepPrivate(folder);
  assert.equal(await modeOf(folder), '700');
});

test('an existing one is mended with all that the stack keeps there, and nothing else', async (t) => {
  const root = await temporaryFolder(t);
  const folder = join(root, 'state');
  await mkdir(join(folder, 'logs', 'old'), { recursive: true });
  await mkdir(join(folder, 'simulator'));
  const files = ['temporal.db', 'temporal.db-wal', 'temporal.db-shm', 'logs/api.log', 'logs/old/x'];
  for (const name of [...files, 'mine.txt']) await writeFile(join(folder, name), '');
  await writeFile(join(root, 'elsewhere.txt'), '');
  await symlink(join(root, 'elsewhere.txt'), join(folder, 'logs', 'link'));
  for (const name of [...files, 'mine.txt', '../elsewhere.txt'])
    await chmod(join(folder, name), 0o644);
  for (const name of ['', 'logs', 'logs/old']) await chmod(join(folder, name), 0o755);

  await keepPrivate(folder);

  for (const name of files) assert.equal(await modeOf(join(folder, name)), '600', name);
  for (const name of ['', 'logs', 'logs/old']) {
    assert.equal(await modeOf(join(folder, name)), '700', name);
  }
  assert.equal(await modeOf(join(folder, 'mine.txt')), '644');
  assert.equal(await modeOf(join(root, 'elsewhere.txt')), '644');
});

test('a folder that is not the stack’s is left as it is', async (t) => {
  const folder = await temporaryFolder(t);
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'logs'));
  await chmod(join(folder, 'logs'), 0o755);
  await keepPrivate(folder);
  assert.equal(await modeOf(folder), '755');
  assert.equal(await modeOf(join(folder, 'logs')), '755');
});

const skip = process.env.TEMPORAL_ADDRESS ? 'TEMPORAL_ADDRESS is set: none is started here' : false;

test(
  "Temporal's database is for its owner alone, with the files beside it",
  { skip },
  async (t) => {
    const folder = join(await temporaryFolder(t), 'state');
    const server = await startTemporal({ databaseFile: join(folder, 'temporal.db') });
    t.after(() => server.stop());
    const files = await readdir(folder);
    assert.ok(files.includes('temporal.db'));
    for (const name of files) {
      // Its journal comes and goes with every change.
      const mode = await modeOf(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' && name !== 'temporal.db') return '600';
        throw error;
      });
      assert.equal(mode, '600', name);
    }
    assert.equal(await modeOf(folder), '700');
  },
);
