/** Recorded histories must replay: orders that are running when a release comes go on with its code. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, describe, it } from 'node:test';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { workflowBundle } from '../support/worker.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HISTORIES = join(ROOT, 'test/histories');
const names = (await readdir(HISTORIES)).filter((name) => name.endsWith('.json'));

async function historyOf(name: string) {
  return historyFromJSON(JSON.parse(await readFile(join(HISTORIES, name), 'utf8')));
}

describe('a recorded history', () => {
  const folders: string[] = [];
  after(async () => {
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  it('exists for every path of an order', () => {
    assert.deepEqual(names.toSorted(), [
      'completion-refused.json',
      'free.json',
      'paid-by-callback.json',
      'paid-by-poll.json',
      'rejected.json',
      'unauthorized.json',
      'unknown-completion.json',
      'unknown-creation.json',
    ]);
  });

  for (const name of names) {
    it(`replays: ${name}`, async () => {
      await Worker.runReplayHistory(
        { workflowBundle: await workflowBundle() },
        await historyOf(name),
      );
    });
  }

  it('does not replay on a workflow that no longer asks for the permission', async () => {
    const changed = await changedBundle(
      'workflows/creation.ts',
      'if (!(await isAuthorised(book)))',
      'if (false)',
    );
    await assert.rejects(
      Worker.runReplayHistory(
        { workflowBundle: changed },
        await historyOf('paid-by-callback.json'),
      ),
      { name: 'DeterminismViolationError' },
    );
  });

  it('does not replay on a workflow that reports its phases no more', async () => {
    const changed = await changedBundle(
      'workflows/book.ts',
      'if (changes.length > 0)',
      'if (changes.length > 9)',
    );
    await assert.rejects(
      Worker.runReplayHistory(
        { workflowBundle: changed },
        await historyOf('paid-by-callback.json'),
      ),
      { name: 'DeterminismViolationError' },
    );
  });

  /** The workflows with one place changed. */
  async function changedBundle(file: string, from: string, to: string) {
    const folder = await mkdtemp(join(tmpdir(), 'payscore-replay-'));
    folders.push(folder);
    for (const part of ['workflows', 'payscore', 'schemas', 'package.json']) {
      await cp(join(ROOT, part), join(folder, part), { recursive: true });
    }
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const source = await readFile(join(folder, file), 'utf8');
    assert.ok(source.includes(from), `${file} has the place to change`);
    await writeFile(join(folder, file), source.replace(from, to));
    return await bundleWorkflowCode({
      workflowsPath: join(folder, 'workflows/bundle.ts'),
      logger: new DefaultLogger('ERROR'),
    });
  }
});
