/** Files that wait to be downloaded: until when, and how often they are kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDownloads } from '../../simulator/bills/downloads.ts';

const offered = (text: string) => ({
  file: Buffer.from(text),
  gzip: false,
  fault: 'none' as const,
});

test('gives a file out until its time is over, and not at that moment', () => {
  let now = 1000;
  const downloads = createDownloads(() => now);
  const token = downloads.offer(offered('a'), 30_000);
  now = 30_999;
  assert.equal(downloads.take(token)?.file.toString(), 'a');
  now = 31_000;
  assert.equal(downloads.take(token), undefined);
});

test('gives every offer a token of its own, of letters that need no encoding', () => {
  const downloads = createDownloads();
  const tokens = [1, 2, 3].map(() => downloads.offer(offered('a'), 1000));
  assert.equal(new Set(tokens).size, 3);
  for (const token of tokens) assert.match(token, /^[0-9A-Za-z_-]{64}$/);
});

test('keeps the same file once, however many may fetch it, and other files apart', () => {
  const downloads = createDownloads();
  const [one, other, different] = ['a', 'a', 'b'].map((it) => downloads.offer(offered(it), 1000));
  const fileOf = (token: string | undefined) => downloads.take(token ?? '')?.file;
  assert.equal(fileOf(one), fileOf(other));
  assert.equal(fileOf(different)?.toString(), 'b');
});
