/** By what Temporal knows an update again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { updateIdOf } from '../../temporal/update-id.ts';

const DIGESTS = ['ab'.repeat(32), 'cd'.repeat(32)] as const;

test('the same request is the same update, another body another one', () => {
  const ids = [
    updateIdOf('cancel', 'k', DIGESTS[0]),
    updateIdOf('cancel', 'k', DIGESTS[1]),
    updateIdOf('cancel', 'k2', DIGESTS[0]),
    updateIdOf('sync', 'k', DIGESTS[0]),
  ];
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(updateIdOf('cancel', 'k', DIGESTS[0]), ids[0]);
});

test('nothing of the key is in it, which may be a telephone number', () => {
  assert.doesNotMatch(updateIdOf('complete', '13812345678', DIGESTS[0]), /138|5678/);
});
