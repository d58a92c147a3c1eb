import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { Client, Connection } from '@temporalio/client';
import { temporalCli } from '../../../local/servers/temporal-cli.ts';
import { startTemporal, type TemporalOptions } from '../../../local/servers/temporal-server.ts';
import { accepts, closes, nextLine, script, setEnvironment, temporaryFolder } from '../support.ts';

const skip = process.env.TEMPORAL_ADDRESS ? 'TEMPORAL_ADDRESS is set: none is started here' : false;

describe("Temporal's development server", { skip }, () => {
  test('serves at its address with its web UI until it is stopped', async (t) => {
    const { address, uiUrl, stop } = await started(t, { uiPort: 0, namespace: 'payscore' });

    const client = await clientOf(t, address, 'payscore');
    await client.workflow.start('any', { taskQueue: 'any', workflowId: 'any' });
    assert.equal(await isPage(String(uiUrl)), true);

    await stop();
    assert.equal(await accepts(portOf(address)), false);
  });

  test('has no web UI unless it is asked for', async (t) => {
    const { address, uiUrl } = await started(t);

    assert.equal(uiUrl, undefined);
    // Where the CLI would put it; somebody else may listen there.
    assert.equal(await isPage(`http://127.0.0.1:${portOf(address) + 1000}`), false);
  });

  test('finds its workflows again after a restart with the same database file', async (t) => {
    const databaseFile = join(await temporaryFolder(t), 'local', 'temporal.db');
    const first = await started(t, { databaseFile });
    const before = await clientOf(t, first.address);
    await before.workflow.start('order', { taskQueue: 'orders', workflowId: 'order-1' });
    await first.stop();

    const second = await started(t, { databaseFile });
    const after = await clientOf(t, second.address);
    const { type, status } = await after.workflow.getHandle('order-1').describe();
    assert.deepEqual([type, status.name], ['order', 'RUNNING']);
  });

  test('a taken port is named with the variable that moves it', async (t) => {
    const port = await takenPort(t);

    await assert.rejects(startTemporal({ port, portVariable: 'LOCAL_TEMPORAL_PORT' }), {
      name: 'SetupError',
      message: new RegExp(`port ${port} .* LOCAL_TEMPORAL_PORT`),
    });
    const uiPortVariable = 'LOCAL_TEMPORAL_UI_PORT';
    await assert.rejects(startTemporal({ uiPort: port, uiPortVariable }), {
      name: 'SetupError',
      message: new RegExp(`port ${port} .* LOCAL_TEMPORAL_UI_PORT`),
    });
  });

  test('one that cannot start says why', async () => {
    await assert.rejects(startTemporal({ databaseFile: '/dev' }), {
      name: 'SetupError',
      message: /ended before it served[^]*database/,
    });
  });

  test('one whose port somebody else was given is started again', async (t) => {
    const [folder, real] = [await temporaryFolder(t), await temporalCli()];
    const unlucky = [
      'panic: listen tcp 127.0.0.1:40123: bind: address already in use',
      '',
      'goroutine 2453 [running]:',
      ...Array.from({ length: 5 }, () => [
        'go.temporal.io/server/service/worker.(*Service).Start.func1()',
        '\tgo.temporal.io/server@v1.31.2/service/worker/service.go:279 +0x6b',
      ]).flat(),
      'created by go.temporal.io/server/service/worker.(*Service).Start in goroutine 1',
    ];
    await writeFile(join(folder, 'panic.txt'), unlucky.join('\n'));
    const program = [
      '#!/bin/sh',
      `[ "$1" = --version ] && exec '${real}' --version`,
      `mkdir '${folder}/before' 2>/dev/null || exec '${real}' "$@"`,
      `cat '${folder}/panic.txt' >&2`,
      'exit 2',
    ];
    await writeFile(join(folder, 'temporal'), program.join('\n'), { mode: 0o755 });
    setEnvironment(t, { PATH: `${folder}:${process.env.PATH}` });

    const { address } = await started(t);

    assert.ok(await accepts(portOf(address)));
    assert.deepEqual((await readdir(folder)).toSorted(), ['before', 'panic.txt', 'temporal']);
  });

  test('ends with a starter that is killed', async (t) => {
    const starter = script(t, 'starter.ts', ['temporal']);
    const port = Number(await nextLine(starter));
    assert.ok(await accepts(port));

    starter.process.kill('SIGKILL');

    assert.ok(await closes(port));
  });

  test('outlives Ctrl-C until its starter stops it', async (t) => {
    const starter = script(t, 'starter.ts', ['temporal']);
    const port = Number(await nextLine(starter));

    process.kill(-Number(starter.process.pid), 'SIGINT'); // as a terminal does: to the whole group

    assert.equal(await nextLine(starter), 'the server is still there');
    assert.equal(await starter.code, 0);
    assert.ok(await closes(port));
  });

  test('one that TEMPORAL_ADDRESS names is used and never stopped', async (t) => {
    const running = await started(t);
    setEnvironment(t, { TEMPORAL_ADDRESS: running.address });

    const used = await startTemporal();
    await used.stop();

    assert.deepEqual([used.address, used.pid], [running.address, undefined]);
    assert.ok(await accepts(portOf(running.address)));
  });

  test('an address in TEMPORAL_ADDRESS that does not answer is an error that names it', async (t) => {
    setEnvironment(t, { TEMPORAL_ADDRESS: '127.0.0.1:1' });

    await assert.rejects(startTemporal(), {
      name: 'SetupError',
      message: /TEMPORAL_ADDRESS: no Temporal answers at 127\.0\.0\.1:1/,
    });
  });
});

async function started(t: TestContext, options: TemporalOptions = {}) {
  const server = await startTemporal(options);
  t.after(() => server.stop());
  return server;
}

async function clientOf(t: TestContext, address: string, namespace = 'default'): Promise<Client> {
  const connection = await Connection.connect({ address });
  t.after(() => connection.close());
  return new Client({ connection, namespace });
}

async function takenPort(t: TestContext): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function isPage(url: string): Promise<boolean> {
  const text = await fetch(url).then(
    (answer) => answer.text(),
    () => '',
  );
  return text.startsWith('<!doctype html>');
}

function portOf(address: string): number {
  return Number(address.split(':')[1]);
}
