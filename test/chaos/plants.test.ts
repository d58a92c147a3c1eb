/** Planted mistakes can be planted: a place that has changed since would be found by who needs it, too late. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../../local/stack/settings.ts';
import { buildSources } from '../support/build.ts';
import { copyChanged, type Change } from '../support/changed-sources.ts';
import { PLANTS } from './plants.ts';

for (const [name, plant] of Object.entries<Change | readonly Change[]>(PLANTS)) {
  test(`${name} has its place in the sources`, () => {
    for (const { file, from } of [plant].flat()) {
      assert.equal(
        readFileSync(join(ROOT, file), 'utf8').split(from).length,
        2,
        `${file}: ${from}`,
      );
    }
  });
}

test('all of them together compile, as a build of each must', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-plants-'));
  try {
    const changes = Object.values<Change | readonly Change[]>(PLANTS).flat();
    await copyChanged(folder, await buildSources(), changes);
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const args = [tsc, '-p', join(folder, 'tsconfig.build.json'), '--noEmit'];
    await promisify(execFile)(process.execPath, args);
  } finally {
    await rm(folder, { recursive: true });
  }
});
