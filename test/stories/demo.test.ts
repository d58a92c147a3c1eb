/** `npm run demo` as a reader runs it, also while he kills parts of it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { steadyPort } from '../support/port.ts';
import { startProgram } from '../support/program.ts';

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
    POLL_DELAYS: '2s',
  };
}

/** Of the process that plays this part now. */
function pidOf(lines: readonly string[], part: string): number {
  const line = lines.findLast((text) => new RegExp(`^\\s*${part},? +pid \\d+`).test(text));
  return Number(/pid (\d+)/.exec(line ?? '')?.[1]);
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
    assert.match(demo.lines.join('\n'), /paid: 5\.00 yuan by callback/);
    assert.match(demo.lines.join('\n'), /its day balances to the fen/);
    assert.ok(
      demo.lines.every((line) => !line.includes('\u001b')),
      'no colours outside a terminal',
    );
    for (const part of ['simulator', 'worker', 'api']) {
      assert.equal(isRunning(pidOf(demo.lines, part)), false, part);
    }
    await rm(env.LOCAL_FOLDER, { recursive: true });
  });

  for (const part of ['simulator', 'worker', 'api']) {
    it(`ends with a paid order although the ${part} is killed between creation and completion`, async () => {
      const env = await ownStack();
      // One of them beside: nobody tells of the payment but the bill.
      const twist = part === 'api' ? ['--lost-payment'] : [];
      const demo = startProgram('local/demo.ts', env, ...twist);
      await demo.saw(/rents a power bank/);
      process.kill(pidOf(demo.lines, part), 'SIGKILL');
      assert.equal(await demo.exitCode(), 0, demo.lines.join('\n'));
      assert.match(demo.lines.join('\n'), new RegExp(`the ${part} ended \\(SIGKILL\\)`));
      assert.match(demo.lines.join('\n'), /The order was paid/);
      if (twist.length > 0) assert.match(demo.lines.join('\n'), /paid_unnoticed, healed: DEMO/);
      await rm(env.LOCAL_FOLDER, { recursive: true });
    });
  }

  it('names the variable that moves a taken port, and exits 1', async () => {
    const env = await ownStack();
    const first = startProgram('local/start.ts', env);
    await first.saw(/^api +pid/);
    const second = startProgram('local/demo.ts', env);
    assert.equal(await second.exitCode(), 1);
    assert.match(second.lines.join('\n'), /SIMULATOR_PORT/);
    first.kill('SIGINT');
    await first.exitCode();
    await rm(env.LOCAL_FOLDER, { recursive: true });
  });
});

describe('npm start', () => {
  it('stays up, finds its orders again after a restart, and ends everything on Ctrl-C', async () => {
    const env = await ownStack();
    const first = startProgram('local/start.ts', env);
    const link = await first.saw(/\/v1\/service-orders\/DEMO/);
    await first.saw(/Everything stays up/);
    const pids = ['simulator', 'worker', 'api'].map((part) => pidOf(first.lines, part));
    first.kill('SIGINT');
    assert.equal(await first.exitCode(), 130);
    assert.deepEqual(pids.filter(isRunning), []);

    const second = startProgram('local/start.ts', env);
    await second.saw(/^api +pid/);
    const answer = await fetch(link.trim());
    assert.equal(((await answer.json()) as { phase: string }).phase, 'paid');
    second.kill('SIGTERM');
    await second.exitCode();
    await rm(env.LOCAL_FOLDER, { recursive: true });
  });

  it('leaves nothing running when it is killed with -9', async () => {
    const env = await ownStack();
    const start = startProgram('local/start.ts', env);
    await start.saw(/Everything stays up/);
    const pids = ['simulator', 'worker', 'api'].map((part) => pidOf(start.lines, part));
    start.kill('SIGKILL');
    await start.exitCode();
    await eventually('their end', async () => pids.filter(isRunning).length === 0, 30_000);
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
    await delay(500); // the leashes close their files
    await rm(env.LOCAL_FOLDER, { recursive: true, force: true });
  });
});
