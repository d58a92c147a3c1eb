/** How stories are kept and waited for: one at a time, and what does not come is said. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnnouncer } from '../../simulator/announcer.ts';
import { createStoryBook, StoryError } from '../../simulator/page/stories/book.ts';
import { createUntil } from '../../simulator/page/stories/until.ts';
import { WORDS } from '../../simulator/page/sentences/catalogue.ts';
import { eventually } from '../support/eventually.ts';

const change = { kind: 'order', key: 'A' };

test('one story is played at a time, and the next one when it is over', async () => {
  const book = createStoryBook(() => undefined);
  let end = (): void => undefined;
  const playing = new Promise<void>((resolve) => (end = resolve));
  assert.equal(
    book.play('plain', () => playing),
    true,
  );
  assert.equal(
    book.play('crossing', async () => undefined),
    false,
  );
  end();
  await eventually('it is over', async () => book.latest()?.isOver);
  const told = book.latest()?.lines.map(({ sentence }) => sentence(WORDS.en.stories, WORDS.en));
  assert.deepEqual(told, [WORDS.en.stories.began, WORDS.en.stories.ends.plain]);
  assert.equal(
    book.play('crossing', async () => undefined),
    true,
  );
});

test('a story that breaks off says why, in the language of who reads it', async () => {
  const book = createStoryBook(() => undefined);
  const until = createUntil(createAnnouncer(), 30);
  book.play(
    'plain',
    async () =>
      void (await until(
        ({ refund }) => refund,
        () => false,
      )),
  );
  await eventually('it is over', async () => book.latest()?.isOver);
  const { kind, sentence } = book.latest()?.lines.at(-1) ?? assert.fail();
  assert.equal(kind, 'fault');
  assert.match(
    sentence(WORDS.en.stories, WORDS.en),
    /The refund did not come within 0 s\. Look at/,
  );
  assert.match(sentence(WORDS.zh.stories, WORDS.zh), /退款：0 秒内没有等到/);
});

test('what takes longer than usual is waited for longer', async () => {
  const until = createUntil(createAnnouncer(), 60_000);
  const waiting = until(
    ({ report }) => report,
    () => false,
    30,
  );
  await assert.rejects(waiting, { name: 'StoryError' });
});

test('nobody waits for anything when the simulator ends', async () => {
  const ending = new AbortController();
  const until = createUntil(createAnnouncer(), 60_000, ending.signal);
  const waiting = until(
    ({ report }) => report,
    () => false,
  );
  ending.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  await assert.rejects(
    until(
      ({ report }) => report,
      () => true,
    ),
    { name: 'AbortError' },
  );
});

test('what is waited for is looked at when something changes, and not before', async () => {
  const announcer = createAnnouncer();
  let looks = 0;
  let isThere = false;
  const waiting = createUntil(announcer, 5_000)(
    ({ report }) => report,
    () => {
      looks += 1;
      return isThere;
    },
  );
  isThere = true;
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal(looks, 1);
  announcer.announce(change);
  await waiting;
  assert.equal(looks, 2);
});

test('who waits hears of an error of the look', async () => {
  const waiting = createUntil(createAnnouncer(), 1_000)(
    ({ report }) => report,
    () => {
      throw new StoryError(() => 'broken');
    },
  );
  await assert.rejects(waiting, { name: 'StoryError' });
});
