import assert from 'node:assert/strict';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from '../../../local/stack/lock.ts';
import { nextLine, script, temporaryFolder } from '../support.ts';

const AT_ONCE = { timeout: 10_000 };
const NO_PROCESS = 2 ** 30;

test('processes that want one lock at once have it one after the other', async (t) => {
  const { lock, journal, user } = await aLock(t);

  const codes = await Promise.all([user(300), user(300), user(300)].map(({ code }) => code));

  assert.deepEqual(codes, [0, 0, 0]);
  assert.deepEqual(await journal(), ['in', 'out', 'in', 'out', 'in', 'out']);
  await assert.rejects(stat(lock), { code: 'ENOENT' });
});

test('who waits is told for whom', async (t) => {
  const { user } = await aLock(t);
  const owner = user(60_000);
  assert.equal(await nextLine(owner), 'in');
  const other = user(0);

  assert.equal(await nextLine(other), `waits for ${owner.process.pid}`);
  owner.process.kill('SIGKILL');
  assert.equal(await other.code, 0);
});

test('the lock of an owner that was killed is taken over at once', AT_ONCE, async (t) => {
  const { journal, user } = await aLock(t);
  const owner = user(60_000);
  assert.equal(await nextLine(owner), 'in');
  owner.process.kill('SIGKILL');
  await owner.code;

  const codes = await Promise.all([user(300), user(300)].map(({ code }) => code));

  assert.deepEqual(codes, [0, 0]);
  assert.deepEqual(await journal(), ['in', 'in', 'out', 'in', 'out']);
});

test('those who take a dead lock over at the same instant have it one after the other', async (t) => {
  const { lock } = await aLock(t);
  await writeFile(lock, owned(hostname()));
  let owners = 0;
  const work = async () => {
    owners += 1;
    await sleep(700);
    assert.equal(owners, 1);
    owners -= 1;
  };

  await Promise.all([1, 2, 3].map(() => withLock(lock, work, () => undefined)));
});

test('the lock of an owner on another machine is respected while fresh', AT_ONCE, async (t) => {
  const { lock } = await aLock(t);
  await writeFile(lock, owned('elsewhere'));
  let taken = false;
  const taking = withLock(
    lock,
    async () => void (taken = true),
    () => undefined,
  );

  await sleep(1_500);
  assert.equal(taken, false);

  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo);
  await taking;
  assert.equal(taken, true);
});

test('a lock that is held stays fresh', async (t) => {
  const { lock } = await aLock(t);

  await withLock(
    lock,
    async () => {
      const { mtimeMs } = await stat(lock);
      await sleep(2_500);
      assert.ok((await stat(lock)).mtimeMs > mtimeMs);
    },
    () => undefined,
  );
});

test('a lock is given back by one whose work fails', async (t) => {
  const { lock } = await aLock(t);
  const fail = async () => {
    throw new Error('the work failed');
  };

  await assert.rejects(
    withLock(lock, fail, () => undefined),
    { message: 'the work failed' },
  );
  await assert.rejects(stat(lock), { code: 'ENOENT' });
});

async function aLock(t: TestContext) {
  const folder = await temporaryFolder(t);
  const lock = join(folder, 'lock');
  const journal = join(folder, 'journal');
  return {
    lock,
    journal: async () => (await readFile(journal, 'utf8')).trim().split('\n'),
    user: (ms: number) => script(t, 'lock-user.ts', [lock, journal, String(ms)]),
  };
}

/** Written by a process that is not among those of this machine. */
function owned(host: string): string {
  return JSON.stringify({ pid: NO_PROCESS, host, token: 'another' });
}
