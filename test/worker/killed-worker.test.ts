/** One worker of two is killed: whoever asks something of its orders is answered all the same. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { rentalEnd } from '../support/orders.ts';
import { inService } from '../support/play.ts';
import { steadyPort } from '../support/port.ts';
import { startBuilt, type Program } from '../support/program.ts';
import { openProgramStage, type ProgramStage } from '../support/program-stage.ts';

describe('a worker that is killed beside another', () => {
  let stage: ProgramStage;
  const programs: Program[] = [];
  before(async () => (stage = await openProgramStage()));
  after(async () => {
    await Promise.all(programs.map((program) => program.end()));
    await stage.close();
  });

  async function started(): Promise<Program> {
    const WORKER_PORT = String(await steadyPort());
    const worker = await startBuilt('worker/main.js', { ...stage.variables, WORKER_PORT });
    programs.push(worker);
    await worker.saw(/"state":"RUNNING"/);
    return worker;
  }

  it('leaves orders that the other carries out while their callers wait', async () => {
    const { stack } = stage;
    const killed = await started();
    const orders = [await inService(stack), await inService(stack)];
    await started();
    killed.kill('SIGKILL');
    await killed.exitCode();
    const answers = await Promise.all(
      orders.map(({ out_order_no }) => stack.api.complete(out_order_no, rentalEnd(500))),
    );
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body.phase]),
      orders.map(() => [200, 'paying']),
    );
  });
});
