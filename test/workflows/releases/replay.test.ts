/** Recorded histories must replay: orders that are running when a release comes go on with its code. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { Worker } from '@temporalio/worker';
import { historyFromJSON } from '../../support/history-json.ts';
import { DAYS } from '../../histories/days.ts';
import { PATHS } from '../../histories/paths.ts';
import { changedBundle } from '../../support/changed-bundle.ts';
import { workflowBundle } from '../../support/bundle.ts';

const HISTORIES = new URL('../../histories/', import.meta.url);
const found = await readdir(HISTORIES, { recursive: true });
const names = found.filter((name) => name.endsWith('.json')).toSorted();

async function historyOf(name: string) {
  return historyFromJSON(JSON.parse(await readFile(new URL(name, HISTORIES), 'utf8')));
}

describe('a recorded history', () => {
  it('exists for every path of an order and every course of a day, of this release', () => {
    const days = Object.keys(DAYS).map((name) => `days/${name}`);
    // What owed had ended in 0.2, and goes on since.
    const paths = [...Object.keys(PATHS), 'refund-due', 'continued', 'moved', ...days].map(
      (name) => `0.2/${name}.json`,
    );
    assert.deepEqual(
      names.filter((name) => name.startsWith('0.2/')),
      paths.toSorted(),
    );
  });

  for (const name of names) {
    it(`replays: ${name}`, async () => {
      await Worker.runReplayHistory(
        { workflowBundle: await workflowBundle() },
        await historyOf(name),
      );
    });
  }

  const MISTAKES = {
    'no longer asks for the permission': {
      file: 'workflows/service-order/creation.ts',
      from: 'if (!isInvited && !(await isAuthorised(state, timer)))',
      to: 'if (false)',
    },
    'reports its phases no more': {
      file: 'workflows/service-order/order-state.ts',
      from: 'if (changes.length > 0)',
      to: 'if (changes.length > 9)',
    },
  };
  for (const [mistake, change] of Object.entries(MISTAKES)) {
    it(`does not replay on a workflow that ${mistake}`, async () => {
      const replaying = Worker.runReplayHistory(
        { workflowBundle: await changedBundle(change) },
        await historyOf('0.2/paid-by-callback.json'),
      );
      await assert.rejects(replaying, { name: 'DeterminismViolationError' });
    });
  }
});
