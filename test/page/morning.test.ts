/** On which day the story of the morning is played. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rfc3339 } from '../../simulator/beijing-time.ts';
import { WORDS } from '../../simulator/page/sentences/catalogue.ts';
import type { StoryError } from '../../simulator/page/stories/book.ts';
import { beginOn } from '../../simulator/page/stories/morning.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
const began = (reported: readonly string[], now: string) =>
  rfc3339(beginOn(new Set(reported), at(now))).slice(0, 16);

test('it begins yesterday, or on the latest day of which there is no report', () => {
  assert.equal(began([], '2026-11-30T12:00'), '2026-11-29T12:00');
  assert.equal(began(['2026-11-29', '2026-11-27'], '2026-11-30T12:00'), '2026-11-28T12:00');
});

test('shortly before midnight it begins a little earlier, so that it ends on the same day', () => {
  assert.equal(began([], '2026-11-30T23:55'), '2026-11-29T23:45');
});

test('it does not begin where the last 80 days all have a report', () => {
  const days = Array.from({ length: 90 }, (_, i) =>
    rfc3339(at('2026-11-30T12:00') - i * 86_400_000).slice(0, 10),
  );
  assert.throws(
    () => began(days, '2026-11-30T12:00'),
    ({ sentence }: StoryError) => /80 days/.test(sentence(WORDS.en.stories, WORDS.en)),
  );
});
