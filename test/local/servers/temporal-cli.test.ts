import assert from 'node:assert/strict';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { versionOf } from '../../../local/stack/executable.ts';
import { pinnedCliVersion } from '../../../local/servers/pinned-version.ts';
import { temporalCli } from '../../../local/servers/temporal-cli.ts';
import { nextLine, script, setEnvironment, temporaryFolder, writeTool } from '../support.ts';

const WRITE_OUTPUT = `
while [ $# -gt 0 ]; do [ "$1" != -o ] || output=$2; shift; done
printf '#!/bin/sh\\necho built\\n' > "$output"
/bin/chmod +x "$output"`;

test('a CLI on the PATH comes before the cache', async (t) => {
  const machine = await aMachine(t);
  await machine.cache('echo cached');
  const installed = await machine.install('temporal', 'echo installed');

  assert.equal(await temporalCli(), installed);
});

test('a CLI on the PATH that does not run is passed over', async (t) => {
  const machine = await aMachine(t);
  const cached = await machine.cache('echo cached');
  await machine.install('temporal', 'exit 1');

  assert.equal(await temporalCli(), cached);
});

test('the cache comes before a download and a build', async (t) => {
  const machine = await aMachine(t);
  const cached = await machine.cache('echo cached');
  await machine.installGo(WRITE_OUTPUT);

  assert.equal(await temporalCli(), cached);
  assert.deepEqual(await machine.journal(), []);
});

test('the download comes before a build, whose result is kept', async (t) => {
  const machine = await aMachine(t);
  await machine.installGo(WRITE_OUTPUT);

  const built = await temporalCli();

  assert.equal(await versionOf(built), 'built');
  assert.equal(await temporalCli(), built);
  assert.deepEqual(await machine.journal(), ['CONNECT temporal.download:443', 'go']);
});

test('where there is neither network nor Go the error says what to install or set', async (t) => {
  await aMachine(t);

  await assert.rejects(temporalCli(), {
    name: 'SetupError',
    message: /Install the Temporal CLI or Go 1\.26, or set TEMPORAL_ADDRESS/,
  });
});

test('two processes that need it at once build it once', async (t) => {
  const machine = await aMachine(t);
  await machine.installGo(`/bin/sleep 1${WRITE_OUTPUT}`);

  const processes = [script(t, 'print-cli.ts'), script(t, 'print-cli.ts')];
  const paths = await Promise.all(processes.map(nextLine));

  assert.equal(paths[0], paths[1]);
  const said = (await Promise.all(processes.map((process) => process.said))).join('');
  assert.match(said, /Waiting for process \d+, which is preparing temporal-cli-/);
  assert.deepEqual(await machine.journal(), ['CONNECT temporal.download:443', 'go']);
});

test('a build that was killed is begun anew, though its output looks whole', async (t) => {
  const machine = await aMachine(t);
  await machine.installGo(`${WRITE_OUTPUT}\n/bin/sleep 60`);
  const killed = script(t, 'print-cli.ts');
  while ((await versionOf(machine.partial)) !== 'built') await sleep(50);
  killed.process.kill('SIGKILL');
  await killed.code;

  await machine.installGo(WRITE_OUTPUT);
  assert.equal(await versionOf(await temporalCli()), 'built');
  assert.equal((await machine.journal()).filter((line) => line === 'go').length, 2);
});

/** A machine with an empty cache, no tools, and a proxy that lets nothing through to the network. */
async function aMachine(t: TestContext) {
  const folder = await temporaryFolder(t);
  const journal = join(folder, 'journal');
  await writeFile(journal, '');
  const proxy = createServer().on('connect', (request, socket) => {
    appendFileSync(journal, `CONNECT ${request.url}\n`);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  t.after(() => proxy.close());

  const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const tools = join(folder, 'bin');
  setEnvironment(t, {
    PATH: tools,
    PAYSCORE_CACHE: join(folder, 'cache'),
    ...{ HTTPS_PROXY: proxyUrl, https_proxy: proxyUrl, NO_PROXY: '', no_proxy: '' },
  });
  const install = (name: string, body: string) => writeTool(join(tools, name), body);
  const entry = join(folder, 'cache', `temporal-cli-${await pinnedCliVersion()}`);
  return {
    install,
    installGo: (body: string) => install('go', `echo go >> ${journal}\n${body}`),
    cache: (body: string) => writeTool(join(entry, 'temporal'), body),
    /** Where a build writes before it is whole. */
    partial: join(`${entry}.partial`, 'temporal'),
    journal: async () => (await readFile(journal, 'utf8')).split('\n').filter(Boolean),
  };
}
