import assert from 'node:assert/strict';
import { test } from 'node:test';
import { padded } from '../../../doctor/columns.ts';
import { LANGUAGES } from '../../../words/language.ts';
import { wordsOutside } from '../../../words/outside.ts';

test('columns stand below each other, though Chinese signs take two of them', () => {
  assert.equal(padded('order', 9), 'order    ');
  assert.equal(padded('订单', 9), '订单     ');
  assert.equal(padded('（业务）', 9), '（业务） ');
  assert.equal(padded('longer than that', 9), 'longer than that');
});

test('whoever does something in the story has room in its column', () => {
  for (const language of LANGUAGES) {
    const { who } = wordsOutside(language).story;
    for (const name of Object.values(who)) {
      assert.equal(padded(name, 9).trimEnd(), name);
      assert.ok(padded(name, 9).endsWith(' '), name);
    }
  }
});
