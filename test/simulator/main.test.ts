/** The command: how it starts, what it prints, how it ends. */
import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { createControl } from '../../simulator/control.ts';
import { OPENID } from './merchant.ts';
import { portOf, until } from './receiver.ts';

const MAIN = fileURLToPath(new URL('../../simulator/main.ts', import.meta.url));

type Test = { after(fn: () => void): void };

function newFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

function start(t: Test, environment: Record<string, string>) {
  const child = fork(MAIN, {
    execArgv: ['--import', 'tsx/esm'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...environment },
  });
  t.after(() => void child.kill('SIGKILL'));
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (said.text += chunk.toString()));
  }
  return { child, said };
}

async function startReady(t: Test, folder: string) {
  const { child, said } = start(t, { SIMULATOR_PORT: '0', SIMULATOR_FOLDER: folder });
  await until(() => said.text.includes('/_control/orders'));
  const merchant: { base_url: string } = JSON.parse(
    readFileSync(join(folder, 'merchant.json'), 'utf8'),
  );
  return { child, said, url: merchant.base_url };
}

async function exitCode(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null) return child.exitCode;
  return ((await once(child, 'exit')) as unknown[])[0];
}

test(
  'prints how to point a client at it, but no key and no openid',
  { timeout: 60_000 },
  async (t) => {
    const folder = newFolder(t);
    const { said, url } = await startReady(t, folder);
    await createControl(url).authorise(OPENID);
    assert.ok(said.text.includes(url));
    assert.ok(said.text.includes('apiclient_key.pem'));
    for (const name of ['apiv3_key.txt', 'apiv2_key.txt']) {
      assert.ok(!said.text.includes(readFileSync(join(folder, name), 'utf8')));
    }
    assert.ok(!said.text.includes(OPENID));
    assert.doesNotMatch(said.text, /BEGIN/);
  },
);

for (const [how, end] of [
  ['SIGTERM', (child: ChildProcess) => child.kill('SIGTERM')],
  ['SIGINT', (child: ChildProcess) => child.kill('SIGINT')],
  ['the end of its parent', (child: ChildProcess) => child.disconnect()],
] as const) {
  test(`ends with 0 at ${how}`, { timeout: 60_000 }, async (t) => {
    const { child } = await startReady(t, newFolder(t));
    end(child);
    assert.equal(await exitCode(child), 0);
  });
}

test('loses nothing by kill -9', { timeout: 60_000 }, async (t) => {
  const folder = newFolder(t);
  const first = await startReady(t, folder);
  const told = await createControl(first.url).authorise(OPENID);
  first.child.kill('SIGKILL');
  await exitCode(first.child);
  const second = await startReady(t, folder);
  const revoked = await createControl(second.url).revoke(OPENID);
  assert.equal(revoked.authorization_success_time, told.authorization_success_time);
});

test(
  'names a taken port and its variable in one line, leaves the folder alone and ends with 1',
  { timeout: 60_000 },
  async (t) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    t.after(() => void taken.close());
    const port = String(portOf(taken));
    const folder = join(newFolder(t), 'untouched');
    const { child, said } = start(t, { SIMULATOR_PORT: port, SIMULATOR_FOLDER: folder });
    assert.equal(await exitCode(child), 1);
    assert.equal(said.text.trim(), `Port ${port} is taken. Set SIMULATOR_PORT to a free one.`);
    assert.throws(() => readFileSync(folder), { code: 'ENOENT' });
  },
);

test('names a variable that cannot be read and ends with 1', { timeout: 60_000 }, async (t) => {
  const { child, said } = start(t, { SIMULATOR_PORT: 'ninety' });
  assert.equal(await exitCode(child), 1);
  assert.match(said.text, /SIMULATOR_PORT/);
  assert.doesNotMatch(said.text, /\n\s+at .*\.ts/);
});
