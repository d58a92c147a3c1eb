/** `npm run demo` as a reader runs it, also while he kills parts of it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { steadyPort } from '../support/port.ts';
import { startProgram } from '../support/program.ts';
import { Client, Connection } from '@temporalio/client';
import { keepCodecKey } from '../../local/stack/kept-secret.ts';
import { dataConverterOf } from '../../temporal/codec/data-converter.ts';
import { createPayloadCodec } from '../../temporal/codec/payload-codec.ts';

const PARTS = ['simulator', 'worker', 'api'];

/** A whole stack of its own: other ports, other folder. */
async function ownStack() {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-demo-'));
  const port = async () => String(await steadyPort());
  return {
    LOCAL_FOLDER: folder,
    LOCAL_TEMPORAL_PORT: await port(),
    LOCAL_TEMPORAL_UI_PORT: await port(),
    SIMULATOR_PORT: await port(),
    WORKER_PORT: await port(),
    API_PORT: await port(),
    API_METRICS_PORT: await port(),
    EVENTS_PORT: await port(),
    POLL_DELAYS: '2s',
  };
}

/** Of the process that plays this part now. */
function pidOf(lines: readonly string[], part: string): number {
  const line = lines.findLast((text) => new RegExp(`^\\s*${part},? +pid \\d+`).test(text));
  return Number(/pid (\d+)/.exec(line ?? '')?.[1]);
}

/** What in this folder, itself included, is not for its owner alone. */
async function openedTo(folder: string): Promise<string[]> {
  const paths = [folder];
  for (const entry of await readdir(folder, { recursive: true })) paths.push(join(folder, entry));
  const modes = await Promise.all(paths.map(async (path) => (await stat(path)).mode & 0o077));
  return paths.filter((_, index) => modes[index] !== 0);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('npm run demo', { concurrency: 2 }, () => {
  it('ends with a paid order, exit code 0 and nothing left running', async () => {
    const env = await ownStack();
    const demo = startProgram('local/demo.ts', env);
    assert.equal(await demo.exitCode(), 0, demo.lines.join('\n'));
    const story = demo.lines.join('\n');
    assert.match(story, /knows no authorization of this user/);
    assert.match(story, /wx\.openBusinessView\(\{ businessType: 'wxpayScoreEnable'/);
    assert.match(story, /authorises the service[^]*callback, USER_OPEN_SERVICE/);
    assert.match(story, /paid: 5\.00 yuan by callback/);
    assert.match(demo.lines.join('\n'), /its day balances to the fen/);
    const events = demo.lines.flatMap((line) => /\d s  event +(\S+), /.exec(line)?.[1] ?? []);
    for (const type of ['service_order.paid', 'refund.succeeded', 'service_order.trouble_ended']) {
      assert.ok(events.includes(type), `business code was told ${events.join(', ')}`);
    }
    assert.ok(
      demo.lines.every((line) => !line.includes('\u001b')),
      'no colours outside a terminal',
    );
    for (const part of PARTS) {
      assert.equal(isRunning(pidOf(demo.lines, part)), false, part);
    }
    assert.deepEqual(await openedTo(env.LOCAL_FOLDER), [], 'what others may read');
    await rm(env.LOCAL_FOLDER, { recursive: true });
  });

  it('ends with a paid order although every part is killed between creation and completion, and its payment is lost', async () => {
    const env = await ownStack();
    // Nobody tells of the payment but the bill.
    const demo = startProgram('local/demo.ts', env, '--lost-payment');
    await demo.saw(/rents a power bank/);
    for (const part of PARTS) process.kill(pidOf(demo.lines, part), 'SIGKILL');
    assert.equal(await demo.exitCode(), 0, demo.lines.join('\n'));
    for (const part of PARTS) {
      assert.match(demo.lines.join('\n'), new RegExp(`the ${part} ended \\(SIGKILL\\)`));
    }
    assert.match(demo.lines.join('\n'), /The order was paid/);
    assert.match(demo.lines.join('\n'), /paid_unnoticed, healed: DEMO/);
    assert.match(demo.lines.join('\n'), /event +service_order\.paid, DEMO/);
    await rm(env.LOCAL_FOLDER, { recursive: true });
  });

  for (const variable of ['SIMULATOR_PORT', 'EVENTS_PORT']) {
    it(`names the variable that moves a taken port, and exits 1: ${variable}`, async () => {
      const taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as AddressInfo;
      const env = { ...(await ownStack()), [variable]: String(port) };
      const demo = startProgram('local/demo.ts', env);
      assert.equal(await demo.exitCode(), 1);
      assert.match(demo.lines.join('\n'), new RegExp(`set ${variable} to another`));
      taken.close();
      await rm(env.LOCAL_FOLDER, { recursive: true, force: true });
    });
  }
});

/** What a Chinese terminal says of itself, and nobody says of the operators. */
const CHINESE_TERMINAL = {
  OPERATOR_LANGUAGE: '',
  LC_ALL: '',
  LC_MESSAGES: '',
  LANG: 'zh_CN.UTF-8',
};

/** As the web UI shows it, which has the worker tell. */
async function detailsOf(page: string, env: Awaited<ReturnType<typeof ownStack>>): Promise<string> {
  const { LOCAL_FOLDER, LOCAL_TEMPORAL_PORT } = env;
  const secrets = [await keepCodecKey(join(LOCAL_FOLDER, 'codec.key'))];
  const codec = createPayloadCodec({ secrets, encrypts: true });
  const connection = await Connection.connect({ address: `127.0.0.1:${LOCAL_TEMPORAL_PORT}` });
  const client = new Client({ connection, dataConverter: dataConverterOf(codec) });
  const id = decodeURIComponent(page.trim().split('/workflows/')[1] ?? '');
  const told = await client.workflow
    .getHandle(id)
    .query<{ currentDetails: string }>('__temporal_workflow_metadata');
  await connection.close();
  return told.currentDetails;
}

describe('npm start', () => {
  it('tells its story in the terminal’s language, stays up, finds its orders again after a restart, and leaves nothing running after Ctrl-C or kill -9', async () => {
    const env = await ownStack();
    const first = startProgram('local/start.ts', { ...env, ...CHINESE_TERMINAL });
    const link = await first.saw(/\/v1\/service-orders\/DEMO/);
    await first.saw(/所有程序保持运行/);
    const story = first.lines.join('\n');
    assert.match(story, /s {2}业务系统 {2}POST …\/complete，500 分 → 200 paying/);
    assert.match(story, /s {2}订单 {6}已支付：5\.00 元，由回调通知得知/);
    assert.match(story, /s {2}报告 {6}\d{4}-\d\d-\d\d 的账单已对平/);
    const page = await first.saw(/\/workflows\/service-order.*DEMO/);
    assert.match(await detailsOf(page, env), /微信支付已向用户扣款/);
    const pids = PARTS.map((part) => pidOf(first.lines, part));
    first.kill('SIGINT');
    assert.equal(await first.exitCode(), 130);
    assert.deepEqual(pids.filter(isRunning), []);

    const second = startProgram('local/start.ts', env);
    await second.saw(/^api +pid/);
    const answer = await fetch(link.trim());
    assert.equal(((await answer.json()) as { phase: string }).phase, 'paid');
    const others = PARTS.map((part) => pidOf(second.lines, part));
    second.kill('SIGKILL');
    await second.exitCode();
    await eventually('their end', async () => others.filter(isRunning).length === 0, 30_000);
    const temporal = `http://127.0.0.1:${env.LOCAL_TEMPORAL_UI_PORT}`;
    await eventually(
      'the end of Temporal',
      async () =>
        fetch(temporal).then(
          () => false,
          () => true,
        ),
      30_000,
    );
    await delay(500); // what ends with its parent closes its files
    await rm(env.LOCAL_FOLDER, { recursive: true, force: true });
  });
});
