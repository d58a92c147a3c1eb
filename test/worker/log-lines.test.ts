/** What the programs write: one JSON line a fact, under their own names, also what Temporal's core has to say. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { steadyPort } from '../support/port.ts';
import { startBuilt } from '../support/program.ts';
import { openProgramStage, type ProgramStage } from '../support/program-stage.ts';

const factsIn = (lines: readonly string[]) =>
  lines.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('a line of a program', () => {
  let stage: ProgramStage;
  before(async () => (stage = await openProgramStage({ temporal: {} })));
  after(() => stage.close());

  it('is JSON and names the program migrate', async () => {
    const migrate = await startBuilt('worker/migrate.js', stage.variables);
    assert.equal(await migrate.exitCode(), 0);
    assert.deepEqual([...new Set(factsIn(migrate.lines).map(({ name }) => name))], ['migrate']);
  });

  it('is about no workflows that the worker of events lacks', async () => {
    const WORKER_PORT = String(await steadyPort());
    const worker = await startBuilt('worker/main.js', { ...stage.variables, WORKER_PORT });
    await worker.saw(/"taskQueue":"[^"]+\/events","state":"RUNNING"/);
    assert.equal(await worker.end(), 0);
    assert.deepEqual(
      worker.lines.filter((line) => /registered/.test(line)),
      [],
    );
  });

  it('is JSON also where Temporal’s core writes it, because Temporal has gone', async () => {
    const WORKER_PORT = String(await steadyPort());
    const worker = await startBuilt('worker/main.js', { ...stage.variables, WORKER_PORT });
    try {
      await worker.saw(/"state":"RUNNING"/);
      const earlier = worker.lines.length;
      await stage.stack.temporalServer.stop();
      const line = await worker.saw(/gRPC call \w+ retried/);
      // Every poller says it several times a second, and Temporal may be away for hours.
      await worker.saw(/"more":\d+/);
      const facts = factsIn(worker.lines.slice(earlier));
      assert.deepEqual([...new Set(facts.map(({ name }) => name))], ['worker']);
      assert.equal(JSON.parse(line).level, 40);
      assert.ok(facts.length <= 5, `${facts.length} lines`);
    } finally {
      worker.kill('SIGKILL');
      await worker.exitCode();
    }
  });
});
