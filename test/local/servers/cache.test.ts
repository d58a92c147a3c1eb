import assert from 'node:assert/strict';
import { access, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { cached, cacheFolder, type Maker } from '../../../local/servers/cache.ts';
import { SetupError } from '../../../local/stack/setup-error.ts';
import { setEnvironment, temporaryFolder, writeTool } from '../support.ts';

const tool = (maker: Maker, ...others: Maker[]) => ({
  name: 'tool-1',
  executable: 'tool',
  makers: [maker, ...others],
  advice: 'Install the tool.',
});

const works = (body: string): Maker => ({
  title: `Making ${body}`,
  make: async (folder) => void (await writeTool(join(folder, 'tool'), body)),
});
const fails: Maker = {
  title: 'Failing',
  make: async () => {
    throw new SetupError('no network');
  },
};
const isNotCalled: Maker = {
  title: 'Not called',
  make: async () => assert.fail('it is in the cache'),
};

test('the cache is where PAYSCORE_CACHE says, else with all caches of its user', (t) => {
  setEnvironment(t, { PAYSCORE_CACHE: '/ours', XDG_CACHE_HOME: '/caches' });
  assert.equal(cacheFolder(), '/ours');
  delete process.env.PAYSCORE_CACHE;
  assert.equal(cacheFolder(), '/caches/payscore-orders');
  process.env.XDG_CACHE_HOME = '';
  assert.equal(cacheFolder(), join(homedir(), '.cache', 'payscore-orders'));
});

test('what was made once is found again', async (t) => {
  const cache = await emptyCache(t);

  const made = await cached(tool(works('echo 1')));

  assert.equal(made, join(cache, 'tool-1', 'tool'));
  assert.equal(await cached(tool(isNotCalled)), made);
  assert.deepEqual(await readdir(cache), ['tool-1']);
});

test('the makers are tried in their order, up to the first that succeeds', async (t) => {
  await emptyCache(t);

  await access(await cached(tool(fails, works('echo 2'), isNotCalled)));
});

test('what does not run is not kept', async (t) => {
  const cache = await emptyCache(t);

  await assert.rejects(cached(tool(works('exit 1'))), /does not run here/);
  assert.deepEqual(await readdir(cache), []);
});

test('what was left half finished is not used', async (t) => {
  const cache = await emptyCache(t);
  await writeTool(join(cache, 'tool-1.partial', 'tool'), 'echo half');
  await writeTool(join(cache, 'tool-1.partial', 'more'), 'echo half');

  await cached(tool(works('echo whole')));

  assert.deepEqual(await readdir(cache), ['tool-1']);
  assert.deepEqual(await readdir(join(cache, 'tool-1')), ['tool']);
});

test('what no longer runs is made again', async (t) => {
  const cache = await emptyCache(t);
  await writeTool(join(cache, 'tool-1', 'tool'), 'exit 1');

  await cached(tool(works('echo 1')));

  await cached(tool(isNotCalled));
});

test('where nothing succeeds the error says why, and what to install', async (t) => {
  await emptyCache(t);

  await assert.rejects(cached(tool(fails)), {
    name: 'SetupError',
    message: 'tool-1 cannot be had here:\n  Failing: no network\nInstall the tool.',
  });
});

async function emptyCache(t: TestContext): Promise<string> {
  const folder = await temporaryFolder(t);
  setEnvironment(t, { PAYSCORE_CACHE: folder });
  return folder;
}
