/** A worker that lacks a key of orders that go on ends before it takes one, and says which. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { missingKeyId } from '../../temporal/codec/keys-in-use.ts';
import { testCodec } from '../support/codec.ts';
import { eventually } from '../support/eventually.ts';
import { inService } from '../support/play.ts';
import { startBuilt } from '../support/program.ts';
import { openProgramStage, type ProgramStage } from '../support/program-stage.ts';

describe('the worker', () => {
  let stage: ProgramStage;
  before(async () => (stage = await openProgramStage()));
  after(() => stage.close());

  async function start(change: Record<string, string>) {
    return await startBuilt('worker/main.js', {
      ...stage.variables,
      WORKER_PORT: '0',
      ...change,
    });
  }

  it('ends where an open order was begun under a key that it lacks, and names the key', async () => {
    const { stack, wechat } = stage;
    const { client, taskQueue } = stack.temporal;
    const own = await stack.startWorker();
    await inService(stack);
    await own.stop();
    await eventually('the order in the list', () => missingKeyId(client, taskQueue, []));

    const other = join(wechat.folder, 'other.key');
    await writeFile(other, randomBytes(32).toString('hex'));
    const { keyId } = testCodec();
    for (const change of [
      { CODEC_KEY_FILES: other },
      { CODEC_KEY_FILES: '', CODEC_ENCRYPTION: 'off' },
    ]) {
      const worker = await start(change);
      assert.equal(await worker.exitCode(), 1, worker.lines.join('\n'));
      const said = worker.lines.join('\n');
      assert.match(said, new RegExp(`codec key ${keyId}, which CODEC_KEY_FILES does not hold`));
      assert.match(said, /Nothing is lost/);
    }

    const both = `${other},${stage.variables['CODEC_KEY_FILES'] ?? ''}`;
    const worker = await start({ CODEC_KEY_FILES: both });
    await worker.saw(/RUNNING|worker state/i);
    assert.equal(await worker.end(), 0);
  });
});
