/** Tests by what they need: none is in no tier, and none in two. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../local/stack/settings.ts';
import { TIERS, tierOf } from '../tiers.ts';

test('every room with tests is in one tier', () => {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' });
  const rooms = new Set(
    files.filter((file) => file.endsWith('.test.ts')).map((file) => file.split('/')[0]),
  );
  assert.deepEqual(Object.values(TIERS).flat().toSorted(), [...rooms].toSorted());
});

test('a file is in the tier of its room', () => {
  assert.equal(tierOf('test/payscore/order/fold.test.ts'), 'unit');
  assert.equal(tierOf('test/nowhere/x.test.ts'), undefined);
});
