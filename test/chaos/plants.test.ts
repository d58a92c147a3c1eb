/** Planted mistakes can be planted: a place that has changed since would be found by who needs it, too late. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../local/stack/settings.ts';
import type { Change } from '../support/changed-sources.ts';
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
